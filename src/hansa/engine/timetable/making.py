"""The front door: an event in, the best timetable out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hansa.engine.problem import BadProblem
from hansa.engine.timetable.answer import Goal, Meeting, TimetableAnswer
from hansa.engine.timetable.bound import Relaxation, relax
from hansa.engine.timetable.event import Event
from hansa.engine.timetable.exact import Bounds, settle
from hansa.engine.timetable.fairness import Fair, fairest
from hansa.engine.timetable.fixed import held_fixed
from hansa.engine.timetable.gaps import fewer_gaps, n_gaps
from hansa.engine.timetable.grid import THOUSANDTHS, Grid, grid_of
from hansa.engine.timetable.places import assign_places
from hansa.engine.timetable.schedule import Schedule
from hansa.engine.timetable.search import Search, by_advantage
from hansa.engine.timetable.trading import Trading
from hansa.engine.timetable.wording import summary, unmet_wishes

STEPS_PER_SECOND = 4000  # of the search, on a slow core
EXACT_UP_TO = 1500  # pairs times cells: up to here every goal is settled by an exact search


def best_timetable(event: Event, *, seed: int = 1, effort: float = 20.0) -> TimetableAnswer:
    """Hold the meetings that count most; then let nobody who asked go home empty-handed; then let nobody wait.

    ``effort``: about how many seconds of one slow core to search at most, counted in steps, so that the same input
    gives the same answer. Small events are solved exactly, large ones as far as the bound proves it.

    :raises BadProblem: naming the field; fixed meetings that exclude each other count as such.
    """
    grid = grid_of(event)
    fixed = held_fixed(grid)
    relaxation = relax(grid)
    if relaxation is None:
        raise BadProblem("Event.fixed: these meetings cannot all take place")
    schedule, goals = solve(grid, relaxation, fixed, seed=seed, effort=effort)
    return answer_of(schedule, goals)


def solve(
    grid: Grid, relaxation: Relaxation, fixed: list[tuple[int, int]], *, seed: int, effort: float
) -> tuple[Schedule, tuple[Goal, ...]]:
    """Search, and say of each goal what is reached and what cannot be beaten."""
    steps = int(effort * STEPS_PER_SECOND)
    fair = fairest(relaxation, weight=relaxation.bound)
    search = Search(grid, seed=seed)
    search.schedule.put_all(fixed)
    goal = relaxation.bound * (grid.n_people + 1) - fair.least_empty
    search.pursue(np.flatnonzero(fair.target).tolist(), steps=steps, goal=goal)
    is_small = sum(cells.bit_count() for cells in grid.pairs.allowed) <= EXACT_UP_TO
    if search.best_score < goal:
        search.fill(by_advantage(relaxation))
        Trading(search, relaxation).run(steps=steps // (10 if is_small else 1), goal=goal)
    search.schedule.become(search.best)
    schedule = search.schedule
    bounds = Bounds(weight=relaxation.bound, empty=_least_empty(schedule, relaxation, fair), gaps=0)
    gaps = fewer_gaps(schedule, seed=seed, steps=steps)
    if is_small and (bounds.weight, -bounds.empty, 0) != (schedule.value, -schedule.n_empty, gaps):
        bounds = settle(schedule, bounds, effort=effort)
    return schedule, _goals(schedule, bounds)


def _least_empty(schedule: Schedule, relaxation: Relaxation, fair: Fair) -> int:
    """The bound on those without a meeting holds for the weight it was made for; another weight has another."""
    if schedule.value == relaxation.bound or not schedule.n_empty:
        return min(fair.least_empty, schedule.n_empty)
    return min(fairest(relaxation, weight=schedule.value).least_empty, schedule.n_empty)


def _goals(schedule: Schedule, bounds: Bounds) -> tuple[Goal, ...]:
    weight, gaps = schedule.value / THOUSANDTHS, n_gaps(schedule)
    empty = schedule.n_empty
    is_most = schedule.value == bounds.weight
    is_fair = is_most and empty == bounds.empty
    return (
        Goal(name="weight", value=weight, bound=bounds.weight / THOUSANDTHS, proven=is_most),
        Goal(name="empty_handed", value=empty, bound=bounds.empty, proven=empty == bounds.empty),
        Goal(name="gaps", value=gaps, bound=bounds.gaps, proven=gaps == bounds.gaps and (is_fair or not gaps)),
    )


def answer_of(schedule: Schedule, goals: tuple[Goal, ...]) -> TimetableAnswer:
    """The schedule in the words of the event."""
    grid = schedule.grid
    places = assign_places(grid, schedule.meetings())
    meetings = tuple(
        meeting_of(grid, pair, cell, places)
        for pair, cell in sorted(schedule.meetings(), key=lambda m: (grid.slot_of(m[1]), m[0]))
    )
    unmet = tuple(unmet_wishes(schedule))
    n_wishes = len(grid.event.wishes)
    reasons = summary(goals, n_meetings=len(meetings), n_met=n_wishes - len(unmet), n_wishes=n_wishes)
    return TimetableAnswer(meetings=meetings, goals=goals, unmet=unmet, reasons=tuple(reasons))


def meeting_of(grid: Grid, pair: int, cell: int, places: Mapping[int, int]) -> Meeting:
    """One meeting in the words of the event."""
    one, two = grid.pairs.both(pair)
    return Meeting(
        pair=(grid.event.participants[one].id, grid.event.participants[two].id),
        slot_id=grid.slots[grid.slot_of(cell)].id,
        place_id=grid.event.places[places[pair]].id,
        weight=grid.pairs.weight[pair] / THOUSANDTHS,
        is_fixed=grid.pairs.pinned[pair],
    )
