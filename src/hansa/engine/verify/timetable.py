"""An independent check of timetables and repairs: rules by plain reading of the event, bounds by a program of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from hansa.engine.timetable.answer import Meeting, RepairAnswer, TimetableAnswer
from hansa.engine.timetable.event import Event, Participant, Place, Slot, Talk

CLOSE = 1e-6
TRY_AGAIN_UP_TO = 400  # unmet wishes looked at for a meeting that could simply be added
NODES = 500


def check_timetable(*, event: Event, answer: TimetableAnswer) -> tuple[str, ...]:
    """List what is wrong with a timetable; empty means that nothing was found. Never raises.

    Recomputes every rule and every goal from the event, holds the weight against a bound of its own, and looks for a
    meeting that could be added to a timetable called proven.
    """
    try:
        return tuple(_problems(_Facts(event), answer))
    except Exception as error:  # the check itself must never stop a page
        return (f"the check failed: {type(error).__name__}: {error}",)


def check_repair(*, event: Event, before: Sequence[Meeting], answer: RepairAnswer) -> tuple[str, ...]:
    """List what is wrong with a repair; ``event`` as it is after the changes. Empty means nothing was found."""
    try:
        return tuple(_repair_problems(_Facts(event), before, answer))
    except Exception as error:
        return (f"the check failed: {type(error).__name__}: {error}",)


class _Facts:
    """The event as dictionaries."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.people = {person.id: person for person in event.participants}
        self.slots = {slot.id: slot for slot in event.slots}
        self.places = {place.id: place for place in event.places}
        self.talks = {talk.id: talk for talk in event.talks}
        self.walks = {frozenset(walk.ends): walk.minutes for walk in event.walks}
        self.wishes: defaultdict[frozenset[str], list[float]] = defaultdict(list)
        for wish in event.wishes:
            self.wishes[frozenset((wish.asker, wish.asked))].append(wish.weight)

    def weight(self, pair: frozenset[str]) -> float:
        """What a meeting counts, in thousandths."""
        wishes = self.wishes.get(pair, [])
        factor = self.event.mutual_factor if len(wishes) == 2 else 1.0
        return round(sum(round(1000 * weight) for weight in wishes) * factor)

    def walk(self, one: str, two: str) -> float:
        return 0.0 if one == two else self.walks.get(frozenset((one, two)), 0.0)

    def could(self, person: Participant, slot: Slot, place: Place) -> str:
        """Why somebody could not meet there and then; empty when they could."""
        if person.slot_ids is not None and slot.id not in person.slot_ids:
            return "is not there"
        if slot.id in place.closed:
            return "meets at a closed place"
        if place.kind not in person.attends:
            return f"does not meet {place.kind}"
        if person.hours is not None and not _within(person, slot):
            return "would meet outside their hours"
        for talk in (self.talks[name] for name in person.talk_ids):
            if talk.start < slot.end and slot.start < talk.end:
                return f"is in {talk.id}"
            if talk.place_id and self.walk(talk.place_id, place.id) > _minutes(talk, slot):
                return f"cannot walk between {talk.id} and the meeting"
        return ""


def _within(person: Participant, slot: Slot) -> bool:
    """Whether a slot lies in somebody's hours, told in minutes of their day."""
    assert person.hours is not None
    local = slot.start.astimezone(person.zone())
    first, last = (60 * at.hour + at.minute for at in person.hours)
    begins = 60 * local.hour + local.minute + local.second / 60
    ends = begins + (slot.end - slot.start).total_seconds() / 60
    if last > first:
        return first <= begins and ends <= last
    return (begins >= first and ends <= last + 1440) or ends <= last


def _minutes(one: Slot | Talk, two: Slot | Talk) -> float:
    gap = two.start - one.end if two.start >= one.end else one.start - two.end
    return gap / timedelta(minutes=1)


def _rules(facts: _Facts, meetings: Sequence[Meeting]) -> Iterator[str]:
    mine: defaultdict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for name in meeting.pair:
            mine[name].append(meeting)
        if abs(1000 * meeting.weight - facts.weight(frozenset(meeting.pair))) > CLOSE:
            yield f"{meeting.pair} count {facts.weight(frozenset(meeting.pair)) / 1000}, the answer says {meeting.weight}"
    for pair, n in Counter(frozenset(meeting.pair) for meeting in meetings).items():
        if n > 1:
            yield f"{' and '.join(sorted(pair))} meet twice"
    for name, own in mine.items():
        yield from _person(facts, facts.people[name], own)
    for (slot, place), n in Counter((meeting.slot_id, meeting.place_id) for meeting in meetings).items():
        most = facts.places[place].capacity
        if most is not None and n > most:
            yield f"{n} meetings in {slot} at {place}, which holds {most}"
    yield from _fixed(facts, meetings)


