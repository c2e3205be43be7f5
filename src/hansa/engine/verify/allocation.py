"""An independent check of allocations. Shares no code with the searches."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from hansa.engine.allocation.answer import AssessorAnswer, GrantAnswer, SampleAnswer
from hansa.engine.allocation.problem import Application, Assessed, Assessor, AssessorRules, Candidate, Draw, GrantRules

SECONDS = 2.0
COUNTED_UP_TO = 20_000  # variables: above it the second solver is left out


def check_grants(*, applications: Iterable[Application], rules: GrantRules, answer: GrantAnswer) -> tuple[str, ...]:
    """List what is wrong with a choice of grants; empty means that nothing was found. Never raises.

    Recomputes the money, the rules and the points; holds the value against a second solver (HiGHS).
    """
    return _checked(lambda: _grants(tuple(applications), rules, answer))


def check_assessors(
    *, hubs: Iterable[Assessed], assessors: Iterable[Assessor], rules: AssessorRules, answer: AssessorAnswer
) -> tuple[str, ...]:
    """List what is wrong with an assignment; empty means that nothing was found. Never raises.

    Recomputes conflicts, loads, languages and expertise; holds the places filled against a second solver (HiGHS).
    """
    return _checked(lambda: _assessors(tuple(hubs), tuple(assessors), rules, answer))


def check_sample(*, candidates: Iterable[Candidate], draw: Draw, answer: SampleAnswer) -> tuple[str, ...]:
    """List what is wrong with a draw; empty means that nothing was found. Never raises."""
    return _checked(lambda: _sample(tuple(candidates), draw, answer))


def _checked(problems: Callable[[], Iterator[str]]) -> tuple[str, ...]:
    try:
        return tuple(problems())
    except Exception as error:  # the check itself must never stop a page
        return (f"the check failed: {type(error).__name__}: {error}",)


def _grants(applications: tuple[Application, ...], rules: GrantRules, answer: GrantAnswer) -> Iterator[str]:
    known = {one.id: one for one in applications}
    strange = [one for one in answer.funded if one not in known]
    if strange or len(set(answer.funded)) != len(answer.funded):
        yield f"granted twice or unknown: {strange or list(answer.funded)}"
        return
    chosen = [known[one] for one in answer.funded]
    spent = sum(one.amount_eur for one in chosen)
    value = sum(one.value for one in chosen)
    if spent > rules.budget_eur + 0.01 * (len(chosen) + 1):
        yield f"{spent:.2f} EUR are granted, the budget is {rules.budget_eur:.2f}"
    for name, limit in (("hub", rules.max_per_hub), ("country", rules.max_per_country)):
        counts = Counter(getattr(one, name) for one in chosen)
        yield from (
            f"{name} {which} has {n} grants, {limit} are allowed"
            for which, n in counts.items()
            if limit is not None and which and n > limit
        )
    for group, share in rules.min_shares.items():
        got = sum(one.amount_eur for one in chosen if group in one.groups)
        if got < share * spent - 0.01 * (len(chosen) + 1) - 1e-4 * spent:
            yield f"{group} gets {got:.2f} of {spent:.2f} EUR, {share:.0%} are asked for"
    if abs(value - answer.value) > 0.0006 * (len(chosen) + 1):
        yield f"the points are {value:.3f}, the answer says {answer.value:.3f}"
    if abs(spent - answer.spent_eur) > 0.006 * (len(chosen) + 1):
        yield f"{spent:.2f} EUR are granted, the answer says {answer.spent_eur:.2f}"
    yield from _claims(answer)
    if sorted(one.id for one in answer.unfunded) != sorted(set(known) - set(answer.funded)) and answer.unfunded:
        yield "the refusals are not the applications without a grant"
    if answer.proven:
        yield from _most_points(applications, rules, value)


def _claims(answer: GrantAnswer) -> Iterator[str]:
    if answer.value > answer.bound + 1e-9:
        yield "the value is better than its bound"
    if answer.proven and abs(answer.value - answer.bound) > 1e-9:
        yield "called proven, but value and bound differ"
    if (answer.status == "optimal") != answer.proven:
        yield "status and proof do not agree"


def _most_points(applications: tuple[Application, ...], rules: GrantRules, value: float) -> Iterator[str]:
    """Hold the points against a solver of another kind, in EUR and points as they are."""
    if not applications or len(applications) > COUNTED_UP_TO:
        return
    from scipy.optimize import Bounds, LinearConstraint, milp

    amounts = np.array([one.amount_eur for one in applications])
    rows, tops = [amounts], [rules.budget_eur + 0.001]
    for name, limit in (("hub", rules.max_per_hub), ("country", rules.max_per_country)):
        for which in {getattr(one, name) for one in applications} - {""} if limit is not None else ():
            rows.append(np.array([float(getattr(one, name) == which) for one in applications]))
            tops.append(float(limit or 0))
    for group, share in rules.min_shares.items():
        belongs = np.array([group in one.groups for one in applications])
        rows.append(amounts * (share - belongs))
        tops.append(0.001)
    result = milp(
        -np.array([one.value for one in applications]),
        constraints=LinearConstraint(np.array(rows), ub=np.array(tops)),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(applications)),
        options={"time_limit": SECONDS},
    )
    if result.status == 0 and -result.fun > value + 0.001 * (len(applications) + 1) + 1e-6 * value:
        yield f"{value:.3f} points are called the most, {-result.fun:.3f} are possible"


def _assessors(
    hubs: tuple[Assessed, ...], assessors: tuple[Assessor, ...], rules: AssessorRules, answer: AssessorAnswer
) -> Iterator[str]:
    people = {one.id: one for one in assessors}
    if [team.hub for team in answer.teams] != [hub.id for hub in hubs]:
        yield "the teams are not those of the hubs"
        return
    loads: Counter[str] = Counter()
    for hub, team in zip(hubs, answer.teams, strict=True):
        if len(set(team.assessors)) != len(team.assessors) or any(one not in people for one in team.assessors):
            yield f"{hub.id} has an assessor twice or an unknown one"
            return
        loads.update(team.assessors)
        chosen = [people[one] for one in team.assessors]
        yield from (
            f"{one.id} may not assess {hub.id}: {_bar(hub, one, rules)}" for one in chosen if _bar(hub, one, rules)
        )
        if len(chosen) + team.missing != hub.n_assessors or team.missing < 0:
            yield f"{hub.id} has {len(chosen)} assessors and {team.missing} open places, {hub.n_assessors} are asked for"
        known = {tag for one in chosen for tag in one.expertise}
        if not team.missing and "expertise" not in rules.lifted and hub.expertise - known:
            yield f"nobody of {hub.id} knows {sorted(hub.expertise - known)}"
    for one in assessors:
        if "load" not in rules.lifted and loads[one.id] > one.max_load:
            yield f"{one.id} assesses {loads[one.id]} hubs, {one.max_load} are allowed"
        if answer.loads.get(one.id) != loads[one.id]:
            yield f"{one.id} assesses {loads[one.id]} hubs, the answer says {answer.loads.get(one.id)}"
    yield from _goals(hubs, people, rules, answer, loads)


def _bar(hub: Assessed, one: Assessor, rules: AssessorRules) -> str:
    bars = {
        "country": bool(hub.country) and hub.country == one.country,
        "network": bool(hub.networks & one.networks),
        "cooperation": hub.id in one.cooperated,
        "stated": hub.id in one.conflicts,
        "languages": bool(hub.languages) and not hub.languages & one.languages,
    }
    return ", ".join(name for name, is_barred in bars.items() if is_barred and name not in rules.lifted)


def _goals(
    hubs: tuple[Assessed, ...],
    people: dict[str, Assessor],
    rules: AssessorRules,
    answer: AssessorAnswer,
    loads: Counter[str],
) -> Iterator[str]:
    actual = {"places": loads.total(), "most": max(loads.values(), default=0)}
    actual["match"] = sum(
        len(hub.expertise & people[one].expertise)
        for hub, team in zip(hubs, answer.teams, strict=True)
        for one in team.assessors
    )
    for goal in answer.goals:
        if goal.name in actual and goal.value != actual[goal.name]:
            yield f"{goal.name} is {actual[goal.name]}, the answer says {goal.value}"
        if goal.proven and goal.value != goal.bound:
            yield f"{goal.name} is called proven, but value and bound differ"
    asked = sum(hub.n_assessors for hub in hubs)
    if (answer.status == "infeasible") != (asked > loads.total()) and answer.status != "feasible":
        yield f"{loads.total()} of {asked} places are filled, the answer says {answer.status}"
    if answer.goals and answer.goals[0].proven:
        yield from _most_places(hubs, tuple(people.values()), rules, loads.total())


def _most_places(
    hubs: tuple[Assessed, ...], assessors: tuple[Assessor, ...], rules: AssessorRules, filled: int
) -> Iterator[str]:
    """Hold the places filled against a solver of another kind."""
    pairs = [(h, a) for h, hub in enumerate(hubs) for a, one in enumerate(assessors) if not _bar(hub, one, rules)]
    if not pairs or len(pairs) > COUNTED_UP_TO:
        return
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    entries: list[tuple[int, int]] = []
    tops: list[float] = []

    def at_most(columns: list[int], top: int) -> None:
        entries.extend((len(tops), column) for column in columns)
        tops.append(float(top))

    for h, hub in enumerate(hubs):
        own = [column for column, (here, _) in enumerate(pairs) if here == h]
        at_most(own, hub.n_assessors)
        for tag in hub.expertise if "expertise" not in rules.lifted else ():
            at_most([c for c in own if tag not in assessors[pairs[c][1]].expertise], hub.n_assessors - 1)
    for a, one in enumerate(assessors):
        if "load" not in rules.lifted:
            at_most([column for column, (_, person) in enumerate(pairs) if person == a], one.max_load)
    rows, columns = zip(*entries, strict=True)
    matrix = csr_array((np.ones(len(entries)), (rows, columns)), shape=(len(tops), len(pairs)))
    result = milp(
        -np.ones(len(pairs)),
        constraints=LinearConstraint(matrix, ub=np.array(tops)),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(pairs)),
        options={"time_limit": SECONDS},
    )
    if result.status == 0 and round(-result.fun) != filled:
        yield f"{filled} places are called the most, {round(-result.fun)} are possible"


def _sample(candidates: tuple[Candidate, ...], draw: Draw, answer: SampleAnswer) -> Iterator[str]:
    stratum = {one.id: one.stratum for one in candidates}
    of = Counter(stratum.values())
    if len(set(answer.drawn)) != draw.size or any(one not in stratum for one in answer.drawn):
        yield f"{len(set(answer.drawn))} are drawn or some are unknown, {draw.size} are asked for"
        return
    places = Counter(stratum[one] for one in answer.drawn)
    for name, size in of.items():
        if places[name] < min(size, draw.min_per_stratum):
            yield f"stratum {name!r} has {places[name]} places, at least {min(size, draw.min_per_stratum)} are due"
        if answer.sizes.get(name) != (size, places[name]):
            yield f"stratum {name!r} has {places[name]} of {size}, the answer says {answer.sizes.get(name)}"
    for one in of:
        for other in of:
            gives = places[one] > min(of[one], draw.min_per_stratum)
            takes = places[other] < of[other]
            if gives and takes and of[other] * (2 * places[one] - 1) > of[one] * (2 * places[other] + 1):
                yield f"a place of stratum {one!r} is due to {other!r}"
    mark = {one: hashlib.sha256(_text(draw.seed, name, one)).hexdigest() for one, name in stratum.items()}
    drawn = set(answer.drawn)
    for name in of:
        inside = [(mark[one], one) for one in stratum if stratum[one] == name and one in drawn]
        outside = [(mark[one], one) for one in stratum if stratum[one] == name and one not in drawn]
        if inside and outside and max(inside) > min(outside):
            yield f"in stratum {name!r} {min(outside)[1]} comes before {max(inside)[1]}"


def _text(*words: str) -> bytes:
    return unicodedata.normalize("NFC", "\n".join(words)).encode("utf-8")
