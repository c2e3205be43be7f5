"""The two verbs of the team search."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from hansa.engine.consortium.alternatives import MOST_ALTERNATIVES
from hansa.engine.consortium.answer import DEFAULT_GOALS, GoalName, TeamAnswer, TeamEffect
from hansa.engine.consortium.answering import Answering
from hansa.engine.consortium.candidates import demand_of, require_known, tabulate
from hansa.engine.consortium.effect import effect_of
from hansa.engine.consortium.model import UNITS
from hansa.engine.consortium.question import Question
from hansa.engine.consortium.search import Clock
from hansa.engine.problem import BadProblem, LeadCover, Limits, Market, Need, require_fitting


def best_team(
    *,
    need: Need,
    market: Market,
    limits: Limits,
    lead: LeadCover | None = None,
    goals: tuple[GoalName, ...] = DEFAULT_GOALS,
    time_limit_s: float = 10.0,
    with_next_best: bool = True,
    n_alternatives: int = 0,
    differ_by: float = 0.5,
    now: Callable[[], float] | None = None,
) -> TeamAnswer:
    """Find the best team of partners for what the lead does not cover.

    ``goals`` in order of importance, each proven before the next; ``coverage`` first. Nice-to-haves (``extras``)
    never add a partner when they stand after ``number``. A need without must-haves is treated as if all wants were
    must-haves. Unknown distance counts as 2,000 km, unknown trust as 0.5. Strengths count in tenths. Each must-have is
    led by exactly one hub that covers it, within ``Market.capacity``, ``Limits.max_led`` and ``LeadCover.capacity``.
    Exact; when the time runs out the best team found comes back as ``feasible`` with its bounds.
    Deterministic: one worker, fixed seed, hubs in order of id, ties to the lower id as far as dominance decides.

    :param n_alternatives: other teams wanted, 3 at most; at least the share ``differ_by`` (0..1) of the partners of the
        best team and of each alternative before it are not in the next
    :param now: tells the time in seconds. With it ``time_limit_s`` bounds all of the work, without it what the solver
        reports.
    :raises BadProblem: shapes do not fit, a required hub is not in the market, or a setting makes no sense.
    """
    _require_settings(time_limit_s, n_alternatives, differ_by)
    clock = Clock(left_s=time_limit_s, now=now)
    require_fitting(need=need, market=market, lead=lead)
    _require_goals(goals)
    table = tabulate(need=need, market=market, limits=limits, lead=lead)
    require_known(limits=limits, table=table, lead=lead)
    own = lead.hub_id if lead is not None else None
    question = Question(
        need=need,
        market=market,
        limits=replace(limits, required=limits.required - {own}),
        goals=goals,
        table=table,
        demand=demand_of(need=need, table=table, limits=limits, lead=lead),
        clock=clock,
    )
    return Answering(
        question=question, with_next_best=with_next_best, n_alternatives=n_alternatives, share=differ_by
    ).solved()


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


def _require_settings(time_limit_s: float, n_alternatives: int, differ_by: float) -> None:
    if math.isnan(time_limit_s) or time_limit_s < 0:
        raise BadProblem("best_team: time_limit_s must be 0 or more")
    if not 0 <= n_alternatives <= MOST_ALTERNATIVES:
        raise BadProblem(f"best_team: n_alternatives must lie between 0 and {MOST_ALTERNATIVES}")
    if not 0 < differ_by <= 1:
        raise BadProblem("best_team: differ_by must be more than 0 and at most 1")
