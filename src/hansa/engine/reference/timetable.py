"""The best timetable of a very small event, by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hansa.engine.timetable.event import Event, Participant, Place, Slot, Talk

Seat = tuple[Slot, Place]
Meetings = dict[tuple[str, str], Seat]
Key = tuple[int, int, int]


def best_timetable_by_trying(event: Event) -> Key | None:
    """Try every timetable; None when the fixed meetings cannot all take place.

    The key: weight in thousandths, minus those who asked and have no meeting, minus gaps. O(seats ** pairs).
    """
    return max((key_of(event, meetings) for meetings in timetables(event)), default=None)


def timetables(event: Event) -> Iterator[Meetings]:
    """Every set of meetings that breaks no rule."""
    fixed = {frozenset(meeting.pair): meeting for meeting in event.fixed}
    asked = [(wish.asker, wish.asked) for wish in event.wishes] + [meeting.pair for meeting in event.fixed]
    pairs = sorted({(min(pair), max(pair)) for pair in asked})

    def grow(number: int, meetings: Meetings) -> Iterator[Meetings]:
        if number == len(pairs):
            yield dict(meetings)
            return
        pair = pairs[number]
        must = fixed.get(frozenset(pair))
        if must is None:
            yield from grow(number + 1, meetings)
        for slot in event.slots:
            for place in event.places:
                if must is not None and (slot.id != must.slot_id or must.place_id not in ("", place.id)):
                    continue
                meetings[pair] = slot, place
                if is_allowed(event, meetings):
                    yield from grow(number + 1, meetings)
                del meetings[pair]

    yield from grow(0, {})


def is_allowed(event: Event, meetings: Meetings) -> bool:
    """Whether nobody and no place breaks a rule."""
    for slot, place in meetings.values():
        n = sum(1 for seat in meetings.values() if seat == (slot, place))
        if place.capacity is not None and n > place.capacity:
            return False
    return all(
        _may(event, person, [seat for pair, seat in meetings.items() if person.id in pair])
        for person in event.participants
    )


def _may(event: Event, person: Participant, seats: list[Seat]) -> bool:
    limits = [limit for limit in (person.max_meetings, event.max_meetings) if limit is not None]
    if len(seats) > min(limits, default=len(seats)):
        return False
    for pause in event.breaks:
        taken = sum(1 for slot, _ in seats if slot.id in pause.slot_ids)
        talking = sum(1 for slot in event.slots if slot.id in pause.slot_ids and _talks_during(event, person, slot))
        left = 0 if pause.free is None else max(0, len(pause.slot_ids) - pause.free - talking)
        if taken > left:
            return False
    if not all(could_meet(event, person, *seat) for seat in seats):
        return False
    return all(
        one[0] != two[0] and _walk(event, one[1].id, two[1].id) <= _between(one[0], two[0])
        for number, one in enumerate(seats)
        for two in seats[:number]
    )


def could_meet(event: Event, person: Participant, slot: Slot, place: Place) -> bool:
    """Whether a person could have a meeting there and then, were it the only one."""
    if slot.id in place.closed or place.capacity == 0 or place.kind not in person.attends:
        return False
    if person.slot_ids is not None and slot.id not in person.slot_ids:
        return False
    if any(slot.id in pause.slot_ids and pause.free in (None, len(pause.slot_ids)) for pause in event.breaks):
        return False
    if not _awake(person, slot) or _talks_during(event, person, slot):
        return False
    return all(
        not talk.place_id or _walk(event, talk.place_id, place.id) <= _between(talk, slot)
        for talk in event.talks
        if talk.id in person.talk_ids
    )


def _talks_during(event: Event, person: Participant, slot: Slot) -> bool:
    return any(talk.id in person.talk_ids and talk.start < slot.end and slot.start < talk.end for talk in event.talks)


def _awake(person: Participant, slot: Slot) -> bool:
    if person.hours is None:
        return True
    local = slot.start.astimezone(person.zone())
    first, last = person.hours
    for day in (-1, 0):
        opens = local.replace(hour=first.hour, minute=first.minute, second=0) + timedelta(days=day)
        closes = local.replace(hour=last.hour, minute=last.minute, second=0) + timedelta(days=day)
        if closes <= opens:
            closes += timedelta(days=1)
        if opens <= local and local + (slot.end - slot.start) <= closes:
            return True
    return False


def _between(one: Slot | Talk, two: Slot | Talk) -> float:
    first, second = sorted((one, two), key=lambda span: span.start)
    return (second.start - first.end) / timedelta(minutes=1)


def _walk(event: Event, one: str, two: str) -> float:
    return next((walk.minutes for walk in event.walks if one != two and set(walk.ends) == {one, two}), 0.0)


def key_of(event: Event, meetings: Meetings) -> Key:
    """What is compared, more is better."""
    weight = 0
    for pair in meetings:
        wishes = [round(wish.weight * 1000) for wish in event.wishes if {wish.asker, wish.asked} == set(pair)]
        weight += round(sum(wishes) * (event.mutual_factor if len(wishes) == 2 else 1.0))
    met = {person for pair in meetings for person in pair}
    empty = {wish.asker for wish in event.wishes} - met
    gaps = sum(
        _gaps(event, person, [slot for pair, (slot, _) in meetings.items() if person.id in pair])
        for person in event.participants
    )
    return weight, -len(empty), -gaps


def _gaps(event: Event, person: Participant, busy: list[Slot]) -> int:
    if not busy:
        return 0
    first, last = min(slot.start for slot in busy), max(slot.start for slot in busy)
    return sum(
        1
        for slot in event.slots
        if first < slot.start < last
        and slot not in busy
        and not any(slot.id in pause.slot_ids for pause in event.breaks)
        and any(could_meet(event, person, slot, place) for place in event.places)
    )