def _fixed(facts: _Facts, meetings: Sequence[Meeting]) -> Iterator[str]:
    held = {(frozenset(meeting.pair), meeting.slot_id): meeting.place_id for meeting in meetings}
    for fixed in facts.event.fixed:
        where = held.get((frozenset(fixed.pair), fixed.slot_id))
        if where is None or fixed.place_id not in ("", where):
            yield f"the fixed meeting of {' and '.join(fixed.pair)} is not held as fixed"


def _unknown(facts: _Facts, meeting: Meeting) -> Iterator[str]:
    if len(set(meeting.pair)) != 2 or not set(meeting.pair) <= set(facts.people):
        yield f"{meeting.pair} are not two participants"
    if meeting.slot_id not in facts.slots or meeting.place_id not in facts.places:
        yield f"{meeting.pair} meet in a slot or place that is not there"


def _person(facts: _Facts, person: Participant, own: list[Meeting]) -> Iterator[str]:
    for meeting in own:
        why = facts.could(person, facts.slots[meeting.slot_id], facts.places[meeting.place_id])
        if why:
            yield f"{person.id} in {meeting.slot_id} {why}"
    for one, two in combinations(own, 2):
        if one.slot_id == two.slot_id:
            yield f"{person.id} has two meetings in {one.slot_id}"
        elif facts.walk(one.place_id, two.place_id) > _minutes(facts.slots[one.slot_id], facts.slots[two.slot_id]):
            yield f"{person.id} cannot walk from {one.place_id} to {two.place_id} in time"
    for most in (person.max_meetings, facts.event.max_meetings):
        if most is not None and len(own) > most:
            yield f"{person.id} has {len(own)} meetings, at most {most} are allowed"
    for pause in facts.event.breaks:
        busy = sum(1 for meeting in own if meeting.slot_id in pause.slot_ids)
        if busy > _left_of(facts, person, pause.slot_ids, pause.free):
            yield f"{person.id} has {busy} meetings in {pause.id}"


def _left_of(facts: _Facts, person: Participant, slot_ids: frozenset[str], free: int | None) -> int:
    if free is None:
        return 0
    talks = [facts.talks[name] for name in person.talk_ids]
    slots = [facts.slots[name] for name in slot_ids]
    talking = sum(1 for slot in slots if any(talk.start < slot.end and slot.start < talk.end for talk in talks))
    return max(0, len(slots) - free - talking)


def _problems(facts: _Facts, answer: TimetableAnswer) -> Iterator[str]:
    unknown = [problem for meeting in answer.meetings for problem in _unknown(facts, meeting)]
    if unknown:
        yield from unknown
        return
    yield from _rules(facts, answer.meetings)
    held = {frozenset(meeting.pair) for meeting in answer.meetings}
    weight = sum(facts.weight(pair) for pair in held) / 1000
    met = {name for pair in held for name in pair}
    empty = len({wish.asker for wish in facts.event.wishes} - met)
    actual = {"weight": weight, "empty_handed": empty, "gaps": _gaps(facts, answer.meetings)}
    for goal in answer.goals:
        if abs(goal.value - actual[goal.name]) > CLOSE:
            yield f"{goal.name} is {actual[goal.name]}, the answer says {goal.value}"
        ahead = goal.value - goal.bound if goal.name == "weight" else goal.bound - goal.value
        if ahead > CLOSE:
            yield f"{goal.name} {goal.value} is better than its bound {goal.bound}"
        if goal.proven and abs(ahead) > CLOSE:
            yield f"{goal.name} is called proven, but value and bound differ"
    unmet = {(wish.asker, wish.asked) for wish in facts.event.wishes if frozenset((wish.asker, wish.asked)) not in held}
    if unmet != {(wish.asker, wish.asked) for wish in answer.unmet}:
        yield "the wishes called unmet are not those that are unmet"
    most = _most(facts)
    if most is not None and answer.bound < min(answer.value, most) - CLOSE:
        yield f"the bound {answer.bound} is below what was reached"
    if most is not None and answer.value > most + CLOSE:
        yield f"the weight {answer.value} is above {most}, which nobody can reach"
    if answer.proven:
        yield from _addable(facts, answer.meetings, sorted(unmet)[:TRY_AGAIN_UP_TO])


