"""Events and timetables as JSON documents (docs/formats/timetable.schema.json), read strictly and written plainly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, TypeVar

from hansa.engine.problem import BadProblem, Reason
from hansa.engine.timetable.answer import Meeting, TimetableAnswer
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
T = TypeVar("T")


class Fields:
    """One JSON object, read key by key; every complaint names its path, and what nobody read is refused."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, Mapping):
            raise BadProblem(f"{path} must be an object, not {_kind(value)}")
        self.value, self.path, self.known = value, path, set[str]()

    def get(self, key: str, kinds: type | tuple[type, ...], default: Any = ...) -> Any:
        """A value of a kind; required where no default is given."""
        self.known.add(key)
        found = self.value.get(key)
        if found is None:
            if default is ...:
                raise BadProblem(f"{self.path}.{key} is missing")
            return default
        is_number = isinstance(found, int | float) and not isinstance(found, bool)
        wrong = not is_number if kinds in (int, float) else not isinstance(found, kinds)
        if wrong or (kinds is int and (not math.isfinite(found) or found != int(found))):
            raise BadProblem(f"{self.path}.{key} must be {_WANTED[kinds]}, not {_kind(found)}")
        if isinstance(found, str) and ("\0" in found or len(found) > MOST_LETTERS):
            raise BadProblem(f"{self.path}.{key} must be plain text of at most {MOST_LETTERS} letters")
        return int(found) if kinds is int else found

    def text(self, key: str, default: Any = ...) -> Any:
        return self.get(key, str, default)

    def names(self, key: str, default: Any = ...) -> Any:
        """A list of texts, as a tuple."""
        found = self.get(key, list, default)
        if isinstance(found, list):
            if not all(isinstance(name, str) for name in found):
                raise BadProblem(f"{self.path}.{key} must be a list of texts")
            return tuple(found)
        return found

    def moment(self, key: str) -> datetime:
        text = self.text(key)
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise BadProblem(
                f"{self.path}.{key} must be a time such as 2027-03-01T09:00+01:00, not {text!r}"
            ) from error

    def each(self, key: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """A list of objects, each read to its end."""
        rows = []
        for number, row in enumerate(self.get(key, list, [])):
            fields = Fields(row, f"{self.path}.{key}[{number}]".removeprefix("."))
            try:
                rows.append(read(fields))
            except BadProblem as bad:
                message = str(bad)
                raise BadProblem(message if message.startswith(key) else f"{fields.path}: {message}") from bad
            fields.end()
        return tuple(rows)

    def end(self) -> None:
        """Refuse keys that mean nothing.

        :raises BadProblem: naming the first.
        """
        unknown = sorted(str(key) for key in set(self.value) - self.known)
        if unknown:
            raise BadProblem(
                f"{self.path or 'the document'} has no {unknown[0]!r}; known: {', '.join(sorted(self.known))}"
            )


MOST_LETTERS = 1000
_WANTED: dict[Any, str] = {str: "text", int: "a whole number", float: "a number", list: "a list", dict: "an object"}


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "yes or no", type(None): "nothing"}
    return names.get(type(value), f"{value}")


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
