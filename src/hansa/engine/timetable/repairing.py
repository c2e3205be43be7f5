"""A timetable after changes: keep what can be kept, and move as few of the others as possible.

Meetings that a change hit are seated again where that moves nobody. Where it does, the exact search moves meetings
near them, and a second model bounds how few moves can do: in it others make room at the cost of one move each, and
need no other seat.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hansa.engine.problem import Reason
from hansa.engine.timetable.answer import Meeting, RepairAnswer, RepairGoal
from hansa.engine.timetable.changes import Change, changed
from hansa.engine.timetable.displacing import Least, least_moves
from hansa.engine.timetable.event import Event, require
from hansa.engine.timetable.exact import ExactModel
from hansa.engine.timetable.fixed import held_fixed
from hansa.engine.timetable.grid import THOUSANDTHS, Grid, bits, grid_of
from hansa.engine.timetable.making import meeting_of
from hansa.engine.timetable.places import assign_places
from hansa.engine.timetable.schedule import Schedule

RADII = (1, 2)
MOST_MOVABLE = 400
BATCH = 8  # meetings left over that are seated together
HELPERS = 6  # meetings of a full cell that may leave it

Seats = dict[int, tuple[int, int]]  # pair: (slot, place)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """The old timetable on the new event. ``stay``: as they were. ``hit``: possible, not as they were."""

    seats: Seats
    stay: dict[int, int]
    hit: tuple[int, ...]
    gone: tuple[Meeting, ...]


def repair(
    event: Event, meetings: Sequence[Meeting], changes: Iterable[Change], *, effort: float = 0.3, fill: bool = True
) -> tuple[Event, RepairAnswer]:
    """Mend a timetable; return the event as it is now, and its timetable.

    First the weight of the meetings of before that are still possible is kept, then as few meetings as possible that
    no change hit are moved. ``fill``: wishes that fit into what is left are met as well.

    :raises BadProblem: naming the field; the meetings or the changes do not belong to the event.
    """
    now = changed(event, changes)
    grid = grid_of(now)
    held_fixed(grid)
    schedule = Schedule(grid)
    before = _seat_before(schedule, meetings)
    left = _seat_free(schedule, before.hit)
    least = Least(kept=sum(grid.pairs.weight[pair] for pair in before.hit), moves=0)
    if left:
        least = least_moves(schedule, before.stay, before.hit)
        _move_others(schedule, before, left, least, effort=effort)
        least = _for_what_was_kept(schedule, before, least)
    old = set(before.stay) | set(before.hit)
    if fill:
        for pair in sorted(range(len(grid.pairs)), key=lambda pair: (-grid.pairs.weight[pair], pair)):
            if pair not in old and schedule.cell[pair] < 0:
                _seat_free(schedule, (pair,))
    return now, _answer(schedule, before, least)


def _seat_before(schedule: Schedule, meetings: Sequence[Meeting]) -> _Before:
    grid = schedule.grid
    people = {person.id: number for number, person in enumerate(grid.event.participants)}
    slots = {slot.id: number for number, slot in enumerate(grid.slots)}
    places = {place.id: number for number, place in enumerate(grid.event.places)}
    pair_of = {grid.pairs.both(pair): pair for pair in range(len(grid.pairs))}
    seats: Seats = {}
    gone: list[Meeting] = []
    for number, meeting in enumerate(meetings):
        for name in meeting.pair:
            require(name in people, f"meetings[{number}].participants names {name!r}, which is not there")
        require(meeting.slot_id in slots, f"meetings[{number}].slot names {meeting.slot_id!r}, which is not there")
        require(meeting.place_id in places, f"meetings[{number}].place names {meeting.place_id!r}, which is not there")
        one, two = sorted(people[name] for name in meeting.pair)
        pair = pair_of.get((one, two))
        require(pair not in seats, f"meetings[{number}].participants meet twice")
        if pair is None or not grid.pairs.allowed[pair]:
            gone.append(meeting)
        else:
            seats[pair] = slots[meeting.slot_id], places[meeting.place_id]
    stay = _seat_as_before(schedule, seats)
    return _Before(
        seats=seats, stay=stay, hit=tuple(pair for pair in sorted(seats) if pair not in stay), gone=tuple(gone)
    )


def _seat_as_before(schedule: Schedule, seats: Seats) -> dict[int, int]:
    """Seat what can stay, fixed meetings first; return pairs with their cells."""
    grid = schedule.grid
    stay: dict[int, int] = {}
    used: dict[tuple[int, int], int] = {}
    for pair in sorted(seats, key=lambda pair: (not grid.pairs.pinned[pair], pair)):
        slot, place = seats[pair]
        capacity = grid.event.places[place].capacity
        used[slot, place] = used.get((slot, place), 0) + 1
        is_open = grid.slots[slot].id not in grid.event.places[place].closed
        cell = slot * grid.zones.n + grid.zones.of_place[place]
        if is_open and (capacity is None or used[slot, place] <= capacity) and schedule.put_all([(pair, cell)]):
            stay[pair] = cell
    return stay


def _seat_free(schedule: Schedule, pairs: Iterable[int]) -> list[int]:
    """Seat pairs where both are free and there is room, the narrowest first; return those left."""
    left = []
    for pair in sorted(pairs, key=lambda pair: ((schedule.fits(pair) & schedule.open).bit_count(), pair)):
        cells = schedule.fits(pair) & schedule.open
        if cells:
            schedule.put(pair, max(bits(cells), key=lambda cell: schedule.room[cell]))
        else:
            left.append(pair)
    return left


def _move_others(schedule: Schedule, before: _Before, left: list[int], least: Least, *, effort: float) -> None:
    """Move meetings near those left, some at a time, then farther around all of them where that is not too much."""
    helpers = {pair: _helpers(schedule, pair) for pair in left}
    for pair in left:
        if not schedule.place(pair):
            schedule.place_by_chain(pair)
    batches = [left[start : start + BATCH] for start in range(0, len(left), BATCH)]
    for radius in RADII:
        for batch in batches:
            if (_kept(schedule, before), _moves(schedule, before)) == (least.kept, least.moves):
                return
            movable = _near(schedule, before, batch, radius) | {pair for one in batch for pair in helpers[one]}
            if radius == 1 or len(movable) <= MOST_MOVABLE:
                _solve(schedule, before, sorted(movable), effort=effort / len(batches))


def _near(schedule: Schedule, before: _Before, pairs: list[int], radius: int) -> set[int]:
    """Meetings of the people of some pairs, of their partners from radius 2 on, and those moved so far for them."""
    grid = schedule.grid
    reach = {person for pair in pairs for person in grid.pairs.both(pair)}
    found: set[int] = set(pairs)
    for _ in range(radius):
        found |= {pair for person in reach for pair in schedule.at[person].values()}
        reach = {person for pair in found for person in grid.pairs.both(pair)}
    found |= {pair for pair in before.hit if reach & set(grid.pairs.both(pair))}
    found |= {
        pair for pair, cell in before.stay.items() if schedule.cell[pair] != cell and reach & set(grid.pairs.both(pair))
    }
    return {pair for pair in found if not grid.pairs.pinned[pair]}


def _helpers(schedule: Schedule, pair: int) -> set[int]:
    """Meetings that could leave the full cells in which a pair left over is free."""
    pinned = schedule.grid.pairs.pinned
    found: set[int] = set()
    for cell in bits(schedule.fits(pair) & ~schedule.open):
        leaving = [other for other in schedule.inside[cell] if not pinned[other] and schedule.leaves(other)]
        found |= set(leaving[:HELPERS])
    return found


def _solve(schedule: Schedule, before: _Before, movable: list[int], *, effort: float) -> None:
    stay = [pair for pair in movable if pair in before.stay]
    model = ExactModel(schedule=schedule, pairs=movable, cells=-1, held=frozenset(stay))
    weight = schedule.grid.pairs.weight
    hit = set(before.hit)
    unit = math.gcd(*(weight[pair] for pair in hit)) or 1
    kept = sum(weight[pair] // unit * variable for (pair, _), variable in model.x.items() if pair in hit)
    staying = sum(model.x[pair, before.stay[pair]] for pair in stay if (pair, before.stay[pair]) in model.x)
    outcome = model.best(kept * (len(stay) + 1) + staying, more=True, effort=effort, start=schedule.meetings())
    if outcome is not None:
        old = schedule.meetings()
        score = _kept(schedule, before), -_moves(schedule, before)
        schedule.become(outcome.meetings)
        if (_kept(schedule, before), -_moves(schedule, before)) < score:
            schedule.become(old)


def _kept(schedule: Schedule, before: _Before) -> int:
    return sum(schedule.weight[pair] for pair in before.hit if schedule.cell[pair] >= 0)


def _moves(schedule: Schedule, before: _Before) -> int:
    return sum(1 for pair, cell in before.stay.items() if schedule.cell[pair] != cell)


def _for_what_was_kept(schedule: Schedule, before: _Before, least: Least) -> Least:
    """The bound on the moves holds for the weight that was kept: ask again where that is less than the bound."""
    kept = _kept(schedule, before)
    if kept == least.kept:
        return least
    again = least_moves(schedule, before.stay, before.hit, kept=kept)
    return Least(kept=least.kept, moves=again.moves)


def _answer(schedule: Schedule, before: _Before, least: Least) -> RepairAnswer:
    grid = schedule.grid
    places = assign_places(grid, schedule.meetings(), before=before.seats)
    ordered = sorted(schedule.meetings(), key=lambda meeting: (grid.slot_of(meeting[1]), meeting[0]))
    now = {pair: meeting_of(grid, pair, cell, places) for pair, cell in ordered}
    others = tuple(
        now[pair]
        for pair in sorted(before.stay)
        if before.seats[pair] != (grid.slot_of(schedule.cell[pair]), places[pair])
    )
    lost = (*before.gone, *(_old(grid, before, pair) for pair in before.hit if pair not in now))
    moved = tuple(now[pair] for pair in before.hit if pair in now)
    added = tuple(meeting for pair, meeting in now.items() if pair not in before.seats)
    stayed = sum(grid.pairs.weight[pair] for pair in before.stay)
    kept, most = stayed + _kept(schedule, before), stayed + least.kept
    goals = (
        RepairGoal(name="kept", value=kept / THOUSANDTHS, bound=most / THOUSANDTHS, proven=kept == most),
        RepairGoal(name="moved_others", value=len(others), bound=least.moves, proven=len(others) == least.moves),
    )
    return RepairAnswer(
        meetings=tuple(now.values()),
        lost=lost,
        moved=moved,
        moved_others=others,
        added=added,
        goals=goals,
        reasons=tuple(_reasons(goals, n_lost=len(lost), n_moved=len(moved), n_added=len(added))),
    )


def _old(grid: Grid, before: _Before, pair: int) -> Meeting:
    slot, place = before.seats[pair]
    cell = slot * grid.zones.n + grid.zones.of_place[place]
    return meeting_of(grid, pair, cell, {pair: place})


def _reasons(goals: tuple[RepairGoal, ...], *, n_lost: int, n_moved: int, n_added: int) -> Iterable[Reason]:
    moves = goals[1]
    yield Reason("repair_hit", facts={"n": n_moved, "lost": n_lost}, good=not n_lost)
    if all(goal.proven for goal in goals):
        yield Reason("repair_moves_fewest", facts={"n": int(moves.value)}, good=not moves.value)
    else:
        yield Reason("repair_moves_few", facts={"n": int(moves.value), "bound": int(moves.bound)}, good=False)
    if n_added:
        yield Reason("repair_adds", facts={"n": n_added})
