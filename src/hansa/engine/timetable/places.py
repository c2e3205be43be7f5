"""Cells back into places: which table each meeting gets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hansa.engine.timetable.grid import Grid

Places = dict[int, int]  # pair: position of the place in the event


def assign_places(
    grid: Grid, meetings: Iterable[tuple[int, int]], *, before: Mapping[int, tuple[int, int]] | None = None
) -> Places:
    """Give each meeting a place of its zone with room in its slot.

    Fixed places first, then those that keep the place of ``before`` (pair: (slot, place)), then the places in their
    order, in the order of pairs.
    """
    event = grid.event
    wanted = _fixed_places(grid)
    by_cell: defaultdict[int, list[int]] = defaultdict(list)
    for pair, cell in sorted(meetings):
        by_cell[cell].append(pair)
        old = (before or {}).get(pair)
        if pair not in wanted and old is not None and old[0] == grid.slot_of(cell):
            wanted[pair] = old[1]
    chosen: Places = {}
    for cell, pairs in sorted(by_cell.items()):
        slot, zone = divmod(cell, grid.zones.n)
        slot_id = grid.slots[slot].id
        left = {
            number: len(pairs) if place.capacity is None else place.capacity
            for number, place in enumerate(event.places)
            if grid.zones.of_place[number] == zone and slot_id not in place.closed
        }
        for pair in sorted(pairs, key=lambda pair: (not grid.pairs.pinned[pair], pair not in wanted)):
            place = wanted.get(pair, -1)
            if left.get(place, 0) < 1:
                place = next(number for number, n in left.items() if n > 0)
            left[place] -= 1
            chosen[pair] = place
    return chosen


def _fixed_places(grid: Grid) -> Places:
    people = {person.id: number for number, person in enumerate(grid.event.participants)}
    places = {place.id: number for number, place in enumerate(grid.event.places)}
    keys = {grid.pairs.both(pair): pair for pair, pinned in enumerate(grid.pairs.pinned) if pinned}
    fixed: Places = {}
    for meeting in grid.event.fixed:
        if meeting.place_id:
            one, two = sorted(people[person] for person in meeting.pair)
            fixed[keys[one, two]] = places[meeting.place_id]
    return fixed
