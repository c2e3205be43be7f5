"""An independent check of answers. Shares no code with the searches, runs in production on every answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from hansa.engine.consortium.answer import TeamAnswer
from hansa.engine.problem import LeadCover, Limits, Market, Need

PATTERNS_UP_TO = 20_000  # different patterns of cover x wants: above it the second search is left out
SECONDS = 1.0
UNKNOWN_KM = 2000.0
UNKNOWN_TRUST = 0.5
MORE = ("coverage", "extras", "evidence")


def check_team(
    *, need: Need, market: Market, limits: Limits, lead: LeadCover | None, answer: TeamAnswer
) -> tuple[str, ...]:
    """List what is wrong with an answer; empty means that nothing was found. Never raises.

    Recomputes from the inputs: members and limits, who covers what, gaps, single points, contributions, every
    goal's value, and that values and bounds agree. The number of partners is held against a second solver (HiGHS,
    loaded only from three partners on) when the question is small enough.
    """
    try:
        return tuple(_problems(_Facts(need, market, limits, lead), answer))
    except Exception as error:  # the check itself must never stop a page
        return (f"the check failed: {type(error).__name__}: {error}",)


class _Facts:
    """The inputs as plain dictionaries."""

    def __init__(self, need: Need, market: Market, limits: Limits, lead: LeadCover | None) -> None:
        self.market, self.limits = market, limits
        self.wants = [want.id for want in need.wants]
        musts = [want.id for want in need.wants if want.must_have] or self.wants
        self.musts = dict.fromkeys(musts)  # in order, and found at once
        self.own = lead.hub_id if lead is not None else None
        self.lead_country = lead.country if lead is not None else ""
        self.least = np.array(
            [limits.min_strength if want.min_strength is None else want.min_strength for want in need.wants], np.float32
        )
        self.backups = {want.id: want.backups or limits.backups for want in need.wants}
        self.row = {hub: row for row, hub in enumerate(market.ids) if hub != self.own}
        self.lead = {
            want: float(lead.strength[column])
            if lead is not None and lead.strength[column] >= self.least[column]
            else 0.0
            for column, want in enumerate(self.wants)
        }
        counts = (market.strength >= self.least).sum(axis=0)
        if self.own in market.ids:
            counts = counts - (market.strength[market.ids.index(self.own)] >= self.least)
        self.offered = dict(zip(self.wants, counts.tolist(), strict=True))
        self.required = limits.required - {self.own}
        self.looked_up: dict[int, dict[str, float]] = {}

    def covers(self, hub: int) -> dict[str, float]:
        """Wants the hub covers, with its strength; worked out once."""
        if hub not in self.looked_up:
            strength = zip(self.wants, self.market.strength[self.row[hub]].tolist(), self.least.tolist(), strict=True)
            self.looked_up[hub] = {want: s for want, s, least in strength if s >= least}
        return self.looked_up[hub]

    def asked(self, want: str) -> int:
        """Partners the want needs beside the lead, as far as the market offers them."""
        return min(self.backups[want] - (self.lead[want] > 0), self.offered[want]) if want in self.musts else 0


def _problems(facts: _Facts, answer: TeamAnswer) -> Iterator[str]:
    team = list(answer.hub_ids)
    if len(set(team)) != len(team):
        yield "a hub is in the team twice"
    unknown = [hub for hub in team if hub not in facts.row]
    if unknown:
        yield f"hub {unknown[0]} is not in the market"
        return
    if team or answer.status in ("optimal", "feasible"):
        yield from _limits(facts, team)
    yield from _coverage(facts, answer, team)
    yield from _members(facts, answer)
    yield from _single_points(facts, answer, team)
    yield from _values(facts, answer, team)
    if answer.next_best is not None:
        yield from _next_best(facts, answer, team)
    if answer.status in ("optimal", "feasible"):
        yield from _fewest(facts, answer)


def _limits(facts: _Facts, team: list[int]) -> Iterator[str]:
    limits, market = facts.limits, facts.market
    if len(team) > limits.max_partners:
        yield f"{len(team)} partners, the limit is {limits.max_partners}"
    cost = sum(float(market.cost_eur[facts.row[hub]]) for hub in team)
    if limits.budget_eur is not None and cost > limits.budget_eur + 0.01 * (len(team) + 1):
        yield f"cost {cost:.2f} is over the budget {limits.budget_eur:.2f}"
    if limits.max_unpaid is not None and market.may_be_paid is not None:
        unpaid = [hub for hub in team if not market.may_be_paid[facts.row[hub]]]
        if len(unpaid) > limits.max_unpaid:
            yield f"{len(unpaid)} partners may not be paid directly, the limit is {limits.max_unpaid}"
    for hub in facts.required - set(team):
        yield f"required hub {hub} is missing"
    for hub in limits.excluded & set(team):
        yield f"excluded hub {hub} is in the team"
    for hub in team:
        if limits.languages and hub not in facts.required and not limits.languages & market.languages[facts.row[hub]]:
            yield f"hub {hub} speaks none of the languages asked for"
        if hub not in facts.required and not facts.covers(hub):
            yield f"hub {hub} covers nothing"
    yield from _countries(facts, team)


def _countries(facts: _Facts, team: list[int]) -> Iterator[str]:
    countries = Counter(facts.market.countries[facts.row[hub]] for hub in team)
    countries[facts.lead_country] += 1
    countries.pop("", None)
    most, fewest = facts.limits.max_per_country, facts.limits.min_countries
    if most is not None and max(countries.values(), default=0) > most:
        yield f"more than {most} hubs from one country"
    if fewest is not None and len(countries) < fewest:
        yield f"{len(countries)} countries, {fewest} are asked for"


def _coverage(facts: _Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
    held = Counter(want for hub in team for want in facts.covers(hub))
    open_musts = [want for want in facts.musts if not held[want] and not facts.lead[want]]
    nobody = [want for want in facts.musts if not facts.offered[want] and not facts.lead[want]]
    if sorted((*answer.gaps, *answer.missed)) != sorted(open_musts):
        yield f"gaps are {open_musts}, the answer says {[*answer.gaps, *answer.missed]}"
    if sorted(answer.gaps) != sorted(nobody):
        yield f"nobody covers {nobody}, the answer says {list(answer.gaps)}"
    if answer.status in ("optimal", "feasible"):
        for want in facts.musts:
            if held[want] < facts.asked(want):
                yield f"{want} is covered {held[want]} times, {facts.asked(want)} are asked for"
    extras = [want for want in facts.wants if want not in facts.musts and not held[want] and not facts.lead[want]]
    if sorted(extras) != sorted(answer.extras_missing):
        yield f"nice-to-haves missing are {extras}, the answer says {list(answer.extras_missing)}"
    if answer.status == "nothing_to_cover" and any(facts.asked(want) for want in facts.musts):
        yield "there is something to cover"


def _members(facts: _Facts, answer: TeamAnswer) -> Iterator[str]:
    everyone = [facts.covers(member.hub_id) for member in answer.members]
    total = _evidence(facts, everyone)
    tenths = _tenths_held(facts, everyone)
    holders = Counter(want for own in everyone for want in own)
    for member, own in zip(answer.members, everyone, strict=True):
        if {want for want, _ in member.covers} != set(own):
            yield f"hub {member.hub_id} covers {sorted(own)}, the answer says otherwise"
        alone = {want for want in own if not facts.lead[want] and holders[want] == 1}
        if alone != set(member.only_member_for):
            yield f"hub {member.hub_id} alone covers {sorted(alone)}, the answer says otherwise"
        lost = sum(
            (tenths[want][0] - tenths[want][1]) * _weight(facts, want)
            for want, strength in own.items()
            if _tenths(strength) == tenths[want][0]
        )
        share = lost / 10 / total if total else 0.0
        if abs(share - member.contribution) > 1e-6:
            yield f"hub {member.hub_id} contributes {share:.4f}, the answer says {member.contribution:.4f}"


def _evidence(facts: _Facts, covers: list[dict[str, float]]) -> float:
    """Best strength per want in tenths, a must-have counting twice."""
    return sum(best * _weight(facts, want) for want, (best, _) in _tenths_held(facts, covers).items()) / 10


def _tenths_held(facts: _Facts, covers: list[dict[str, float]]) -> dict[str, tuple[int, int]]:
    """The best and the next best strength per want, the lead's included."""
    held: dict[str, tuple[int, int]] = {
        want: (_tenths(strength) if strength else 0, 0) for want, strength in facts.lead.items()
    }
    for cover in covers:
        for want, strength in cover.items():
            _, second, first = sorted((*held[want], _tenths(strength)))
            held[want] = (first, second)
    return held


