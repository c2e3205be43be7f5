"""Why no team can do it: the fewest limits that stand in the way, and what lifting each would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from hansa.engine.consortium.answer import GoalName
from hansa.engine.consortium.candidates import Demand, Rows, Table, eligible
from hansa.engine.consortium.model import CoverModel
from hansa.engine.consortium.search import Clock, OutOfTime, optimise
from hansa.engine.problem import Limits, Market, Need, Reason

# The order in which limits are tried for dropping: what people change least willingly is dropped (kept free) first.
TRIED = (
    "min_countries",
    "max_per_country",
    "required",
    "max_unpaid",
    "budget_eur",
    "capacity",
    "max_partners",
    "languages",
    "excluded",
)
MOST_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One infeasible question."""

    need: Need
    market: Market
    limits: Limits
    table: Table
    demand: Demand
    clock: Clock

    def model(self, active: frozenset[str]) -> CoverModel:
        pool = self.table.take(eligible(table=self.table, limits=self.limits, active=active))
        return CoverModel(
            table=pool,
            demand=self.demand,
            limits=self.limits,
            active=active,
            full=True,
            require_time=self.clock.require_time,
        )

    def is_possible(self, active: frozenset[str]) -> bool:
        self.clock.require_time()
        return optimise(self.model(active), {}, clock=self.clock, start=None) is not None

    @property
    def active(self) -> frozenset[str]:
        return active_limits(self.limits, table=self.table, demand=self.demand)


def active_limits(limits: Limits, *, table: Table, demand: Demand) -> frozenset[str]:
    """Names of the limits that can stand in the way at all."""
    stated = {
        "capacity": bool((table.room < table.breadth).any()) or demand.lead_is_short,
        "budget_eur": limits.budget_eur is not None,
        "max_unpaid": limits.max_unpaid is not None,
        "max_per_country": limits.max_per_country is not None,
        "min_countries": limits.min_countries is not None,
        "required": bool(limits.required),
        "excluded": bool(limits.excluded),
        "languages": bool(limits.languages),
    }
    return frozenset({"max_partners", *(name for name, is_stated in stated.items() if is_stated)})


def conflict_of(case: Case) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """Limits that together make a full team impossible, none of which can be dropped, and what each blocks.

    Found by leaving out one limit after the other (deletion filter). When time runs out before that is known, all
    limits are named, and only that.
    """
    conflict = case.active
    try:
        for name in TRIED:
            if name in conflict and not case.is_possible(conflict - {name}):
                conflict -= {name}
        ordered = tuple(name for name in reversed(TRIED) if name in conflict)
        return ordered, tuple(_explain(case, ordered))
    except OutOfTime:
        everything = tuple(name for name in reversed(TRIED) if name in case.active)
        return everything, (Reason("limits_conflict", facts={"limits": everything}, good=False),)


def _explain(case: Case, conflict: tuple[str, ...]) -> Iterator[Reason]:
    if len(conflict) > 1:
        yield Reason("limits_conflict", facts={"limits": conflict}, good=False)
    if "languages" in conflict:
        yield from _blocked_by_language(case)
    if "excluded" in conflict:
        yield from _blocked_by_exclusion(case)
    everything = case.active
    for name in conflict:
        numbers = _number(case, name, everything - {name})
        if numbers is not None:
            yield numbers
        elif not case.is_possible(everything - {name}):
            yield Reason("relaxing_alone_does_not_help", facts={"limits": (name,)}, good=False)
        elif len(conflict) > 1 or name in ("required", "capacity"):
            yield Reason("relaxing_helps", facts={"limits": (name,)})


def _number(case: Case, name: str, active: frozenset[str]) -> Reason | None:
    """The value a numeric limit would need, all other limits kept; None when there is none."""
    if name not in ("max_partners", "budget_eur", "max_per_country", "min_countries", "max_unpaid"):
        return None
    case.clock.require_time()
    cover = case.model(active)
    outcome = optimise(cover, _relaxed(cover, name), clock=case.clock, start=None)
    if outcome is None:
        return None
    (value,) = outcome.values.values()
    limits = case.limits
    match name:
        case "max_partners":
            return Reason("needs_more_partners", facts={"n": value, "limit": limits.max_partners}, good=False)
        case "budget_eur":
            return Reason("needs_more_budget", facts={"eur": value / 100, "limit": limits.budget_eur}, good=False)
        case "max_unpaid":
            return Reason("needs_more_unpaid", facts={"n": value, "limit": limits.max_unpaid}, good=False)
        case "max_per_country":
            return Reason("needs_more_per_country", facts={"n": value, "limit": limits.max_per_country}, good=False)
        case _:
            return Reason("needs_fewer_countries", facts={"n": value, "limit": limits.min_countries}, good=False)


def _relaxed(cover: CoverModel, name: str) -> dict[GoalName, Any]:
    """What to look for without a limit. The goal's name only says whether more or less is better."""
    match name:
        case "max_partners":
            return {"number": cover.goal("number")}
        case "budget_eur":
            return {"cost": cover.goal("cost")}
        case "max_unpaid":
            return {"number": cover.n_unpaid()}
        case "max_per_country":
            return {"number": cover.most_per_country()}
        case _:
            return {"coverage": cover.n_countries()}


def _blocked_by_language(case: Case) -> Iterator[Reason]:
    excluded = np.isin(case.table.ids, list(case.limits.excluded))
    for want in np.flatnonzero(case.demand.asked > 0):
        covering = (case.table.level[:, want] > 0) & ~excluded
        if (covering & _may_speak(case)).sum() < case.demand.asked[want] and covering.any():
            facts = {
                "want": case.need.wants[want].label,
                "languages": tuple(sorted(case.limits.languages)),
                "n": int((covering & ~_may_speak(case)).sum()),
            }
            yield Reason("language_blocks", facts=facts, good=False)


def _blocked_by_exclusion(case: Case) -> Iterator[Reason]:
    excluded = np.isin(case.table.ids, list(case.limits.excluded))
    for want in np.flatnonzero(case.demand.asked > 0):
        covering = (case.table.level[:, want] > 0) & _may_speak(case)
        if (covering & ~excluded).sum() < case.demand.asked[want] and (covering & excluded).any():
            barred = np.flatnonzero(covering & excluded)
            facts = {"want": case.need.wants[want].label, "hubs": _names(case, barred), "n": len(barred)}
            yield Reason("exclusion_blocks", facts=facts, good=False)


def _may_speak(case: Case) -> np.ndarray:
    return case.table.speaks | np.isin(case.table.ids, list(case.limits.required))


def _names(case: Case, rows: Rows) -> tuple[str, ...]:
    return tuple(case.market.names[case.table.rows[row]] for row in rows[:MOST_NAMES])
