"""Teams of one or two partners, found by looking at all of them. Most needs end here, without loading a solver."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.answer import Goal, GoalName
from hansa.engine.consortium.candidates import Apart, Bools, Demand, Longs, Table
from hansa.engine.consortium.model import MORE_IS_BETTER, MUST_WEIGHT, NICE_WEIGHT, UNITS
from hansa.engine.consortium.search import Solution
from hansa.engine.problem import Limits

MOST_WANTS = 64  # one bit each
CHUNK = 256

Teams = npt.NDArray[np.intp]  # shape (teams, 1 or 2)
Bits = npt.NDArray[np.uint64]


def smallest_of_two(
    *,
    table: Table,
    demand: Demand,
    limits: Limits,
    active: frozenset[str],
    goals: tuple[GoalName, ...],
    apart: tuple[Apart, ...],
) -> Solution | None:
    """Return the best team of one partner, else of two; None when neither covers everything.

    Complete, so the answer is proven. For goals that put coverage and number first, without required hubs, and up to
    64 wants. O(hubs ** 2) for two partners.
    """
    for teams in (_ones(table, demand, limits), _twos(table, demand, limits)):
        allowed = teams[_within_limits(teams, table, demand, limits, active, apart)]
        if len(allowed):
            return _best(allowed, table, demand, goals)
    return None


def fits(*, demand: Demand, limits: Limits, active: frozenset[str], goals: tuple[GoalName, ...]) -> bool:
    """Whether this way of looking covers the question at all."""
    small = len(demand.must) <= MOST_WANTS and not limits.required and "capacity" not in active
    small = small and not {"together", "load"} & set(goals)
    return small and bool(demand.asked.any()) and goals[:2] == ("coverage", "number")


def _bits(marks: Bools) -> Bits:
    places = np.left_shift(np.uint64(1), np.arange(marks.shape[-1], dtype=np.uint64))
    bits: Bits = (marks * places).sum(axis=-1, dtype=np.uint64)
    return bits


def _ones(table: Table, demand: Demand, limits: Limits) -> Teams:
    if limits.max_partners < 1 or (demand.asked > 1).any():
        return np.zeros((0, 1), dtype=np.intp)
    return np.flatnonzero(((table.level > 0) | (demand.asked == 0)).all(axis=1))[:, None]


def _twos(table: Table, demand: Demand, limits: Limits) -> Teams:
    if limits.max_partners < 2 or (demand.asked > 2).any():
        return np.zeros((0, 2), dtype=np.intp)
    return np.concatenate([np.zeros((0, 2), dtype=np.intp), *_covering_pairs(table, demand)])


def _covering_pairs(table: Table, demand: Demand) -> Iterator[Teams]:
    covers = _bits(table.level > 0)
    one, two = _bits(demand.asked >= 1), _bits(demand.asked == 2)
    n = len(covers)
    for start in range(0, n, CHUNK):
        first = covers[start : start + CHUNK, None]
        enough = ((first | covers[None, :]) & one == one) & (first & covers[None, :] & two == two)
        left, right = np.nonzero(enough)
        later = right > left + start
        yield np.stack([left[later] + start, right[later]], axis=1)


def _within_limits(
    teams: Teams, table: Table, demand: Demand, limits: Limits, active: frozenset[str], apart: tuple[Apart, ...]
) -> Bools:
    allowed = np.ones(len(teams), dtype=np.bool_)
    if "budget_eur" in active and limits.budget_eur is not None:
        allowed &= table.cost[teams].sum(axis=1) <= int(limits.budget_eur * 100 + 1e-6)
    if "max_unpaid" in active and limits.max_unpaid is not None:
        allowed &= table.unpaid[teams].sum(axis=1) <= limits.max_unpaid
    if {"max_per_country", "min_countries"} & active:
        allowed &= _countries_fit(teams, table, demand, limits)
    for one in apart:
        inside = np.isin(table.ids, list(one.hub_ids))
        allowed &= inside[teams].sum(axis=1) <= one.most
    return allowed


def _countries_fit(teams: Teams, table: Table, demand: Demand, limits: Limits) -> Bools:
    """Country rules for at most two partners and the lead, all countries as numbers."""
    own = table.country_names.index(demand.lead_country) if demand.lead_country in table.country_names else -2
    own = own if demand.lead_country else -1
    country = np.concatenate([table.country[teams], np.full((len(teams), 1), own)], axis=1)
    same = (country[:, :, None] == country[:, None, :]) & (country[:, :, None] != -1)
    fit = np.ones(len(teams), dtype=np.bool_)
    if limits.max_per_country is not None:
        fit &= same.sum(axis=2).max(axis=1) <= limits.max_per_country
    if limits.min_countries is not None:
        repeated = np.tril(same, -1).any(axis=2)
        fit &= ((country != -1) & ~repeated).sum(axis=1) >= limits.min_countries
    return fit


def _best(teams: Teams, table: Table, demand: Demand, goals: tuple[GoalName, ...]) -> Solution:
    reached: list[Goal] = []
    for name in goals[1:]:  # each goal narrows the field, so that the later ones cost little
        value = _value(name, teams, table, demand)
        best = int(value.max() if name in MORE_IS_BETTER else value.min())
        teams = teams[value == best]
        reached.append(Goal(name=name, value=best / UNITS[name], bound=best / UNITS[name], proven=True))
    first = np.lexsort(tuple(reversed(table.ids[teams].T)))[0]
    return Solution(rows=np.sort(teams[first]), goals=tuple(reached))


def _value(name: GoalName, teams: Teams, table: Table, demand: Demand) -> Longs:
    if name == "number":
        return np.full(len(teams), teams.shape[1], dtype=np.int64)
    if name == "extras":
        marks = (table.level[teams] > 0).any(axis=1) & ~demand.must & (demand.lead == 0)
        return np.asarray(marks.sum(axis=1), dtype=np.int64)
    if name == "evidence":
        best = np.maximum(table.level[teams].max(axis=1), demand.lead).astype(np.int64)
        return np.asarray(best @ np.where(demand.must, MUST_WEIGHT, NICE_WEIGHT), dtype=np.int64)
    column = {"distance": table.distance, "trust": table.distrust}.get(name, table.cost)
    return np.asarray(column[teams].sum(axis=1), dtype=np.int64)
