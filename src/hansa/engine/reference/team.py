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
    apart: tuple[tuple[frozenset[int], int], ...] = (),
) -> tuple[Key, frozenset[int]] | None:
    """Try every set of hubs; None when none within the limits covers all that the market can cover.

    ``apart``: sets of hubs and how many of each may be in the team, for the next best one and alternatives.

    The key holds the goals in order, smaller is better (what is more is better stands negative): coverage as a
    count, cost in cents, evidence and trust in tenths and thousandths. O(2 ** hubs).
    """
    best: tuple[Key, frozenset[int]] | None = None
    for team in _allowed_teams(market, limits, lead, need):
        if any(len(hubs & {market.ids[hub] for hub in team}) > most for hubs, most in apart):
            continue
        if not _covers_enough(team, need, market, limits, lead):
            continue
        if least_load(team, need, market, limits, lead) is None:
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


def least_load(team: tuple[int, ...], need: Need, market: Market, limits: Limits, lead: LeadCover | None) -> int | None:
    """The most that one partner leads, at least; None when not all must-haves that are covered can be led."""
    led = [
        want
        for want in _musts(need)
        if _lead_covers(lead, want, need, limits) or any(_covers(market, hub, want, need, limits) for hub in team)
    ]
    loads = _loads(led, team, dict.fromkeys((None, *team), 0), need, market, limits, lead)
    return min(loads, default=None)


def _loads(
    led: list[int],
    team: tuple[int, ...],
    taken: dict[int | None, int],
    need: Need,
    market: Market,
    limits: Limits,
    lead: LeadCover | None,
) -> Iterator[int]:
    """The largest load of every way to share out the must-haves in ``led``; the lead does not count."""
    if not led:
        yield max((n for hub, n in taken.items() if hub is not None), default=0)
        return
    for hub in taken:
        if hub is None:
            may = _lead_covers(lead, led[0], need, limits)
            room = None if lead is None else lead.capacity
        else:
            may = _covers(market, hub, led[0], need, limits)
            given = (limits.max_led, None if market.capacity is None else int(market.capacity[hub]))
            room = min((one for one in given if one is not None), default=None)
        if may and (room is None or taken[hub] < room):
            yield from _loads(led[1:], team, {**taken, hub: taken[hub] + 1}, need, market, limits, lead)


def _pairs_in(team: tuple[int, ...], market: Market, lead: LeadCover | None) -> int:
    ids = {market.ids[hub] for hub in team} | ({lead.hub_id} if lead is not None else set())
    return sum(one in ids and other in ids for one, other in market.worked_together)


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
        case "together":
            return -_pairs_in(team, market, lead)
        case "load":
            return least_load(team, need, market, limits, lead) or 0
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
