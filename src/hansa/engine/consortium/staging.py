"""Goals in stages: first those for which few hubs matter, then the others among hubs that can still be in the team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from hansa.engine.consortium import pairs
from hansa.engine.consortium.answer import Goal, GoalName
from hansa.engine.consortium.candidates import Apart, Demand, Rows, Table, eligible
from hansa.engine.consortium.conflicts import active_limits
from hansa.engine.consortium.dominance import undominated
from hansa.engine.consortium.greedy import greedy_team
from hansa.engine.consortium.leading import leaders_of, load_of
from hansa.engine.consortium.model import CoverModel
from hansa.engine.consortium.narrowing import narrowed
from hansa.engine.consortium.search import Clock, OutOfTime, Solution, solve
from hansa.engine.problem import Limits

Goals = tuple[GoalName, ...]


@dataclass(slots=True, kw_only=True)
class Staged:
    """One search. ``found`` holds what was reached so far, in rows of ``table``; ``pool`` who can still be in it."""

    table: Table
    demand: Demand
    limits: Limits
    clock: Clock
    full: bool
    apart: tuple[Apart, ...]
    pool: Table = field(init=False)
    found: Solution | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.pool = self.table.take(eligible(table=self.table, limits=self.limits, active=self._active(self.table)))

    def reach(self, goals: Goals) -> Solution | None:
        """Reach the goals in their order; None when no team is possible.

        :raises OutOfTime: not even the first goal gave a team
        """
        for upto, new in _stages(goals):
            try:
                self.clock.require_time()
                self.pool = self._narrowed(self.pool)
                if new == ("load",):
                    self._share_out(upto)
                elif (after := self._stage(self.pool, upto, new)) is None:
                    return None
                else:
                    self.found = after
            except OutOfTime:
                if self.found is None:
                    raise
                break
        return self.found

    def _active(self, table: Table) -> frozenset[str]:
        return active_limits(self.limits, table=table, demand=self.demand)

    def _kept(self) -> tuple[Goal, ...]:
        """Goals reached that the model has to keep; the load is kept by the room of the hubs."""
        return () if self.found is None else tuple(goal for goal in self.found.goals if goal.name != "load")

    def _mine(self) -> frozenset[int]:
        return frozenset() if self.found is None else frozenset(self.table.ids[self.found.rows].tolist())

    def _stage(self, pool: Table, upto: Goals, new: Goals) -> Solution | None:
        """Reach the ``new`` goals among the hubs of the pool, what was reached before kept."""
        active = self._active(pool)
        part = pool.take(self._undominated(pool, upto, active))
        if self.full and pairs.fits(demand=self.demand, limits=self.limits, active=active, goals=upto):
            small = pairs.smallest_of_two(
                table=part, demand=self.demand, limits=self.limits, active=active, goals=upto, apart=self.apart
            )
            if small is not None or self.limits.max_partners <= 2:
                return None if small is None else self._in_table(part, small)
        cover = CoverModel(
            table=part,
            demand=self.demand,
            limits=self.limits,
            active=active,
            full=self.full,
            apart=self.apart,
            require_time=self.clock.require_time,
        )
        if self.found is None:
            start = greedy_team(table=part, demand=self.demand, limits=self.limits, active=active)
        else:
            start = np.flatnonzero(np.isin(part.ids, list(self._mine())))
        solution = solve(cover, goals=new, clock=self.clock, start=start, kept=self._kept())
        return None if solution is None else self._in_table(part, solution)

    def _narrowed(self, pool: Table) -> Table:
        """The hubs of the pool that can be in a team as good as the one found."""
        if self.found is None or not self.full:
            return pool
        kept = narrowed(
            table=pool, demand=self.demand, limits=self.limits, active=self._active(pool), reached=self._kept()
        )
        rows = np.flatnonzero(np.isin(pool.ids, kept.ids) | np.isin(pool.ids, list(self._mine())))
        return replace(pool.take(rows), pairs=kept.pairs)

    def _undominated(self, pool: Table, goals: Goals, active: frozenset[str]) -> Rows:
        barred = len(frozenset[int]().union(*(one.hub_ids for one in self.apart)))
        if len(self.apart) == 1 and self.apart[0].most + 1 == len(self.apart[0].hub_ids):
            barred = 1  # only the last one of them
        return undominated(
            table=pool,
            goals=goals,
            keep=self.limits.required | self._mine(),
            active=active,
            depth=int(self.demand.asked.max(initial=1)),
            barred=barred,
            most=self.limits.max_partners if "max_partners" in active else None,
        )

    def _share_out(self, upto: Goals) -> None:
        """Find the least load, all else kept, by halving: a load is possible when hubs of so much room make a team."""
        assert self.found is not None
        most = self._load(self.found)
        least = self._least_load()
        goal = Goal(name="load", value=float(most), bound=float(least), proven=most <= least)
        try:
            while least < most:
                middle = (least + most) // 2
                self.clock.require_time()
                capped = replace(self.pool, room=np.minimum(self.pool.room, middle))
                fairer = self._stage(self._narrowed(capped), upto[:-1], ())
                if fairer is None:
                    least = middle + 1
                else:
                    self.found = Solution(rows=fairer.rows, goals=self.found.goals)
                    most = self._load(fairer)
                goal = Goal(name="load", value=float(most), bound=float(least), proven=most <= least)
        finally:
            self.found = Solution(rows=self.found.rows, goals=(*self.found.goals, goal))
        self.pool = replace(self.pool, room=np.minimum(self.pool.room, most))

    def _load(self, solution: Solution) -> int:
        return load_of(leaders_of(rows=solution.rows, table=self.table, demand=self.demand, balanced=True))

    def _least_load(self) -> int:
        """What one partner has to lead at least, however many there are."""
        if not self.full or self.limits.max_partners == 0:
            return 0
        offered = (self.pool.level > 0).any(axis=0) | (self.demand.lead > 0)
        open_wants = int((self.demand.must & offered).sum()) - self.demand.lead_room
        return max(0, -(-open_wants // self.limits.max_partners))

    def _in_table(self, part: Table, solution: Solution) -> Solution:
        rows = np.searchsorted(self.table.ids, part.ids[solution.rows]).astype(np.intp)
        before = () if self.found is None else self.found.goals
        return Solution(rows=rows, goals=(*before, *solution.goals))


def _stages(goals: Goals) -> Iterator[tuple[Goals, Goals]]:
    """Goals up to the end of each stage, and those new in it. The load is a stage of its own."""
    begin = 0
    for position, goal in enumerate(goals):
        follows_load = begin < position and goals[position - 1] == "load"
        is_new = goal == "load" or (goal == "together" and goals[begin:position] not in ((), ("coverage",)))
        if begin < position and (is_new or follows_load):
            yield goals[:position], goals[begin:position]
            begin = position
    yield goals, goals[begin:]