def _gaps(facts: _Facts, meetings: Sequence[Meeting]) -> int:
    mine: defaultdict[str, set[str]] = defaultdict(set)
    for meeting in meetings:
        for name in meeting.pair:
            mine[name].add(meeting.slot_id)
    in_breaks = {slot for pause in facts.event.breaks for slot in pause.slot_ids}
    gaps = 0
    for name, busy in mine.items():
        starts = [facts.slots[slot].start for slot in busy]
        for slot in facts.event.slots:
            if min(starts) < slot.start < max(starts) and slot.id not in busy and slot.id not in in_breaks:
                gaps += any(
                    place.capacity != 0 and not facts.could(facts.people[name], slot, place)
                    for place in facts.event.places
                )
    return gaps


def _addable(facts: _Facts, meetings: Sequence[Meeting], unmet: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A meeting that could be added without touching any other: then the weight was not the most."""
    mine: defaultdict[str, list[Meeting]] = defaultdict(list)
    used = Counter((meeting.slot_id, meeting.place_id) for meeting in meetings)
    for meeting in meetings:
        for name in meeting.pair:
            mine[name].append(meeting)
    for pair in unmet:
        for slot in facts.event.slots:
            if any(slot.id == meeting.slot_id for name in pair for meeting in mine[name]):
                continue
            for place in facts.event.places:
                if place.capacity is not None and used[slot.id, place.id] >= place.capacity:
                    continue
                new = Meeting(
                    pair=pair, slot_id=slot.id, place_id=place.id, weight=facts.weight(frozenset(pair)) / 1000
                )
                if not any(True for name in pair for _ in _person(facts, facts.people[name], [*mine[name], new])):
                    yield f"{pair[0]} and {pair[1]} could meet in {slot.id} at {place.id}, yet the weight is called the most"
                    return


def _most(facts: _Facts) -> float | None:
    """A bound of our own: so many meetings per person, so many in all, nothing else. HiGHS, to a small gap."""
    pairs = list(facts.wishes)
    if not pairs:
        return 0.0
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    event = facts.event
    names = {person.id: number for number, person in enumerate(event.participants)}
    most = []
    for person in event.participants:
        slots = len(event.slots) if person.slot_ids is None else len(person.slot_ids)
        most.append(min(n for n in (slots, person.max_meetings, event.max_meetings) if n is not None))
    half = len(event.participants) // 2
    rooms = sum(
        min(
            half,
            sum(
                half if place.capacity is None else place.capacity
                for place in event.places
                if slot.id not in place.closed
            ),
        )
        for slot in event.slots
    )
    rows = [names[name] for pair in pairs for name in sorted(pair)] + [len(names)] * len(pairs)
    columns = [number for number in range(len(pairs)) for _ in range(2)] + list(range(len(pairs)))
    matrix = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(names) + 1, len(pairs))).tocsr()
    result = linprog(
        [-facts.weight(pair) for pair in pairs], A_ub=matrix, b_ub=[*most, rooms], bounds=(0, 1), method="highs-ds"
    )
    return -float(result.fun) / 1000 * (1 + 1e-9) + CLOSE if result.status == 0 else None


def _repair_problems(facts: _Facts, before: Sequence[Meeting], answer: RepairAnswer) -> Iterator[str]:
    unknown = [problem for meeting in answer.meetings for problem in _unknown(facts, meeting)]
    if unknown:
        yield from unknown
        return
    yield from _rules(facts, answer.meetings)
    old = {frozenset(meeting.pair): (meeting.slot_id, meeting.place_id) for meeting in before}
    now = {frozenset(meeting.pair): (meeting.slot_id, meeting.place_id) for meeting in answer.meetings}
    groups = {
        "lost": (set(old) - set(now), answer.lost),
        "moved": (
            {pair for pair in old if pair in now and now[pair] != old[pair]},
            (*answer.moved, *answer.moved_others),
        ),
        "added": (set(now) - set(old), answer.added),
    }
    for name, (actual, claimed) in groups.items():
        said = {frozenset(meeting.pair) for meeting in claimed}
        if actual - said or (name != "moved" and said - actual):
            yield f"{len(actual)} meetings are {name}, the answer says {len(said)}"
    values = {
        "kept": sum(facts.weight(pair) for pair in old if pair in now) / 1000,
        "moved_others": len(answer.moved_others),
    }
    for goal in answer.goals:
        if abs(goal.value - values[goal.name]) > CLOSE:
            yield f"{goal.name} is {values[goal.name]}, the answer says {goal.value}"
        ahead = goal.value - goal.bound if goal.name == "kept" else goal.bound - goal.value
        if ahead > CLOSE:
            yield f"{goal.name} {goal.value} is better than its bound {goal.bound}"
        if goal.proven and abs(ahead) > CLOSE:
            yield f"{goal.name} is called proven, but value and bound differ"
