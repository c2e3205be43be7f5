"""An event as whole numbers: cells, people, pairs. A cell is a slot in one zone; sets of cells are bits of one number.

Places nobody can tell apart by walking form a zone; without walking times that matter there is one zone per kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from hansa.engine.timetable.event import Event, Participant, Slot, require
from hansa.engine.timetable.zones import Zones, zones_of

THOUSANDTHS = 1000


def bits(mask: int) -> Iterator[int]:
    """Positions of the ones, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Who could meet, one entry per pair, and what it counts in thousandths."""

    one: list[int]
    two: list[int]
    weight: list[int]
    allowed: list[int]  # cells open to both
    pinned: list[bool]

    def __len__(self) -> int:
        return len(self.one)

    def both(self, pair: int) -> tuple[int, int]:
        """The two people."""
        return self.one[pair], self.two[pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The event, compiled. Slots are ordered by time; cell = slot * zones + zone."""

    event: Event
    slots: tuple[Slot, ...]
    zones: Zones
    capacity: list[int]  # meetings at once, per cell
    clash: list[int]  # per cell: the cells that somebody there cannot be in as well, itself included
    there: list[int]  # per person: the cells they could be in
    most: list[int]  # per person: meetings
    windows: list[tuple[tuple[int, int], ...]]  # per person: (cells, meetings at most in them)
    slot_cells: list[int]
    is_asker: list[bool]
    unclosed: int  # cells of slots in no break: where waiting counts as a gap
    pairs: Pairs

    @property
    def n_people(self) -> int:
        return len(self.there)

    @property
    def n_cells(self) -> int:
        return len(self.capacity)

    def slot_of(self, cell: int) -> int:
        return cell // self.zones.n

    def n_slots_in(self, cells: int) -> int:
        """Different slots among these cells."""
        return sum(1 for mask in self.slot_cells if mask & cells)


