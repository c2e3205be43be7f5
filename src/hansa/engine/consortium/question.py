"""One question about a team, and the search that answers it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hansa.engine.consortium.answer import GoalName, TeamEffect
from hansa.engine.consortium.candidates import Apart, Demand, Rows, Table, eligible
from hansa.engine.consortium.conflicts import active_limits
from hansa.engine.consortium.effect import effect_of
from hansa.engine.consortium.greedy import greedy_team
from hansa.engine.consortium.search import Clock, Solution
from hansa.engine.consortium.staging import Staged
from hansa.engine.consortium.wording import Wording
from hansa.engine.problem import Limits, Market, Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, as tables."""

    need: Need
    market: Market
    limits: Limits
    goals: tuple[GoalName, ...]
    table: Table
    demand: Demand
    clock: Clock

    @property
    def words(self) -> Wording:
        return Wording(need=self.need, market=self.market, limits=self.limits, table=self.table, demand=self.demand)

    def effect(self, rows: Rows) -> TeamEffect:
        """What the hubs in ``rows`` of the table achieve."""
        return effect_of(
            rows=rows,
            need=self.need,
            market=self.market,
            limits=self.limits,
            table=self.table,
            demand=self.demand,
            balanced="load" in self.goals,
        )

    def built_by_hand(self) -> TeamEffect:
        """The team built hub by hub, which may leave gaps; nobody, where it breaks another limit."""
        active = active_limits(self.limits, table=self.table, demand=self.demand)
        pool = self.table.take(eligible(table=self.table, limits=self.limits, active=active))
        rows = greedy_team(table=pool, demand=self.demand, limits=self.limits, active=active)
        effect = self.effect(np.searchsorted(self.table.ids, pool.ids[rows]).astype(np.intp))
        broken = [reason for reason in effect.breaks if reason.code != "nobody_can_lead"]
        return self.effect(np.zeros(0, dtype=np.intp)) if broken else effect

    def search(self, *, full: bool, apart: tuple[Apart, ...] = ()) -> Solution | None:
        """The best team; ``full`` covers everything asked for. None when there is none.

        :raises OutOfTime: not even the first goal gave a team
        """
        self.clock.require_time()
        staged = Staged(
            table=self.table, demand=self.demand, limits=self.limits, clock=self.clock, full=full, apart=apart
        )
        return staged.reach(self.goals)
