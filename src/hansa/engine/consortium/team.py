"""The two verbs of the team search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from hansa.engine.consortium import pairs
from hansa.engine.consortium.answer import DEFAULT_GOALS, Alternative, Goal, GoalName, TeamAnswer, TeamEffect
from hansa.engine.consortium.candidates import (
    Demand,
    Rows,
    Table,
    demand_of,
    eligible,
    require_known,
    tabulate,
    undominated,
)
from hansa.engine.consortium.conflicts import Case, active_limits, conflict_of
from hansa.engine.consortium.effect import effect_of, values_of
from hansa.engine.consortium.greedy import greedy_team
from hansa.engine.consortium.model import UNITS, CoverModel
from hansa.engine.consortium.search import Clock, OutOfTime, Solution, solve
from hansa.engine.consortium.wording import Wording
from hansa.engine.problem import BadProblem, LeadCover, Limits, Market, Need, Reason, require_fitting


def best_team(
    *,
    need: Need,
    market: Market,
    limits: Limits,
    lead: LeadCover | None = None,
    goals: tuple[GoalName, ...] = DEFAULT_GOALS,
    time_limit_s: float = 10.0,
    with_next_best: bool = True,
) -> TeamAnswer:
    """Find the best team of partners for what the lead does not cover.

    ``goals`` in order of importance, each proven before the next; ``coverage`` first. Nice-to-haves (``extras``)
    never add a partner when they stand after ``number``. A need without must-haves is treated as if all wants were
    must-haves. Unknown distance counts as 2,000 km, unknown trust as 0.5. Strengths count in tenths. Exact; when
    ``time_limit_s`` of solving run out the best team found comes back as ``feasible`` with its bounds.
    Deterministic: one worker, fixed seed, hubs in order of id, ties to the lower id as far as dominance decides.

    :raises BadProblem: shapes do not fit, a required hub is not in the market, or the goals make no sense.
    """
    require_fitting(need=need, market=market, lead=lead)
    _require_goals(goals)
    table = tabulate(need=need, market=market, limits=limits, lead=lead)
    require_known(limits=limits, table=table, lead=lead)
    own = lead.hub_id if lead is not None else None
    question = _Question(
        need=need,
        market=market,
        limits=replace(limits, required=limits.required - {own}),
        goals=goals,
        table=table,
        demand=demand_of(need=need, table=table, limits=limits, lead=lead),
        clock=Clock(left_s=time_limit_s),
        with_next_best=with_next_best,
    )
    return question.solved()


def evaluate_team(
    hub_ids: Iterable[int], *, need: Need, market: Market, limits: Limits, lead: LeadCover | None = None
) -> TeamEffect:
    """Say what any hand-picked set of partners achieves together with the lead, and which limits it breaks.

    :raises BadProblem: shapes do not fit, or a hub is not in the market.
    """
    require_fitting(need=need, market=market, lead=lead)
    table = tabulate(need=need, market=market, limits=limits, lead=lead)
    own = lead.hub_id if lead is not None else None
    chosen = sorted(set(hub_ids) - {own})
    rows = np.searchsorted(table.ids, chosen).astype(np.intp)
    for hub_id, row in zip(chosen, rows, strict=True):
        if row >= len(table.ids) or table.ids[row] != hub_id:
            raise BadProblem(f"evaluate_team: hub {hub_id} is not in the market")
    demand = demand_of(need=need, table=table, limits=limits, lead=lead)
    limits = replace(limits, required=limits.required - {own})
    return effect_of(rows=rows, need=need, market=market, limits=limits, table=table, demand=demand)


def _require_goals(goals: tuple[GoalName, ...]) -> None:
    if not goals or goals[0] != "coverage":
        raise BadProblem("best_team: goals must start with 'coverage'")
    if len(set(goals)) != len(goals):
        raise BadProblem("best_team: goals must not repeat")
    for goal in goals:
        if goal not in UNITS:
            raise BadProblem(f"best_team: goals holds {goal!r}, which is not one of {', '.join(UNITS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    need: Need
    market: Market
    limits: Limits
    goals: tuple[GoalName, ...]
    table: Table
    demand: Demand
    clock: Clock
    with_next_best: bool

    @property
    def words(self) -> Wording:
        return Wording(need=self.need, market=self.market, limits=self.limits, table=self.table, demand=self.demand)

    def search(self, *, full: bool, forbidden: frozenset[int] = frozenset()) -> Solution | None:
        """The best team; ``full`` covers everything asked for, ``forbidden`` must not all be in it."""
        active = active_limits(self.limits)
        pool = self.table.take(eligible(table=self.table, limits=self.limits, active=active))
        kept = undominated(
            table=pool,
            goals=self.goals,
            keep=self.limits.required,
            active=active,
            depth=int(self.demand.asked.max(initial=1)) + (1 if forbidden else 0),
        )
        pool = pool.take(kept)
        solution = self._solve(pool, full=full, active=active, forbidden=forbidden)
        if solution is None:
            return None
        return Solution(rows=self._rows(pool, solution.rows), goals=solution.goals)

    def _solve(self, pool: Table, *, full: bool, active: frozenset[str], forbidden: frozenset[int]) -> Solution | None:
        if full and pairs.fits(demand=self.demand, limits=self.limits, goals=self.goals):
            small = pairs.smallest_of_two(
                table=pool,
                demand=self.demand,
                limits=self.limits,
                active=active,
                goals=self.goals,
                forbidden=forbidden,
            )
            if small is not None or self.limits.max_partners <= 2:
                return small
        cover = CoverModel(
            table=pool, demand=self.demand, limits=self.limits, active=active, full=full, forbidden=forbidden
        )
        start = greedy_team(table=pool, demand=self.demand, limits=self.limits, active=active)
        return solve(cover, goals=self.goals, clock=self.clock, start=start)

    def solved(self) -> TeamAnswer:
        """The answer, whichever it is."""
        if not self.demand.asked.any() and not self.limits.required:
            return self.nothing_to_cover()
        try:
            full = self.search(full=True)
        except OutOfTime:
            return self.unproven()
        return self.answer(full) if full is not None else self.refusal()

    def effect(self, rows: Rows) -> TeamEffect:
        return effect_of(
            rows=rows,
            need=self.need,
            market=self.market,
            limits=self.limits,
            table=self.table,
            demand=self.demand,
        )

    def nothing_to_cover(self) -> TeamAnswer:
        effect = self.effect(np.zeros(0, dtype=np.intp))
        reasons = list(self.words.gaps())
        if not self.need.wants:
            reasons.append(Reason("nothing_asked"))
        elif not effect.gaps:
            reasons.append(Reason("lead_covers_all"))
        return TeamAnswer(
            status="nothing_to_cover",
            gaps=effect.gaps,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            reasons=tuple(reasons),
        )

    def answer(self, solution: Solution) -> TeamAnswer:
        effect = self.effect(solution.rows)
        goals = self._goals(solution, effect, proven=True)
        proven = len(goals) == len(self.goals) and all(goal.proven for goal in goals)
        reasons = [*self.words.praise(effect, goals), *self.words.single_points(effect), *self.words.gaps()]
        if not proven:
            reasons.append(Reason("not_proven", good=False))
        return TeamAnswer(
            status="optimal" if proven else "feasible",
            members=effect.members,
            goals=goals,
            gaps=effect.gaps,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            next_best=self._next_best(solution, effect) if self.with_next_best else None,
            reasons=tuple(reasons),
        )

    def unproven(self) -> TeamAnswer:
        """What is left when time ran out before the solver had anything: the team built hub by hub."""
        active = active_limits(self.limits)
        pool = self.table.take(eligible(table=self.table, limits=self.limits, active=active))
        rows = greedy_team(table=pool, demand=self.demand, limits=self.limits, active=active)
        effect = self.effect(self._rows(pool, rows))
        if effect.breaks:
            effect = self.effect(np.zeros(0, dtype=np.intp))
        nobody = self.words.nobody()
        goals = self._goals(Solution(rows=rows, goals=()), effect, proven=False)
        return TeamAnswer(
            status="feasible",
            members=effect.members,
            goals=goals,
            gaps=tuple(want for want in effect.gaps if want in nobody),
            missed=tuple(want for want in effect.gaps if want not in nobody),
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            reasons=(*self.words.praise(effect, goals), Reason("not_proven", good=False)),
        )

    def refusal(self) -> TeamAnswer:
        """The fewest limits that stand in the way, and the team that covers most within them."""
        case = Case(
            need=self.need,
            market=self.market,
            limits=self.limits,
            table=self.table,
            demand=self.demand,
            clock=self.clock,
        )
        conflict, reasons = conflict_of(case)
        most = self._most()
        effect = self.effect(np.zeros(0, dtype=np.intp) if most is None else most.rows)
        if most is None:
            reasons = (*reasons, Reason("no_team_at_all", good=False))
        else:
            facts = {"n": effect.n_covered, "of": effect.n_must}
            reasons = (*reasons, Reason("team_covers_part", facts=facts, good=False))
        nobody = self.words.nobody()
        return TeamAnswer(
            status="infeasible",
            members=effect.members,
            goals=() if most is None else self._goals(most, effect, proven=False),
            gaps=tuple(want for want in effect.gaps if want in nobody),
            missed=tuple(want for want in effect.gaps if want not in nobody),
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            conflicts=conflict,
            reasons=(*reasons, *self.words.gaps()),
        )

    def _most(self) -> Solution | None:
        try:
            return self.search(full=False)
        except OutOfTime:
            return None

    def _rows(self, pool: Table, rows: Rows) -> Rows:
        return np.searchsorted(self.table.ids, pool.ids[rows]).astype(np.intp)

    def _goals(self, solution: Solution, effect: TeamEffect, *, proven: bool) -> tuple[Goal, ...]:
        """Goals in their units; coverage as a count."""
        most = float(effect.n_must - len(self.words.nobody()))
        found = {goal.name: goal for goal in solution.goals}
        proven = proven or ("coverage" in found and found["coverage"].proven)
        value = effect.values["coverage"]
        coverage = Goal(name="coverage", value=value, bound=value if proven else most, proven=proven)
        return (coverage, *(goal for goal in solution.goals if goal.name != "coverage"))

    def _next_best(self, solution: Solution, effect: TeamEffect) -> Alternative | None:
        """The best team without at least one of the partners that must-haves rest on."""
        asked = {self.need.wants[want].id for want in np.flatnonzero(self.demand.asked > 0)}
        essential = frozenset(
            member.hub_id
            for member in effect.members
            if member.hub_id not in self.limits.required and asked & {want for want, _ in member.covers}
        )
        try:
            other = self.search(full=True, forbidden=essential) if essential else None
        except OutOfTime:
            return None
        if other is None:
            return None
        ids, other_ids = self.table.ids[solution.rows], self.table.ids[other.rows]
        out = tuple(np.setdiff1d(ids, other_ids).tolist())
        into = tuple(np.setdiff1d(other_ids, ids).tolist())
        return Alternative(
            hub_ids=tuple(other_ids.tolist()),
            out=out,
            into=into,
            values=values_of(rows=other.rows, table=self.table, demand=self.demand),
            proven=len(other.goals) >= len(self.goals) - 1 and all(goal.proven for goal in other.goals),
            reasons=tuple(self.words.swap(effect, self.effect(other.rows), out=out, into=into)),
        )
