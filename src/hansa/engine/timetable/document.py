"""Events and timetables as JSON documents (docs/formats/timetable.schema.json), read strictly and written plainly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from hansa.engine.fields import Fields
from hansa.engine.problem import BadProblem, Reason
from hansa.engine.timetable.answer import Goal, Meeting, RepairAnswer, RepairGoal, TimetableAnswer
from hansa.engine.timetable.changes import Change
from hansa.engine.timetable.event import (
    EVERYWHERE,
    Break,
    Event,
    FixedMeeting,
    Participant,
    Place,
    Slot,
    Talk,
    Walk,
    Wish,
)

Say = Callable[[Reason], str]


def event_from(document: Any) -> Event:
    """Read an event.

    :raises BadProblem: naming the path of the field, as in ``wishes[3].weight``.
    """
    fields = Fields(document, "")
    event = Event(
        slots=fields.each("slots", lambda f: Slot(id=f.text("id"), start=f.moment("start"), end=f.moment("end"))),
        places=fields.each("places", _place),
        participants=fields.each("participants", participant_from),
        wishes=fields.each("wishes", wish_from),
        walks=fields.each("walks", lambda f: Walk(ends=_two(f, "between"), minutes=f.get("minutes", float))),
        talks=fields.each("talks", talk_from),
        breaks=fields.each(
            "breaks",
            lambda f: Break(id=f.text("id"), slot_ids=frozenset(f.names("slots")), free=f.get("free", int, None)),
        ),
        fixed=fields.each(
            "fixed",
            lambda f: FixedMeeting(pair=_two(f, "participants"), slot_id=f.text("slot"), place_id=f.text("place", "")),
        ),
        max_meetings=fields.get("max_meetings", int, None),
        mutual_factor=fields.get("mutual_factor", float, 1.5),
    )
    fields.text("title", "")
    fields.end()
    return event


def _place(fields: Fields) -> Place:
    unlimited = "capacity" in fields.value and fields.value["capacity"] is None
    return Place(
        id=fields.text("id"),
        capacity=fields.get("capacity", int, None if unlimited else 1),
        kind=fields.text("kind", "on_site"),
        closed=frozenset(fields.names("closed", ())),
    )


def participant_from(fields: Fields) -> Participant:
    """Read one participant."""
    slots = fields.names("slots", None)
    hours = fields.names("hours", None)
    if hours is not None:
        try:
            first, last = hours
            hours = (time.fromisoformat(first), time.fromisoformat(last))
        except ValueError as error:
            raise BadProblem(f"{fields.path}.hours must be two times such as 09:00 and 17:30") from error
    return Participant(
        id=fields.text("id"),
        name=fields.text("name", ""),
        slot_ids=None if slots is None else frozenset(slots),
        talk_ids=frozenset(fields.names("talks", ())),
        max_meetings=fields.get("max_meetings", int, None),
        attends=frozenset(fields.names("attends", tuple(EVERYWHERE))),
        time_zone=fields.text("time_zone", ""),
        hours=hours,
    )


def wish_from(fields: Fields) -> Wish:
    """Read one wish."""
    return Wish(asker=fields.text("from"), asked=fields.text("to"), weight=fields.get("weight", float, 1.0))


def talk_from(fields: Fields) -> Talk:
    """Read one talk."""
    return Talk(
        id=fields.text("id"), start=fields.moment("start"), end=fields.moment("end"), place_id=fields.text("place", "")
    )


def _two(fields: Fields, key: str) -> tuple[str, str]:
    found = fields.names(key)
    if len(found) != 2:
        raise BadProblem(f"{fields.path}.{key} must name two, not {len(found)}")
    return found[0], found[1]


def changes_from(document: Any) -> tuple[tuple[Meeting, ...], tuple[Change, ...]]:
    """Read the meetings of a timetable and what changed since.

    :raises BadProblem: naming the path of the field.
    """
    fields = Fields(document, "")
    found = fields.each("meetings", _meeting), fields.each("changes", _change)
    fields.end()
    return found


def _meeting(fields: Fields) -> Meeting:
    for key in ("start", "end", "weight", "fixed", "local_start"):
        fields.known.add(key)  # written by us, told by the event already
    return Meeting(
        pair=_two(fields, "participants"), slot_id=fields.text("slot"), place_id=fields.text("place"), weight=0
    )


def _change(fields: Fields) -> Change:
    wish, person = fields.get("wish", dict, None), fields.get("new_participant", dict, None)
    pair = fields.names("participants", ("", ""))
    return Change(
        kind=fields.text("kind"),
        participant_id=fields.text("participant", ""),
        slot_id=fields.text("slot", ""),
        slot_ids=frozenset(fields.names("slots", ())),
        place_id=fields.text("place", ""),
        pair=pair if pair == ("", "") else _two(fields, "participants"),
        wish=None if wish is None else wish_from(Fields(wish, f"{fields.path}.wish")),
        participant=None if person is None else participant_from(Fields(person, f"{fields.path}.new_participant")),
    )


def repair_to(event: Event, answer: RepairAnswer, *, say: Say) -> dict[str, Any]:
    """Write a repaired timetable."""
    return {
        "value": sum(meeting.weight for meeting in answer.meetings),
        "proven": answer.proven,
        "goals": _goals(answer.goals),
        "meetings": meetings_to(event, answer.meetings),
        "lost": meetings_to(event, answer.lost),
        "moved": meetings_to(event, answer.moved),
        "moved_others": meetings_to(event, answer.moved_others),
        "added": meetings_to(event, answer.added),
        "summary": [say(reason) for reason in answer.reasons],
    }


def _goals(goals: Sequence[Goal | RepairGoal]) -> list[dict[str, Any]]:
    return [{"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven} for goal in goals]


def answer_to(event: Event, answer: TimetableAnswer, *, say: Say) -> dict[str, Any]:
    """Write a timetable; ``say`` turns a reason into its sentence."""
    return {
        "value": answer.value,
        "bound": answer.bound,
        "gap": round(answer.gap, 6),
        "proven": answer.proven,
        "goals": [
            {"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven}
            for goal in answer.goals
        ],
        "meetings": meetings_to(event, answer.meetings),
        "reasons": [
            {"from": unmet.asker, "to": unmet.asked, "code": unmet.reason.code, "sentence": say(unmet.reason)}
            for unmet in answer.unmet
        ],
        "summary": [say(reason) for reason in answer.reasons],
    }


def meetings_to(event: Event, meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    """Write meetings, with the local time of everybody who states a time zone."""
    slots = {slot.id: slot for slot in event.slots}
    people = {person.id: person for person in event.participants}
    rows = []
    for meeting in meetings:
        slot = slots[meeting.slot_id]
        row: dict[str, Any] = {
            "participants": list(meeting.pair),
            "slot": meeting.slot_id,
            "place": meeting.place_id,
            "start": slot.start.isoformat(),
            "end": slot.end.isoformat(),
            "weight": meeting.weight,
        }
        if meeting.is_fixed:
            row["fixed"] = True
        local = {
            name: slot.start.astimezone(people[name].zone()).isoformat()
            for name in meeting.pair
            if people[name].time_zone
        }
        if local:
            row["local_start"] = local
        rows.append(row)
    return rows
