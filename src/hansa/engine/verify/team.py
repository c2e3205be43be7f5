"""An independent check of answers. Shares no code with the searches, runs in production on every answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from hansa.engine.consortium.answer import Alternative, TeamAnswer
from hansa.engine.problem import LeadCover, Limits, Market, Need
from hansa.engine.verify.team_facts import Facts
from hansa.engine.verify.team_leads import lead_problems, least_load, load, n_led

PATTERNS_UP_TO = 20_000  # different patterns of cover x wants: above it the second search is left out
SECONDS = 1.0
UNKNOWN_KM = 2000.0
UNKNOWN_TRUST = 0.5
MORE = ("coverage", "extras", "evidence", "together")


def check_team(
    *,
    need: Need,
    market: Market,
    limits: Limits,
    lead: LeadCover | None,
    answer: TeamAnswer,
    differ_by: float = 0.5,
    seconds: float = SECONDS,
) -> tuple[str, ...]:
    """List what is wrong with an answer; empty means that nothing was found. Never raises.

    Recomputes from the inputs: members and limits, who covers what and who leads it, gaps, single points, contributions,
    every goal's value, that values and bounds agree, that alternatives differ by ``differ_by`` and stand in order. The number of partners is held against a second solver (HiGHS,
    loaded only from three partners on), which may take so many ``seconds``, when the question is small enough.
    """
    try:
        return tuple(_problems(Facts(need, market, limits, lead), answer, differ_by, seconds))
    except Exception as error:  # the check itself must never stop a page
        return (f"the check failed: {type(error).__name__}: {error}",)


def _problems(facts: Facts, answer: TeamAnswer, differ_by: float, seconds: float) -> Iterator[str]:
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
    yield from lead_problems(facts, answer, team)
    yield from _values(facts, answer, team)
    if answer.next_best is not None:
        yield from _other_team(facts, answer, answer.next_best, "next best")
    yield from _alternatives(facts, answer, differ_by)
    if answer.status in ("optimal", "feasible"):
        yield from _fewest(facts, answer, seconds)


def _limits(facts: Facts, team: list[int]) -> Iterator[str]:
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


def _countries(facts: Facts, team: list[int]) -> Iterator[str]:
    countries = Counter(facts.market.countries[facts.row[hub]] for hub in team)
    countries[facts.lead_country] += 1
    countries.pop("", None)
    most, fewest = facts.limits.max_per_country, facts.limits.min_countries
    if most is not None and max(countries.values(), default=0) > most:
        yield f"more than {most} hubs from one country"
    if fewest is not None and len(countries) < fewest:
        yield f"{len(countries)} countries, {fewest} are asked for"


def _coverage(facts: Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
    held = Counter(want for hub in team for want in facts.covers(hub))
    led = {want for want, _ in answer.leads}
    open_musts = [want for want in facts.musts if want not in led or not (held[want] or facts.lead[want])]
    nobody = [want for want in facts.musts if not facts.offered[want] and not facts.lead[want]]
    if sorted((*answer.gaps, *answer.missed)) != sorted(open_musts):
        yield f"gaps are {open_musts}, the answer says {[*answer.gaps, *answer.missed]}"
    if sorted(answer.gaps) != sorted(nobody):
        yield f"nobody covers {nobody}, the answer says {list(answer.gaps)}"
    unproven = any(goal.name == "coverage" and not goal.proven for goal in answer.goals)
    if answer.status == "optimal" or (answer.status == "feasible" and not unproven):
        yield from (f"nobody leads {want}" for want in facts.musts if want not in led and want not in nobody)
        for want in facts.musts:
            if held[want] < facts.asked(want):
                yield f"{want} is covered {held[want]} times, {facts.asked(want)} are asked for"
    extras = [want for want in facts.wants if want not in facts.musts and not held[want] and not facts.lead[want]]
    if sorted(extras) != sorted(answer.extras_missing):
        yield f"nice-to-haves missing are {extras}, the answer says {list(answer.extras_missing)}"
    if answer.status == "nothing_to_cover" and (
        any(facts.asked(want) for want in facts.musts) or n_led(facts, []) < sum(facts.lead[w] > 0 for w in facts.musts)
    ):
        yield "there is something to cover"


def _members(facts: Facts, answer: TeamAnswer) -> Iterator[str]:
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


def _evidence(facts: Facts, covers: list[dict[str, float]]) -> float:
    """Best strength per want in tenths, a must-have counting twice."""
    return sum(best * _weight(facts, want) for want, (best, _) in _tenths_held(facts, covers).items()) / 10


def _tenths_held(facts: Facts, covers: list[dict[str, float]]) -> dict[str, tuple[int, int]]:
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


def _weight(facts: Facts, want: str) -> int:
    return 2 if want in facts.musts else 1


def _single_points(facts: Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
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


def _values_of(facts: Facts, team: list[int], names: Collection[str]) -> dict[str, float]:
    market = facts.market
    everyone = {*team, facts.own}
    rows = [facts.row[hub] for hub in team]
    covers = [facts.covers(hub) for hub in team]
    held = {want for cover in covers for want in cover}
    distance = [float(market.distance_km[row]) for row in rows]
    trust = [float(market.trust[row]) for row in rows]
    return {
        "coverage": float(n_led(facts, team)),
        "number": float(len(team)),
        "extras": float(len({w for w in held if w not in facts.musts and not facts.lead[w]})),
        "cost": sum(float(market.cost_eur[row]) for row in rows),
        "evidence": _evidence(facts, covers),
        "distance": sum(UNKNOWN_KM if math.isnan(km) else km for km in distance),
        "trust": sum(1 - (UNKNOWN_TRUST if math.isnan(t) else min(1.0, max(0.0, t))) for t in trust),
        "together": float(sum(everyone.issuperset(pair) for pair in market.worked_together)),
        "load": float(least_load(facts, team)) if "load" in names else 0.0,
    }


def _values(facts: Facts, answer: TeamAnswer, team: list[int]) -> Iterator[str]:
    actual = _values_of(facts, team, [goal.name for goal in answer.goals])
    if any(goal.name == "load" for goal in answer.goals) and load(answer) != actual["load"]:
        yield f"one partner leads {load(answer)} must-haves, {actual['load']:.0f} would be enough"
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


def _other_team(facts: Facts, answer: TeamAnswer, other: Alternative, name: str) -> Iterator[str]:
    team = list(answer.hub_ids)
    if not set(team) - set(other.hub_ids):
        yield f"the {name} team swaps nobody"
    if any(hub not in facts.row for hub in other.hub_ids):
        yield f"the {name} team holds a hub that is not in the market"
        return
    yield from (f"{name}: {problem}" for problem in _limits(facts, list(other.hub_ids)))
    held = Counter(want for hub in other.hub_ids for want in facts.covers(hub))
    for want in facts.musts:
        if held[want] < facts.asked(want):
            yield f"{name}: {want} is covered {held[want]} times, {facts.asked(want)} are asked for"
    n = sum(1 for want in facts.musts if facts.offered[want] or facts.lead[want])
    if (led := n_led(facts, list(other.hub_ids))) < n:
        yield f"{name}: {led} of {n} must-haves can be led"
    if answer.status == "optimal" and other.proven:
        yield from _better_in(facts, answer, mine=team, theirs=list(other.hub_ids), what=f"the {name} team")


def _better_in(facts: Facts, answer: TeamAnswer, *, mine: list[int], theirs: list[int], what: str) -> Iterator[str]:
    """Name the goal in which ``theirs`` is better, though it should come after ``mine``."""
    names = [goal.name for goal in answer.goals]
    first, second = _values_of(facts, mine, names), _values_of(facts, theirs, names)
    for name in names:
        better = second[name] - first[name] if name in MORE else first[name] - second[name]
        tolerance = {"cost": 0.05, "distance": 2.0, "trust": 0.005}.get(name, 1e-6)
        if better > tolerance:
            yield f"{what} is better in {name}"
        if abs(better) > 1e-9:
            return


def _alternatives(facts: Facts, answer: TeamAnswer, differ_by: float) -> Iterator[str]:
    """Each keeps to the limits, differs from all before it by the share asked for, and none is better than one before."""
    earlier = [list(answer.hub_ids)]
    for number, other in enumerate(answer.alternatives, start=1):
        team = list(other.hub_ids)
        yield from _other_team(facts, answer, other, f"alternative {number}")
        for before in earlier:
            free = set(before) - facts.required
            if len(free - set(team)) < differ_by * len(free) - 1e-9:
                yield f"alternative {number} shares too many partners with a team before it"
        last = answer.alternatives[number - 2] if number > 1 else None
        if last is not None and last.proven and other.proven and {*team, *earlier[-1]} <= set(facts.row):
            yield from _better_in(facts, answer, mine=earlier[-1], theirs=team, what=f"alternative {number}")
        earlier.append(team)


def _fewest(facts: Facts, answer: TeamAnswer, seconds: float) -> Iterator[str]:
    """Hold the number of partners against a search of our own that knows only who may join and who covers what."""
    number = next((goal for goal in answer.goals[:2] if goal.name == "number"), None)
    musts = {want: facts.asked(want) for want in facts.musts if facts.asked(want) > 0}
    if number is None or not musts or not number.proven:
        return
    fewest = _fewest_partners(facts, musts, claimed=int(number.value), seconds=seconds)
    limits = facts.limits
    bound_by_more = (
        limits.budget_eur is not None
        or limits.max_unpaid is not None
        or facts.has_rooms()
        or limits.max_per_country
        or limits.min_countries
        or facts.required
    )
    if fewest is not None and number.value < fewest:
        yield f"{number.value:.0f} partners claimed, at least {fewest} are needed"
    if fewest is not None and number.value > fewest and not bound_by_more:
        yield f"{number.value:.0f} partners are called the fewest, {fewest} are enough"


def _fewest_partners(facts: Facts, musts: dict[str, int], *, claimed: int, seconds: float) -> int | None:
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
        options={"time_limit": seconds},
    )
    return round(result.fun) if result.status == 0 else None
