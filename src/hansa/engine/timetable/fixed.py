"""Fixed meetings that contradict each other: found before the search, named by their people."""

from __future__ import annotations

from collections import Counter, defaultdict

from hansa.engine.problem import BadProblem
from hansa.engine.timetable.event import require
from hansa.engine.timetable.exact import ExactModel
from hansa.engine.timetable.grid import Grid, bits
from hansa.engine.timetable.schedule import Schedule

EFFORT = 10.0


def held_fixed(grid: Grid) -> list[tuple[int, int]]:
    """Seat the fixed meetings; pairs with their cells.

    :raises BadProblem: naming two that exclude each other, the person who has too many, or the place that is too small.
    """
    pinned = [pair for pair, is_pinned in enumerate(grid.pairs.pinned) if is_pinned]
    if not pinned:
        return []
    _require_rooms(grid)
    mine: defaultdict[int, list[int]] = defaultdict(list)
    for pair in pinned:
        for person in grid.pairs.both(pair):
            mine[person].append(pair)
    for person, pairs in mine.items():
        _require_person(grid, person, pairs)
    model = ExactModel(schedule=Schedule(grid), pairs=pinned, cells=-1)
    outcome = model.best(0, more=True, effort=EFFORT, start=None)
    if outcome is None:
        raise BadProblem("Event.fixed: these meetings cannot all take place: too few places, or too far apart")
    return outcome.meetings


def _require_rooms(grid: Grid) -> None:
    wanted = Counter((meeting.slot_id, meeting.place_id) for meeting in grid.event.fixed if meeting.place_id)
    capacity = {place.id: place.capacity for place in grid.event.places}
    for (slot, place), n in wanted.items():
        most = capacity[place]
        require(most is None or n <= most, f"Event.fixed: {n} meetings in {slot} at {place}, which holds {most}")


def _require_person(grid: Grid, person: int, pairs: list[int]) -> None:
    name = grid.event.participants[person].id
    allowed = grid.pairs.allowed
    for position, pair in enumerate(pairs):
        for other in pairs[:position]:
            require(
                any(allowed[other] & ~grid.clash[cell] for cell in bits(allowed[pair])),
                f"Event.fixed: {name} cannot be in two fixed meetings, {_who(grid, other)} and {_who(grid, pair)}",
            )
    require(
        len(pairs) <= grid.most[person],
        f"Event.fixed: {name} has {len(pairs)} fixed meetings, max_meetings is {grid.most[person]}",
    )
    for mask, most in grid.windows[person]:
        inside = sum(1 for pair in pairs if not allowed[pair] & ~mask)
        require(
            inside <= most, f"Event.fixed: {name} has {inside} fixed meetings in a break that leaves room for {most}"
        )


def _who(grid: Grid, pair: int) -> str:
    return " and ".join(grid.event.participants[person].id for person in grid.pairs.both(pair))
