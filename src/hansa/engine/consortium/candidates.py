"""Who can be in a team at all: the market as integers, and the hubs no best team needs left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.answer import GoalName
from hansa.engine.problem import BadProblem, LeadCover, Limits, Market, Need

Rows = npt.NDArray[np.intp]
Longs = npt.NDArray[np.int64]
Levels = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

UNKNOWN_DISTANCE_KM = 2000  # counts for a hub whose distance is unknown: about half of Europe
UNKNOWN_TRUST = 0.5
CHUNK = 64
ROUNDS = 12
PAIRWISE_UP_TO = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The market in whole numbers, one row per hub in order of hub id; ``rows`` leads back to the market.

    level: strength in tenths, 0 where it does not count as covering, shape (hubs, wants).
    """

    rows: Rows
    ids: Longs
    level: Levels
    cost: Longs  # cents
    distance: Longs  # km
    distrust: Longs  # thousandths missing to full trust
    country: Longs  # index into ``country_names``; -1 where unknown
    country_names: tuple[str, ...]
    speaks: Bools
    unpaid: Bools  # may not be paid directly

    def country_name(self, country: int) -> str:
        return self.country_names[country] if country >= 0 else ""

    def take(self, which: Rows) -> Table:
        """Keep the named rows of the table, in order."""
        return Table(
            rows=self.rows[which],
            ids=self.ids[which],
            level=self.level[which],
            cost=self.cost[which],
            distance=self.distance[which],
            distrust=self.distrust[which],
            country=self.country[which],
            country_names=self.country_names,
            speaks=self.speaks[which],
            unpaid=self.unpaid[which],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What the partners have to bring beside the lead.

    must: bool (wants,); when a need names no must-have, every want counts as one.
    asked: hubs needed per want, at most what the whole market offers; 0 for nice-to-haves.
    short: hubs per must-have that not even the whole market offers.
    lead: level of the lead in tenths, 0 where it does not cover.
    """

    must: Bools
    asked: Longs
    short: Longs
    lead: Levels
    lead_country: str


def tabulate(*, need: Need, market: Market, limits: Limits, lead: LeadCover | None) -> Table:
    """Turn the market into whole numbers, without the lead hub."""
    ids = np.asarray(market.ids, dtype=np.int64)
    rows = np.argsort(ids, kind="stable")
    if lead is not None and lead.hub_id is not None:
        rows = rows[ids[rows] != lead.hub_id]
    strength = market.strength[rows]
    level = _tenths(strength, need, limits)
    names = tuple(sorted({country for country in market.countries if country}))
    index = {name: position for position, name in enumerate(names)}
    distance = np.where(np.isnan(market.distance_km), UNKNOWN_DISTANCE_KM, market.distance_km)[rows]
    trust = np.where(np.isnan(market.trust), UNKNOWN_TRUST, market.trust)[rows]
    if limits.languages:
        spoken = {languages: bool(languages & limits.languages) for languages in set(market.languages)}
        speaks = np.array([spoken[languages] for languages in market.languages], dtype=np.bool_)[rows]
    else:
        speaks = np.ones(len(rows), dtype=np.bool_)
    return Table(
        rows=rows,
        ids=ids[rows],
        level=level,
        cost=np.rint(market.cost_eur[rows].astype(np.float64) * 100).astype(np.int64),
        distance=np.rint(distance).astype(np.int64),
        distrust=np.rint((1 - np.clip(trust, 0, 1).astype(np.float64)) * 1000).astype(np.int64),
        country=np.array([index.get(country, -1) for country in market.countries], dtype=np.int64)[rows],
        country_names=names,
        speaks=speaks,
        unpaid=np.zeros(len(rows), np.bool_) if market.may_be_paid is None else ~market.may_be_paid[rows],
    )


def demand_of(*, need: Need, table: Table, limits: Limits, lead: LeadCover | None) -> Demand:
    """Work out how many partners every must-have still asks for."""
    wants = len(need.wants)
    must = np.array([want.must_have for want in need.wants], dtype=np.bool_)
    if not must.any():
        must = np.ones(wants, dtype=np.bool_)
    lead_level = np.zeros(wants, dtype=np.uint8)
    if lead is not None:
        lead_level = _tenths(lead.strength, need, limits)
    backups = np.array([limits.backups_for(want) for want in need.wants], dtype=np.int64)
    wished = np.where(must, backups - (lead_level > 0), 0).astype(np.int64)
    offered = (table.level > 0).sum(axis=0).astype(np.int64)
    asked = np.minimum(wished, offered)
    return Demand(
        must=must,
        asked=asked,
        short=wished - asked,
        lead=lead_level,
        lead_country=lead.country if lead is not None else "",
    )


def eligible(*, table: Table, limits: Limits, active: frozenset[str]) -> Rows:
    """Rows that may be in the team under the ``active`` limits; required hubs always may."""
    allowed = (table.level > 0).any(axis=1)
    if "languages" in active:
        allowed &= table.speaks
    if "excluded" in active and limits.excluded:
        allowed &= ~np.isin(table.ids, list(limits.excluded))
    if "required" in active and limits.required:
        allowed |= np.isin(table.ids, list(limits.required))
    return np.flatnonzero(allowed)


def require_known(*, limits: Limits, table: Table, lead: LeadCover | None) -> None:
    """Refuse a required hub that the market does not hold; the lead is always in."""
    known = set(table.ids.tolist()) | ({lead.hub_id} if lead is not None else set())
    for hub_id in sorted(limits.required):
        if hub_id not in known:
            raise BadProblem(f"Limits.required names hub {hub_id}, which is not in the market")


def undominated(
    *, table: Table, goals: tuple[GoalName, ...], keep: frozenset[int], active: frozenset[str], depth: int
) -> Rows:
    """Rows that some best team may need: those with fewer than ``depth`` hubs that are at least as good.

    Hub a is at least as good as b when it covers all that b covers and is not worse in the goals, taken in their
    order, ties going to the lower id, and no ``active`` limit lets b in where it keeps a out: under country rules only
    hubs of one country compare, with a budget no dearer hub stands in. Exact: in any team, b can be swapped for such a hub, or left out if ``depth``
    of them are already in. Hubs in ``keep`` always stay. Above a size the search for dominated hubs stops early,
    which costs time later, never exactness.
    """
    order = _Order(table, goals, active)
    alive = np.arange(len(table.ids))
    settled = 0
    for _ in range(ROUNDS):
        if len(alive) <= CHUNK or settled >= len(alive):
            break
        strong = order.strongest(alive)[settled : settled + CHUNK]
        alive = alive[order.n_better(alive, strong) < depth]
        settled += CHUNK
    if len(alive) <= PAIRWISE_UP_TO:
        alive = alive[order.n_better(alive, alive) < depth]
    kept = np.union1d(alive, np.flatnonzero(np.isin(table.ids, list(keep))))
    return kept.astype(np.intp)


class _Order:
    """The partial order behind ``undominated``, as bit words and ranks."""

    def __init__(self, table: Table, goals: tuple[GoalName, ...], active: frozenset[str]) -> None:
        columns = {"cost": table.cost, "distance": table.distance, "trust": table.distrust}
        cut = goals.index("evidence") if "evidence" in goals else len(goals)
        self.before = _ranks([columns[goal] for goal in goals[:cut] if goal in columns], len(table.ids))
        after = [columns[goal] for goal in goals[cut:] if goal in columns]
        self.after = _ranks([*after, np.arange(len(table.ids))], len(table.ids))
        self.covers = _words(table.level > 0)
        steps = np.unique(table.level[table.level > 0])
        graded = [table.level >= step for step in steps] if "evidence" in goals else []
        self.graded = _words(np.concatenate(graded, axis=1)) if graded else self.covers
        self.breadth = (table.level > 0).sum(axis=1)
        self.country = table.country if {"max_per_country", "min_countries"} & active else None
        self.cost = table.cost if "budget_eur" in active else None
        self.unpaid = table.unpaid if "max_unpaid" in active else None

    def strongest(self, rows: Rows) -> Rows:
        return rows[np.lexsort((self.after[rows], self.before[rows], -self.breadth[rows]))]

    def n_better(self, rows: Rows, others: Rows) -> Longs:
        """How many of ``others`` are at least as good as each of ``rows``: shape (rows,)."""
        counts = np.zeros(len(rows), dtype=np.int64)
        for start in range(0, len(rows), 1024):
            part = rows[start : start + 1024, None]
            better = _contains(self.covers, others[None, :], part)
            better &= self.before[others][None, :] <= self.before[part]
            tie = self.before[others][None, :] == self.before[part]
            finer = _contains(self.graded, others[None, :], part) & (self.after[others][None, :] < self.after[part])
            better &= ~tie | finer
            if self.country is not None:
                better &= self.country[others][None, :] == self.country[part]
            if self.cost is not None:
                better &= self.cost[others][None, :] <= self.cost[part]
            if self.unpaid is not None:
                better &= self.unpaid[others][None, :] <= self.unpaid[part]
            counts[start : start + 1024] = better.sum(axis=1)
        return counts


def _tenths(strength: npt.NDArray[np.float32], need: Need, limits: Limits) -> Levels:
    """Strength rounded to tenths, at least one where it counts as covering, else 0."""
    level = np.clip(np.floor(strength.astype(np.float64) * 10 + 0.5), 1, 10).astype(np.uint8)
    level[strength < np.array([limits.least_for(want) for want in need.wants], dtype=np.float32)] = 0
    return level


def _words(bits: Bools) -> npt.NDArray[np.uint64]:
    packed = np.packbits(bits, axis=1)
    spare = -packed.shape[1] % 8
    packed = np.concatenate([packed, np.zeros((len(packed), spare), dtype=np.uint8)], axis=1)
    return np.ascontiguousarray(packed).view(np.uint64)


def _contains(words: npt.NDArray[np.uint64], a: Rows, b: Rows) -> Bools:
    """Whether the bits of each ``a`` include those of each ``b``."""
    inside = np.ones(np.broadcast_shapes(a.shape, b.shape), dtype=np.bool_)
    for word in range(words.shape[1]):
        column = words[:, word]
        inside &= (column[b] & ~column[a]) == 0
    return inside


def _ranks(columns: list[Longs], n: int) -> Longs:
    """Dense rank of the rows by the columns, the first one deciding first."""
    if not columns or not n:
        return np.zeros(n, dtype=np.int64)
    order = np.lexsort(tuple(reversed(columns)))
    stacked = np.stack(columns, axis=1)[order]
    steps = np.concatenate([[0], np.any(stacked[1:] != stacked[:-1], axis=1).astype(np.int64)])
    ranks = np.empty(n, dtype=np.int64)
    ranks[order] = np.cumsum(steps)
    return ranks
