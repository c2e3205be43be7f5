"""Brute force for tests only: obvious, slow, and right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hansa.engine.problem import LeadCover, Limits, Market, Need

Key = tuple[float, ...]


def best_team_by_trying(
    *,
    need: Need,
    market: Market,
    limits: Limits,
    lead: LeadCover | None,
    goals: tuple[str, ...],
    not_all_of: frozenset[int] = frozenset(),
) -> tuple[Key, frozenset[int]] | None:
    """Try every set of hubs; None when none within the limits covers all that the market can cover.

    ``not_all_of``: hubs that must not all be in the team together, for the next best one.

    The key holds the goals in order, smaller is better (what is more is better stands negative): coverage as a
    count, cost in cents, evidence and trust in tenths and thousandths. O(2 ** hubs).
    """
    best: tuple[Key, frozenset[int]] | None = None
    for team in _allowed_teams(market, limits, lead, need):
        if not_all_of and not_all_of <= {market.ids[hub] for hub in team}:
            continue
        if not _covers_enough(team, need, market, limits, lead):
            continue
        key = tuple(_value(goal, team, need, market, limits, lead) for goal in goals)
        if best is None or key < best[0]:
            best = key, frozenset(market.ids[hub] for hub in team)
    return best


def _allowed_teams(market: Market, limits: Limits, lead: LeadCover | None, need: Need) -> Iterator[tuple[int, ...]]:
    own = lead.hub_id if lead is not None else None
    required = limits.required - {own}
    hubs = [hub for hub in range(len(market.ids)) if market.ids[hub] != own]
    for size in range(min(limits.max_partners, len(hubs)) + 1):
        for team in combinations(hubs, size):
            ids = {market.ids[hub] for hub in team}
            if required - ids or ids & limits.excluded:
                continue
            if limits.budget_eur is not None and sum(_cents(market, h) for h in team) > limits.budget_eur * 100:
                continue
            if limits.max_unpaid is not None and sum(_is_unpaid(market, hub) for hub in team) > limits.max_unpaid:
                continue
            if all(_may_join(hub, market, limits, need) for hub in team) and _countries_fit(team, market, limits, lead):
                yield team


def _is_unpaid(market: Market, hub: int) -> bool:
    return market.may_be_paid is not None and not market.may_be_paid[hub]


def _may_join(hub: int, market: Market, limits: Limits, need: Need) -> bool:
    if market.ids[hub] in limits.required:
        return True
    if limits.languages and not limits.languages & market.languages[hub]:
        return False
    return any(_covers(market, hub, want, need, limits) for want in range(len(need.wants)))


def _countries_fit(team: tuple[int, ...], market: Market, limits: Limits, lead: LeadCover | None) -> bool:
    countries = [market.countries[hub] for hub in team] + ([lead.country] if lead is not None else [])
    countries = [country for country in countries if country]
    if limits.max_per_country is not None and any(countries.count(c) > limits.max_per_country for c in countries):
        return False
    return limits.min_countries is None or len(set(countries)) >= limits.min_countries


def _least(need: Need, want: int, limits: Limits) -> float:
    least = need.wants[want].min_strength
    return round(limits.min_strength if least is None else least, 4)


def _covers(market: Market, hub: int, want: int, need: Need, limits: Limits) -> bool:
    return round(float(market.strength[hub, want]), 4) >= _least(need, want, limits)


def _lead_covers(lead: LeadCover | None, want: int, need: Need, limits: Limits) -> bool:
    return lead is not None and round(float(lead.strength[want]), 4) >= _least(need, want, limits)


def _musts(need: Need) -> list[int]:
    musts = [number for number, want in enumerate(need.wants) if want.must_have]
    return musts or list(range(len(need.wants)))


def _covers_enough(team: tuple[int, ...], need: Need, market: Market, limits: Limits, lead: LeadCover | None) -> bool:
    own = lead.hub_id if lead is not None else None
    for want in _musts(need):
        offered = sum(
            _covers(market, hub, want, need, limits) for hub in range(len(market.ids)) if market.ids[hub] != own
        )
        asked = min((need.wants[want].backups or limits.backups) - _lead_covers(lead, want, need, limits), offered)
        if sum(_covers(market, hub, want, need, limits) for hub in team) < asked:
            return False
    return True


def _cents(market: Market, hub: int) -> int:
    return round(float(market.cost_eur[hub]) * 100)


def _value(
    goal: str, team: tuple[int, ...], need: Need, market: Market, limits: Limits, lead: LeadCover | None
) -> float:
    musts = _musts(need)
    wants = range(len(need.wants))
    held = {want for want in wants if any(_covers(market, hub, want, need, limits) for hub in team)}
    match goal:
        case "coverage":
            return -sum(want in held or _lead_covers(lead, want, need, limits) for want in musts)
        case "number":
            return len(team)
        case "extras":
            return -sum(
                want in held and want not in musts and not _lead_covers(lead, want, need, limits) for want in wants
            )
        case "cost":
            return sum(_cents(market, hub) for hub in team)
        case "distance":
            kms = [float(market.distance_km[hub]) for hub in team]
            return sum(2000 if km != km else round(km) for km in kms)
        case "trust":
            trusts = [float(market.trust[hub]) for hub in team]
            return sum(round((1 - (0.5 if trust != trust else trust)) * 1000) for trust in trusts)
        case "evidence":
            return -sum((2 if want in musts else 1) * _tenths(team, want, need, market, limits, lead) for want in wants)
    raise ValueError(f"unknown goal {goal!r}")


def _tenths(
    team: tuple[int, ...], want: int, need: Need, market: Market, limits: Limits, lead: LeadCover | None
) -> int:
    strengths = [float(market.strength[hub, want]) for hub in team if _covers(market, hub, want, need, limits)]
    if lead is not None and _lead_covers(lead, want, need, limits):
        strengths.append(float(lead.strength[want]))
    return max((max(1, int(strength * 10 + 0.5)) for strength in strengths), default=0)