def grid_of(event: Event) -> Grid:
    """Compile an event.

    :raises BadProblem: a fixed meeting cannot take place where and when it is fixed.
    """
    slots = tuple(sorted(event.slots, key=lambda slot: slot.start))
    zones = zones_of(event, slots)
    width = zones.n
    slot_cells = [((1 << width) - 1) << (slot * width) for slot in range(len(slots))]
    capacity = _capacity(event, slots, zones)
    windows = _breaks(event, slots, slot_cells)
    open_cells = sum(1 << cell for cell, n in enumerate(capacity) if n)
    for mask, most in windows:
        open_cells &= ~mask if most == 0 else -1
    there = [_cells_of(person, event, slots, zones) & open_cells for person in event.participants]
    pairs = _pairs(event, there, slots, zones, slot_cells)
    return Grid(
        event=event,
        slots=slots,
        zones=zones,
        capacity=capacity,
        clash=[zones.clash(slots, cell) | slot_cells[cell // width] for cell in range(len(capacity))],
        there=there,
        most=[_most(person, event, len(slots)) for person in event.participants],
        windows=[
            _windows(person, event, slots, windows, cells, slot_cells)
            for person, cells in zip(event.participants, there, strict=True)
        ],
        slot_cells=slot_cells,
        is_asker=_askers(event),
        unclosed=sum(slot_cells) & ~_union(mask for mask, _ in windows),
        pairs=pairs,
    )


def _union(masks: Iterator[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _capacity(event: Event, slots: tuple[Slot, ...], zones: Zones) -> list[int]:
    everybody = len(event.participants) // 2
    capacity = [0] * (len(slots) * zones.n)
    for number, slot in enumerate(slots):
        for place, zone in zip(event.places, zones.of_place, strict=True):
            if slot.id not in place.closed:
                capacity[number * zones.n + zone] += everybody if place.capacity is None else place.capacity
    return [min(n, everybody) for n in capacity]


def _breaks(event: Event, slots: tuple[Slot, ...], slot_cells: list[int]) -> list[tuple[int, int]]:
    number = {slot.id: position for position, slot in enumerate(slots)}
    return [
        (
            sum(slot_cells[number[slot_id]] for slot_id in pause.slot_ids),
            0 if pause.free is None else len(pause.slot_ids) - pause.free,
        )
        for pause in event.breaks
    ]


def _most(person: Participant, event: Event, n_slots: int) -> int:
    return min(n for n in (person.max_meetings, event.max_meetings, n_slots) if n is not None)


def _askers(event: Event) -> list[bool]:
    asking = {wish.asker for wish in event.wishes}
    return [person.id in asking for person in event.participants]


def _talks_of(person: Participant, event: Event) -> Iterator[int]:
    return (number for number, talk in enumerate(event.talks) if talk.id in person.talk_ids)


def _in_talk(person: Participant, event: Event, slot: Slot) -> bool:
    talks = (event.talks[number] for number in _talks_of(person, event))
    return any(talk.start < slot.end and slot.start < talk.end for talk in talks)


def _cells_of(person: Participant, event: Event, slots: tuple[Slot, ...], zones: Zones) -> int:
    """Where a person could be: there, awake, not in a talk, in time from and to the talks."""
    mask = 0
    talks = tuple(_talks_of(person, event))
    kinds = [zone for zone in range(zones.n) if zones.kind[zone] in person.attends]
    for number, slot in enumerate(slots):
        if person.slot_ids is not None and slot.id not in person.slot_ids:
            continue
        if not _in_hours(person, slot) or (talks and _in_talk(person, event, slot)):
            continue
        for zone in kinds:
            if all(zones.in_time(event.talks[talk], talk, slot, zone) for talk in talks):
                mask |= 1 << (number * zones.n + zone)
    return mask


def _in_hours(person: Participant, slot: Slot) -> bool:
    if person.hours is None:
        return True
    start = slot.start.astimezone(person.zone())
    begins = timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)
    ends, day = begins + (slot.end - slot.start), timedelta(days=1)
    first, last = (timedelta(hours=at.hour, minutes=at.minute) for at in person.hours)
    last += day if last <= first else timedelta()
    return (first <= begins and ends <= last) or (first <= begins + day and ends + day <= last)


def _windows(
    person: Participant,
    event: Event,
    slots: tuple[Slot, ...],
    breaks: list[tuple[int, int]],
    there: int,
    slot_cells: list[int],
) -> tuple[tuple[int, int], ...]:
    """The breaks that could bind this person. A talk is no break; being away is."""
    binding = []
    for (mask, most), pause in zip(breaks, event.breaks, strict=True):
        in_talks = sum(1 for slot in slots if slot.id in pause.slot_ids and _in_talk(person, event, slot))
        left = max(0, most - in_talks)
        if left < sum(1 for cells in slot_cells if cells & mask & there):
            binding.append((mask & there, left))
    return tuple(binding)


def _pairs(event: Event, there: list[int], slots: tuple[Slot, ...], zones: Zones, slot_cells: list[int]) -> Pairs:
    """One entry per pair with a wish or a fixed meeting, in the order of people."""
    number = {person.id: position for position, person in enumerate(event.participants)}
    wishes: dict[tuple[int, int], list[int]] = {}
    for wish in event.wishes:
        one, two = sorted((number[wish.asker], number[wish.asked]))
        wishes.setdefault((one, two), []).append(round(wish.weight * THOUSANDTHS))
    pinned: dict[tuple[int, int], int] = {}
    for meeting in event.fixed:
        one, two = sorted(number[person] for person in meeting.pair)
        cells = (
            there[one]
            & there[two]
            & _cells_of_fixed(meeting.slot_id, meeting.place_id, event, slots, zones, slot_cells)
        )
        who = " and ".join(meeting.pair)
        require(
            cells > 0,
            f"Event.fixed: {who} cannot meet in {meeting.slot_id}: away, in a talk, in a break, or no open place for both",
        )
        pinned[one, two] = cells
        wishes.setdefault((one, two), [])
    keys = sorted(wishes)
    factor = {pair: event.mutual_factor if len(wishes[pair]) == 2 else 1.0 for pair in keys}
    return Pairs(
        one=[one for one, _ in keys],
        two=[two for _, two in keys],
        weight=[round(sum(wishes[pair]) * factor[pair]) for pair in keys],
        allowed=[pinned.get(pair, there[pair[0]] & there[pair[1]]) for pair in keys],
        pinned=[pair in pinned for pair in keys],
    )


def _cells_of_fixed(
    slot_id: str, place_id: str, event: Event, slots: tuple[Slot, ...], zones: Zones, slot_cells: list[int]
) -> int:
    number = next(position for position, slot in enumerate(slots) if slot.id == slot_id)
    if not place_id:
        return slot_cells[number]
    place = next(position for position, place in enumerate(event.places) if place.id == place_id)
    if slot_id in event.places[place].closed or event.places[place].capacity == 0:
        return 0
    return 1 << (number * zones.n + zones.of_place[place])
