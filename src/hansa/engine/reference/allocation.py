"""Brute force for allocations: every choice, every assignment, the draw by its definition."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from fractions import Fraction
from itertools import combinations, product

from hansa.engine.allocation.problem import Application, Assessed, Assessor, AssessorRules, Candidate, Draw, GrantRules


def most_points_by_trying(
    applications: tuple[Application, ...], rules: GrantRules, granted: str | None = None
) -> tuple[int, int] | None:
    """Try every choice: (points in thousandths, minus the cost in cents) of the best; None when none is allowed.

    ``granted``: an application that must have a grant. O(2 ** applications).
    """
    best = None
    for size in range(len(applications) + 1):
        for some in combinations(applications, size):
            if granted is not None and granted not in {one.id for one in some}:
                continue
            if _is_allowed(some, rules):
                key = (sum(round(one.value * 1000) for one in some), -sum(round(one.amount_eur * 100) for one in some))
                best = key if best is None else max(best, key)
    return best


def _is_allowed(some: tuple[Application, ...], rules: GrantRules) -> bool:
    spent = sum(round(one.amount_eur * 100) for one in some)
    if spent > round(rules.budget_eur * 100):
        return False
    hubs, countries = Counter(one.hub for one in some), Counter(one.country for one in some if one.country)
    if rules.max_per_hub is not None and any(n > rules.max_per_hub for n in hubs.values()):
        return False
    if rules.max_per_country is not None and any(n > rules.max_per_country for n in countries.values()):
        return False
    for group, share in rules.min_shares.items():
        got = sum(round(one.amount_eur * 100) for one in some if group in one.groups)
        if got < Fraction(round(share * 10_000), 10_000) * spent:
            return False
    return True


def best_assignment_by_trying(
    hubs: tuple[Assessed, ...], assessors: tuple[Assessor, ...], rules: AssessorRules
) -> tuple[int, ...]:
    """Try every assignment: (places, minus largest load, smallest load, expertise known) of the best."""
    may = [[one for one in assessors if _may_assess(hub, one, rules)] for hub in hubs]
    active = {one.id for people in may for one in people if one.max_load or "load" in rules.lifted}
    choices = [
        [some for size in range(hub.n_assessors + 1) for some in combinations(people, size) if _knows(hub, some, rules)]
        for hub, people in zip(hubs, may, strict=True)
    ]
    return max(_key(hubs, teams, active) for teams in product(*choices) if _within_load(teams, assessors, rules))


def _may_assess(hub: Assessed, one: Assessor, rules: AssessorRules) -> bool:
    bars = {
        "country": hub.country != "" and hub.country == one.country,
        "network": not hub.networks.isdisjoint(one.networks),
        "cooperation": hub.id in one.cooperated,
        "stated": hub.id in one.conflicts,
        "languages": len(hub.languages) > 0 and hub.languages.isdisjoint(one.languages),
    }
    return not any(is_barred for name, is_barred in bars.items() if name not in rules.lifted)


def _knows(hub: Assessed, some: tuple[Assessor, ...], rules: AssessorRules) -> bool:
    if len(some) < hub.n_assessors or "expertise" in rules.lifted:
        return True
    return all(any(tag in one.expertise for one in some) for tag in hub.expertise)


def _within_load(
    teams: tuple[tuple[Assessor, ...], ...], assessors: tuple[Assessor, ...], rules: AssessorRules
) -> bool:
    loads = Counter(one.id for team in teams for one in team)
    return "load" in rules.lifted or all(loads[one.id] <= one.max_load for one in assessors)


def _key(hubs: tuple[Assessed, ...], teams: tuple[tuple[Assessor, ...], ...], active: set[str]) -> tuple[int, ...]:
    loads = Counter(one.id for team in teams for one in team)
    match = sum(len(hub.expertise & one.expertise) for hub, team in zip(hubs, teams, strict=True) for one in team)
    return (loads.total(), -max(loads.values(), default=0), min((loads[one] for one in active), default=0), match)


def drawn_by_definition(candidates: tuple[Candidate, ...], draw: Draw) -> frozenset[str]:
    """Draw place by place with fractions, then by hash."""
    sizes = Counter(one.stratum for one in candidates)
    places = {name: min(draw.min_per_stratum, n) for name, n in sizes.items()}
    while sum(places.values()) < draw.size:
        open_ones = [name for name in sizes if places[name] < sizes[name]]
        places[min(open_ones, key=lambda name: (-Fraction(sizes[name], 2 * places[name] + 1), name))] += 1
    drawn: set[str] = set()
    for name, n in places.items():
        ids = [one.id for one in candidates if one.stratum == name]
        text = {one: unicodedata.normalize("NFC", f"{draw.seed}\n{name}\n{one}") for one in ids}
        drawn |= set(sorted(ids, key=lambda one: (hashlib.sha256(text[one].encode("utf-8")).hexdigest(), one))[:n])
    return frozenset(drawn)
