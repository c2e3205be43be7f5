"""What a set of partners achieves: coverage, contributions, single points, broken limits. No solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.answer import GoalName, Member, SinglePoint, TeamEffect
from hansa.engine.consortium.candidates import Demand, Longs, Rows, Table
from hansa.engine.consortium.leading import NOBODY, leaders_of, load_of
from hansa.engine.consortium.model import MUST_WEIGHT, NICE_WEIGHT
from hansa.engine.problem import Limits, Market, Need, Reason

MOST_BACKUPS = 2


def effect_of(
    *,
    rows: Rows,
    need: Need,
    market: Market,
    limits: Limits,
    table: Table,
    demand: Demand,
    balanced: bool = False,
) -> TeamEffect:
    """Work out what the hubs in ``rows`` of the table achieve together with the lead.

    :param balanced: whether the must-haves are led by as many hubs as possible
    """
    leaders = leaders_of(rows=rows, table=table, demand=demand, balanced=balanced)
    level = table.level[rows]
    n_covering = (level > 0).sum(axis=0) + (demand.lead > 0)
    wants = need.wants
    covered = n_covering > 0
    led = leaders != NOBODY
    unled = tuple(wants[want].id for want in np.flatnonzero(demand.must & covered & ~led))
    countries = {market.countries[table.rows[row]] for row in rows} | {demand.lead_country}
    return TeamEffect(
        members=tuple(_members(rows, need, market, table, demand)),
        covered_by={want.id: _covering(position, rows, table, market, demand) for position, want in enumerate(wants)},
        n_must=int(demand.must.sum()),
        n_covered=int((demand.must & led).sum()),
        gaps=tuple(wants[want].id for want in np.flatnonzero(demand.must & ~covered)),
        extras_missing=tuple(wants[want].id for want in np.flatnonzero(~demand.must & ~covered)),
        single_points_of_failure=tuple(_single_points(rows, need, market, limits, table, demand)),
        countries=tuple(sorted(country for country in countries if country)),
        cost_eur=float(table.cost[rows].sum()) / 100,
        leads=tuple((wants[want].id, _leader(int(leaders[want]), rows, table)) for want in np.flatnonzero(led)),
        unled=unled,
        values=values_of(rows=rows, table=table, demand=demand, leaders=leaders),
        breaks=(*_breaks(rows, market, limits, table, demand), *_without_leader(need, unled)),
    )


def _leader(leader: int, rows: Rows, table: Table) -> int | None:
    return int(table.ids[rows[leader - 1]]) if leader > 0 else None


def _without_leader(need: Need, unled: tuple[str, ...]) -> Iterator[Reason]:
    if unled:
        labels = tuple(want.label for want in need.wants if want.id in unled)
        yield Reason("nobody_can_lead", facts={"wants": labels}, good=False)


def values_of(*, rows: Rows, table: Table, demand: Demand, leaders: Longs) -> Mapping[GoalName, float]:
    """Value of every goal for the hubs in ``rows``; units as in ``Goal``."""
    level = table.level[rows]
    best = np.maximum(level.max(axis=0, initial=0), demand.lead).astype(np.int64)
    weight = np.where(demand.must, MUST_WEIGHT, NICE_WEIGHT)
    extras = ~demand.must & (demand.lead == 0) & (level > 0).any(axis=0)
    return {
        "coverage": float((leaders != NOBODY).sum()),
        "number": float(len(rows)),
        "extras": float(extras.sum()),
        "cost": float(table.cost[rows].sum()) / 100,
        "evidence": float((weight * best).sum()) / 10,
        "distance": float(table.distance[rows].sum()),
        "trust": float(table.distrust[rows].sum()) / 1000,
        "together": float(len(table.take(rows).couples())),
        "load": float(load_of(leaders)),
    }


def _members(rows: Rows, need: Need, market: Market, table: Table, demand: Demand) -> Iterator[Member]:
    level = table.level[rows].astype(np.int64)
    weight = np.where(demand.must, MUST_WEIGHT, NICE_WEIGHT)
    stacked = np.concatenate([level, demand.lead[None, :].astype(np.int64)])
    total = float((weight * stacked.max(axis=0)).sum())
    for position, row in enumerate(rows):
        others = np.delete(stacked, position, axis=0)
        lost = weight * (stacked.max(axis=0) - others.max(axis=0))
        strength = market.strength[table.rows[row]]
        covering = np.flatnonzero(level[position] > 0)
        covering = covering[np.argsort(-strength[covering], kind="stable")]
        alone = np.flatnonzero((level[position] > 0) & ~(others > 0).any(axis=0))
        yield Member(
            hub_id=int(table.ids[row]),
            covers=tuple((need.wants[want].id, round(float(strength[want]), 4)) for want in covering),
            only_member_for=tuple(need.wants[want].id for want in alone),
            contribution=float(lost.sum()) / total if total else 0.0,
        )


def _covering(want: int, rows: Rows, table: Table, market: Market, demand: Demand) -> tuple[int | None, ...]:
    covering = rows[table.level[rows, want] > 0]
    strength = market.strength[table.rows[covering], want]
    ordered: list[int | None] = [int(table.ids[row]) for row in covering[np.argsort(-strength, kind="stable")]]
    return (None, *ordered) if demand.lead[want] else tuple(ordered)


def _single_points(
    rows: Rows, need: Need, market: Market, limits: Limits, table: Table, demand: Demand
) -> Iterator[SinglePoint]:
    inside = np.zeros(len(table.ids), dtype=np.bool_)
    inside[rows] = True
    for want in np.flatnonzero(demand.must):
        holders = rows[table.level[rows, want] > 0]
        if len(holders) + (demand.lead[want] > 0) != 1:
            continue
        allowed = ~inside & table.speaks & (table.level[:, want] > 0)
        if limits.excluded:
            allowed &= ~np.isin(table.ids, list(limits.excluded))
        spare = np.flatnonzero(allowed)
        strength = market.strength[table.rows[spare], want]
        spare = spare[np.lexsort((table.ids[spare], table.cost[spare], -strength))][:MOST_BACKUPS]
        yield SinglePoint(
            want_id=need.wants[want].id,
            hub_id=int(table.ids[holders[0]]) if len(holders) else None,
            backups=tuple(int(table.ids[row]) for row in spare),
        )


def _breaks(rows: Rows, market: Market, limits: Limits, table: Table, demand: Demand) -> Iterator[Reason]:
    if len(rows) > limits.max_partners:
        yield Reason("over_partners", facts={"n": len(rows), "limit": limits.max_partners}, good=False)
    cost = int(table.cost[rows].sum())
    if limits.budget_eur is not None and cost > int(limits.budget_eur * 100 + 1e-6):
        yield Reason("over_budget", facts={"eur": cost / 100, "limit": limits.budget_eur}, good=False)
    n_unpaid = int(table.unpaid[rows].sum())
    if limits.max_unpaid is not None and n_unpaid > limits.max_unpaid:
        yield Reason("over_unpaid", facts={"n": n_unpaid, "limit": limits.max_unpaid}, good=False)
    yield from _country_breaks(rows, limits, table, demand)
    names: dict[int, str] = {int(table.ids[row]): market.names[table.rows[row]] for row in rows}
    for row in rows:
        hub_id = int(table.ids[row])
        if hub_id in limits.excluded:
            yield Reason("hub_excluded", facts={"hub": names[hub_id]}, good=False)
        if not table.speaks[row] and hub_id not in limits.required:
            facts = {"hub": names[hub_id], "languages": tuple(sorted(limits.languages))}
            yield Reason("hub_speaks_none", facts=facts, good=False)
    everyone: npt.NDArray[np.int64] = table.ids
    for row in np.flatnonzero(np.isin(everyone, list(limits.required)) & ~np.isin(everyone, table.ids[rows])):
        yield Reason("hub_missing", facts={"hub": market.names[table.rows[row]]}, good=False)


def _country_breaks(rows: Rows, limits: Limits, table: Table, demand: Demand) -> Iterator[Reason]:
    per_country: dict[str, int] = {demand.lead_country: 1} if demand.lead_country else {}
    for country in table.country[rows]:
        if country >= 0:
            name = table.country_names[country]
            per_country[name] = per_country.get(name, 0) + 1
    if limits.max_per_country is not None:
        for name, n in sorted(per_country.items()):
            if n > limits.max_per_country:
                facts = {"n": n, "country": name, "limit": limits.max_per_country}
                yield Reason("over_country", facts=facts, good=False)
    if limits.min_countries is not None and len(per_country) < limits.min_countries:
        facts = {"n": len(per_country), "limit": limits.min_countries}
        yield Reason("under_countries", facts=facts, good=False)