def _tenths(strength: float) -> int:
    return max(1, math.floor(strength * 10 + 0.5))


def _weight(facts: _Facts, want: str) -> int:
    return 2 if want in facts.musts else 1


def _single_points(facts: _Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
    expected: dict[str, int | None] = {}
    for want in facts.musts:
        holders: list[int | None] = [hub for hub in team if want in facts.covers(hub)]
        if facts.lead[want]:
            holders.append(None)
        if len(holders) == 1:
            expected[want] = holders[0]
    claimed = {point.want_id: point.hub_id for point in answer.single_points_of_failure}
    if claimed != expected:
        yield f"single points are {expected}, the answer says {claimed}"
    for point in answer.single_points_of_failure:
        for hub in point.backups:
            if hub in team or hub not in facts.row or point.want_id not in facts.covers(hub):
                yield f"hub {hub} is no backup for {point.want_id}"


def _values_of(facts: _Facts, team: list[int]) -> dict[str, float]:
    market = facts.market
    rows = [facts.row[hub] for hub in team]
    covers = [facts.covers(hub) for hub in team]
    held = {want for cover in covers for want in cover}
    distance = [float(market.distance_km[row]) for row in rows]
    trust = [float(market.trust[row]) for row in rows]
    return {
        "coverage": float(sum(1 for want in facts.musts if want in held or facts.lead[want])),
        "number": float(len(team)),
        "extras": float(len({w for w in held if w not in facts.musts and not facts.lead[w]})),
        "cost": sum(float(market.cost_eur[row]) for row in rows),
        "evidence": _evidence(facts, covers),
        "distance": sum(UNKNOWN_KM if math.isnan(km) else km for km in distance),
        "trust": sum(1 - (UNKNOWN_TRUST if math.isnan(t) else min(1.0, max(0.0, t))) for t in trust),
    }


def _values(facts: _Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
    actual = _values_of(facts, team)
    slack = {"cost": 0.011 * (len(team) + 1), "distance": 0.51 * (len(team) + 1), "trust": 0.00051 * (len(team) + 1)}
    for goal in answer.goals:
        if abs(goal.value - actual[goal.name]) > slack.get(goal.name, 1e-6):
            yield f"{goal.name} is {actual[goal.name]:.3f}, the answer says {goal.value:.3f}"
        ahead = goal.value - goal.bound if goal.name in MORE else goal.bound - goal.value
        if ahead > 1e-6:
            yield f"{goal.name} {goal.value:.3f} is better than its bound {goal.bound:.3f}"
        if goal.proven and abs(ahead) > 1e-6:
            yield f"{goal.name} is called proven, but value and bound differ"
    if answer.status == "optimal" and not all(goal.proven for goal in answer.goals):
        yield "called optimal, but a goal is not proven"


def _next_best(facts: _Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
    other = answer.next_best
    assert other is not None
    if not set(team) - set(other.hub_ids):
        yield "the next best team swaps nobody"
    if any(hub not in facts.row for hub in other.hub_ids):
        yield "the next best team holds a hub that is not in the market"
        return
    yield from (f"next best: {problem}" for problem in _limits(facts, list(other.hub_ids)))
    held = Counter(want for hub in other.hub_ids for want in facts.covers(hub))
    for want in facts.musts:
        if held[want] < facts.asked(want):
            yield f"next best: {want} is covered {held[want]} times, {facts.asked(want)} are asked for"
    if answer.status != "optimal" or not other.proven:
        return
    names = [goal.name for goal in answer.goals]
    mine, theirs = _values_of(facts, team), _values_of(facts, list(other.hub_ids))
    for name in names:
        better = theirs[name] - mine[name] if name in MORE else mine[name] - theirs[name]
        tolerance = {"cost": 0.05, "distance": 2.0, "trust": 0.005}.get(name, 1e-6)
        if better > tolerance:
            yield f"the next best team is better in {name}"
        if abs(better) > 1e-9:
            return


def _fewest(facts: _Facts, answer: TeamAnswer) -> Iterator[str]:
    """Hold the number of partners against a search of our own that knows only who may join and who covers what."""
    number = next((goal for goal in answer.goals[:2] if goal.name == "number"), None)
    musts = {want: facts.asked(want) for want in facts.musts if facts.asked(want) > 0}
    if number is None or not musts or not number.proven:
        return
    fewest = _fewest_partners(facts, musts, claimed=int(number.value))
    limits = facts.limits
    bound_by_more = (
        limits.budget_eur is not None
        or limits.max_unpaid is not None
        or limits.max_per_country
        or limits.min_countries
        or facts.required
    )
    if fewest is not None and number.value < fewest:
        yield f"{number.value:.0f} partners claimed, at least {fewest} are needed"
    if fewest is not None and number.value > fewest and not bound_by_more:
        yield f"{number.value:.0f} partners are called the fewest, {fewest} are enough"


def _fewest_partners(facts: _Facts, musts: dict[str, int], *, claimed: int) -> int | None:
    """Fewest hubs that cover the must-haves, other limits aside; None when that is too long to find out."""
    covering, limits = facts.market.strength >= facts.least, facts.limits
    columns = covering[:, [want in musts for want in facts.wants]]
    asked = np.array(list(musts.values()))
    joins = [
        hub not in limits.excluded
        and hub != facts.own
        and (not limits.languages or bool(limits.languages & spoken) or hub in facts.required)
        for hub, spoken in zip(facts.market.ids, facts.market.languages, strict=True)
    ]
    usable = columns[np.array(joins, dtype=bool) & columns.any(axis=1)]
    if claimed <= 2:
        one = bool((usable >= asked).all(axis=1).any())
        return 1 if one else 2
    patterns, counts = np.unique(usable, axis=0, return_counts=True)
    if patterns.size > PATTERNS_UP_TO:
        return None
    from scipy.optimize import Bounds, LinearConstraint, milp

    result = milp(
        np.ones(len(patterns)),
        constraints=LinearConstraint(patterns.T.astype(np.float64), lb=asked),
        bounds=Bounds(0, counts),
        integrality=np.ones(len(patterns)),
        options={"time_limit": SECONDS},
    )
    return round(result.fun) if result.status == 0 else None
