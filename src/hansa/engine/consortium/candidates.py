"""Who can be in a team at all: the market as integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import BadProblem, Ints, LeadCover, Limits, Market, Need

Rows = npt.NDArray[np.intp]
Longs = npt.NDArray[np.int64]
Levels = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

UNKNOWN_DISTANCE_KM = 2000  # counts for a hub whose distance is unknown: about half of Europe
UNKNOWN_TRUST = 0.5
LEAD = -1
NO_ID = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The market in whole numbers, one row per hub in order of hub id; ``rows`` leads back to the market.

    level: strength in tenths, 0 where it does not count as covering, shape (hubs, wants).
    breadth: must-haves the hub covers. room: how many of them it can lead at most.
    pairs: ids of hubs that have worked together, shape (pairs, 2); the lead, ``lead_id``, may be among them.
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
    breadth: Longs
    room: Longs
    pairs: Longs
    lead_id: int | None

    def couples(self) -> Longs:
        """Rows that have worked together, shape (pairs, 2); -1 is the lead."""
        lead_id = NO_ID if self.lead_id is None else self.lead_id
        pairs = self.pairs[(np.isin(self.pairs, self.ids) | (self.pairs == lead_id)).all(axis=1)]
        rows: Longs = np.searchsorted(self.ids, pairs).astype(np.int64)
        rows[pairs == lead_id] = LEAD
        return rows

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
            breadth=self.breadth[which],
            room=self.room[which],
            pairs=self.pairs,
            lead_id=self.lead_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What the partners have to bring beside the lead.

    must: bool (wants,); when a need names no must-have, every want counts as one.
    asked: hubs needed per want, at most what the whole market offers; 0 for nice-to-haves.
    short: hubs per must-have that not even the whole market offers.
    lead: level of the lead in tenths, 0 where it does not cover.
    lead_room: how many must-haves the lead can lead at most.
    """

    must: Bools
    asked: Longs
    short: Longs
    lead: Levels
    lead_country: str
    lead_room: int

    @property
    def lead_is_short(self) -> bool:
        """Whether the lead covers more must-haves than it can lead."""
        return self.lead_room < int((self.must & (self.lead > 0)).sum())

    @property
    def is_met(self) -> bool:
        """Whether the lead alone covers and leads all there is to cover."""
        return not self.asked.any() and not self.lead_is_short


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
    breadth = (level[:, musts_of(need)] > 0).sum(axis=1).astype(np.int64)
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
        breadth=breadth,
        room=_rooms(breadth, None if market.capacity is None else market.capacity[rows], limits),
        pairs=np.array(sorted(market.worked_together), dtype=np.int64).reshape(-1, 2),
        lead_id=lead.hub_id if lead is not None else None,
    )


def musts_of(need: Need) -> Bools:
    """Which wants count as must-haves: all of them when none is one."""
    must = np.array([want.must_have for want in need.wants], dtype=np.bool_)
    return must if must.any() else np.ones(len(must), dtype=np.bool_)


def _rooms(breadth: Longs, capacity: Ints | None, limits: Limits) -> Longs:
    room = breadth if capacity is None else np.minimum(breadth, capacity.astype(np.int64))
    return room if limits.max_led is None else np.minimum(room, limits.max_led)


def demand_of(*, need: Need, table: Table, limits: Limits, lead: LeadCover | None) -> Demand:
    """Work out how many partners every must-have still asks for."""
    must = musts_of(need)
    lead_level = np.zeros(len(need.wants), dtype=np.uint8)
    if lead is not None:
        lead_level = _tenths(lead.strength, need, limits)
    n_own = int((must & (lead_level > 0)).sum())
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
        lead_room=n_own if lead is None or lead.capacity is None else min(n_own, lead.capacity),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """At most ``most`` of these hubs may be in the team together."""

    hub_ids: frozenset[int]
    most: int


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


def _tenths(strength: npt.NDArray[np.float32], need: Need, limits: Limits) -> Levels:
    """Strength rounded to tenths, at least one where it counts as covering, else 0."""
    level = np.clip(np.floor(strength.astype(np.float64) * 10 + 0.5), 1, 10).astype(np.uint8)
    level[strength < np.array([limits.least_for(want) for want in need.wants], dtype=np.float32)] = 0
    return level
