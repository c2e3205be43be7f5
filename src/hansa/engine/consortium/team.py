"""The two verbs of the team search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

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
from hansa.engine.consortium.conflicts import Case, active_limits, explain_conflict, smallest_conflict
from hansa.engine.consortium.effect import effect_of, values_of
from hansa.engine.consortium.search import UNITS, Clock, CoverModel, Solution, solve
from hansa.engine.problem import BadProblem, LeadCover, Limits, Market, Need, Reason, require_fitting

MOST_NAMES = 5


def best_team(
    *,
    need: Need,
    market: Market,
    limits: Limits,
    lead: LeadCover | None = None,
    goals: tuple[GoalName, ...] = DEFAULT_GOALS,
    time_limit_s: float = 10.0,
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
    table = tabulate(market=market, limits=limits, lead=lead)
    require_known(limits=limits, table=table, lead=lead)
    question = _Question(
        need=need,
        market=market,
        limits=replace(limits, required=limits.required - {lead.hub_id if lead is not None else None}),
        goals=goals,
        table=table,
        demand=demand_of(need=need, table=table, limits=limits, lead=lead),
        clock=Clock(left_s=time_limit_s),
    )
    if not question.demand.asked.any() and not question.limits.required:
        return question.nothing_to_cover()
    full = question.search(full=True)
    if full is not None:
        return question.answer(full)
    return question.refusal()


def evaluate_team(
    hub_ids: Iterable[int], *, need: Need, market: Market, limits: Limits, lead: LeadCover | None = None
) -> TeamEffect:
    """Say what any hand-picked set of partners achieves together with the lead, and which limits it breaks.

    :raises BadProblem: shapes do not fit, or a hub is not in the market.
    """
    require_fitting(need=need, market=market, lead=lead)
    table = tabulate(market=market, limits=limits, lead=lead)
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

    def search(self, *, full: bool, forbidden: frozenset[int] = frozenset()) -> Solution | None:
        active = active_limits(self.limits)
        pool = self.table.take(eligible(table=self.table, limits=self.limits, active=active))
        kept = undominated(
            table=pool,
            goals=self.goals,
            keep=self.limits.required,
            same_country=bool({"max_per_country", "min_countries"} & active),
            budget="budget_eur" in active,
            depth=self.limits.backups + (1 if forbidden else 0),
        )
        pool = pool.take(kept)
        cover = CoverModel(
            table=pool, demand=self.demand, limits=self.limits, active=active, full=full, forbidden=forbidden
        )
        solution = solve(cover, goals=self.goals, clock=self.clock)
        if solution is None:
            return None
        rows = np.searchsorted(self.table.ids, pool.ids[solution.rows]).astype(np.intp)
        return Solution(rows=rows, goals=solution.goals)

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
        reasons = list(self._gaps())
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
        reasons = [*self._praise(effect, goals), *self._single(effect), *self._gaps()]
        if not proven:
            reasons.append(Reason("not_proven", good=False))
        return TeamAnswer(
            status="optimal" if proven else "feasible",
            members=effect.members,
            goals=goals,
            gaps=effect.gaps,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            next_best=self._next_best(solution, effect),
            reasons=tuple(reasons),
        )

    def refusal(self) -> TeamAnswer:
        case = Case(
            need=self.need,
            market=self.market,
            limits=self.limits,
            table=self.table,
            demand=self.demand,
            clock=self.clock,
        )
        conflict = smallest_conflict(case)
        reasons = list(explain_conflict(case, conflict=conflict))
        most = self.search(full=False)
        if most is None:
            reasons.append(Reason("no_team_at_all", good=False))
            effect = self.effect(np.zeros(0, dtype=np.intp))
            goals: tuple[Goal, ...] = ()
        else:
            effect = self.effect(most.rows)
            goals = self._goals(most, effect, proven=False)
            facts = {"n": effect.n_covered, "of": effect.n_must}
            reasons.append(Reason("team_covers_part", facts=facts, good=False))
        nobody = self._nobody()
        return TeamAnswer(
            status="infeasible",
            members=effect.members,
            goals=goals,
            gaps=tuple(want for want in effect.gaps if want in nobody),
            missed=tuple(want for want in effect.gaps if want not in nobody),
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            conflicts=conflict,
            reasons=(*reasons, *self._gaps()),
        )

    def _goals(self, solution: Solution, effect: TeamEffect, *, proven: bool) -> tuple[Goal, ...]:
        """Goals in their units; coverage as a count."""
        most = float(effect.n_must - len(self._nobody()))
        found = {goal.name: goal for goal in solution.goals}
        proven = proven or ("coverage" in found and found["coverage"].proven)
        value = effect.values["coverage"]
        coverage = Goal(name="coverage", value=value, bound=value if proven else most, proven=proven)
        return (coverage, *(goal for goal in solution.goals if goal.name != "coverage"))

    def _nobody(self) -> frozenset[str]:
        covered = (self.table.level > 0).any(axis=0) | (self.demand.lead > 0)
        return frozenset(self.need.wants[want].id for want in np.flatnonzero(self.demand.must & ~covered))

    def _next_best(self, solution: Solution, effect: TeamEffect) -> Alternative | None:
        asked = {self.need.wants[want].id for want in np.flatnonzero(self.demand.asked > 0)}
        essential = frozenset(
            member.hub_id
            for member in effect.members
            if member.hub_id not in self.limits.required and asked & {want for want, _ in member.covers}
        )
        if not essential:
            return None
        other = self.search(full=True, forbidden=essential)
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
            proven=all(goal.proven for goal in other.goals),
            reasons=tuple(self._swap(effect, self.effect(other.rows), out, into)),
        )

    def _swap(
        self, before: TeamEffect, after: TeamEffect, out: tuple[int, ...], into: tuple[int, ...]
    ) -> Iterator[Reason]:
        yield Reason("swap_for", facts={"out": self._hubs(out), "into": self._hubs(into)})
        if (n := len(after.members) - len(before.members)) > 0:
            yield Reason("swap_adds_partners", facts={"n": n}, good=False)
        lost = set(after.extras_missing) - set(before.extras_missing)
        if lost:
            labels = tuple(want.label for want in self.need.wants if want.id in lost)
            yield Reason("swap_loses", facts={"wants": labels}, good=False)
        difference = after.cost_eur - before.cost_eur
        if difference > 0.004:
            yield Reason("swap_costs_more", facts={"eur": difference}, good=False)
        elif difference < -0.004:
            yield Reason("swap_costs_less", facts={"eur": -difference})
        else:
            yield Reason("swap_costs_same")

    def _praise(self, effect: TeamEffect, goals: tuple[Goal, ...]) -> Iterator[Reason]:
        if effect.gaps:
            yield Reason("team_covers_part", facts={"n": effect.n_covered, "of": effect.n_must}, good=False)
        else:
            yield Reason("team_covers_all", facts={"n": effect.n_must})
        n_extras = len(self.need.wants) - effect.n_must
        if n_extras:
            facts = {"n": n_extras - len(effect.extras_missing), "of": n_extras}
            yield Reason("team_covers_nice", facts=facts, good=not effect.extras_missing)
        if any(goal.name == "number" and goal.proven for goal in goals[:2]):
            yield Reason("team_is_smallest", facts={"n": len(effect.members)})
        yield Reason("team_cost", facts={"eur": effect.cost_eur})
        if effect.countries:
            yield Reason("team_countries", facts={"countries": effect.countries})

    def _single(self, effect: TeamEffect) -> Iterator[Reason]:
        labels = {want.id: want.label for want in self.need.wants}
        for point in effect.single_points_of_failure:
            if point.hub_id is None:
                continue
            facts: dict[str, object] = {"hub": self._hubs((point.hub_id,))[0], "want": labels[point.want_id]}
            if point.backups:
                facts["backups"] = self._hubs(point.backups)
                yield Reason("team_is_single_point_backed", facts=facts, good=False)
            else:
                yield Reason("team_is_single_point", facts=facts, good=False)

    def _gaps(self) -> Iterator[Reason]:
        nobody = self._nobody()
        for position, want in enumerate(self.need.wants):
            if want.id in nobody:
                yield self._gap(position)
            elif self.demand.short[position] > 0:
                covering = int((self.table.level[:, position] > 0).sum() + (self.demand.lead[position] > 0))
                facts = {"n": covering, "want": want.label, "asked": self.limits.backups}
                yield Reason("too_few_backups", facts=facts, good=False)

    def _gap(self, want: int) -> Reason:
        label = self.need.wants[want].label
        strength = self.market.strength[self.table.rows, want]
        if len(strength) and strength.max() > 0:
            hub = self.market.names[self.table.rows[int(strength.argmax())]]
            return Reason("nobody_covers_strongly", facts={"want": label, "hub": hub}, good=False)
        return Reason("nobody_covers", facts={"want": label}, good=False)

    def _hubs(self, hub_ids: tuple[int, ...]) -> tuple[str, ...]:
        rows = np.searchsorted(self.table.ids, list(hub_ids))
        return tuple(self.market.names[self.table.rows[row]] for row in rows)
