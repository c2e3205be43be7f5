"""When the solver is held against brute force, and against itself under changes that must not matter."""

from dataclasses import replace
from math import floor

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.teams import key, problems, rows_of, solve
from hansa.engine.consortium import best_team
from hansa.engine.reference import best_team_by_trying
from hansa.engine.verify import check_team


@settings(max_examples=150, deadline=None)
@given(problem=problems())
def test_solver_and_brute_force_agree(problem):
    need, market, limits, lead, goals = problem
    answer = solve(problem)
    expected = best_team_by_trying(need=need, market=market, limits=limits, lead=lead, goals=goals)
    if answer.status == "nothing_to_cover":
        return
    assert (answer.status == "infeasible") == (expected is None)
    if expected is not None:
        assert key((goal.name, goal.value) for goal in answer.goals) == expected[0]


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_next_best_and_brute_force_agree(problem):
    need, market, limits, lead, goals = problem
    answer = solve(problem)
    if answer.status != "optimal":
        return
    asked = {want.id for want in need.wants if want.must_have} or {want.id for want in need.wants}
    if lead is not None:
        asked -= {
            want.id
            for want, own in zip(need.wants, lead.strength, strict=True)
            if limits.backups_for(want) == 1 and own >= np.float32(limits.least_for(want))
        }
    own = lead.hub_id if lead is not None else None
    essential = frozenset(
        member.hub_id
        for member in answer.members
        if member.hub_id not in limits.required - {own} and asked & {want for want, _ in member.covers}
    )
    expected = None
    if essential:
        expected = best_team_by_trying(
            need=need, market=market, limits=limits, lead=lead, goals=goals, apart=((essential, len(essential) - 1),)
        )
    assert (answer.next_best is None) == (expected is None)
    if answer.next_best is not None and expected is not None:
        assert key((name, answer.next_best.values[name]) for name in goals) == expected[0]


@settings(max_examples=80, deadline=None)
@given(problem=problems(), n=st.integers(1, 3), share=st.sampled_from([0.2, 0.5, 0.67, 1]))
def test_alternatives_and_brute_force_agree(problem, n, share):
    need, market, limits, lead, goals = problem
    asked = {"need": need, "market": market, "limits": limits, "lead": lead}
    answer = best_team(**asked, goals=goals, n_alternatives=n, differ_by=share)
    assert check_team(**asked, answer=answer, differ_by=share) == ()
    if answer.status != "optimal":
        assert answer.alternatives == ()
        return
    required = limits.required - {lead.hub_id if lead is not None else None}
    apart = []
    for hub_ids in (answer.hub_ids, *(other.hub_ids for other in answer.alternatives)):
        free = frozenset(hub_ids) - required
        apart.append((free, floor(len(free) - len(free) * share + 1e-9)))
    for number, other in enumerate(answer.alternatives, start=1):
        expected = best_team_by_trying(**asked, goals=goals, apart=tuple(apart[:number]))
        assert other.proven
        assert expected is not None
        assert key((name, other.values[name]) for name in goals) == expected[0]
    if len(answer.alternatives) < n and apart[-1][0]:
        assert best_team_by_trying(**asked, goals=goals, apart=tuple(apart)) is None


@settings(max_examples=150, deadline=None)
@given(problem=problems(most_hubs=14))
def test_the_independent_check_finds_nothing(problem):
    need, market, limits, lead, _ = problem
    assert check_team(need=need, market=market, limits=limits, lead=lead, answer=solve(problem)) == ()


@settings(max_examples=80, deadline=None)
@given(problem=problems(), seed=st.integers(0, 99))
def test_the_order_of_hubs_changes_nothing(problem, seed):
    need, market, limits, lead, goals = problem
    rows = np.random.default_rng(seed).permutation(len(market.ids)).tolist()
    assert solve((need, rows_of(market, rows), limits, lead, goals)) == solve(problem)


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_names_of_hubs_change_no_value(problem):
    need, market, limits, lead, goals = problem
    renamed = replace(market, names=tuple(f"other {hub}" for hub in market.ids))
    before, after = solve(problem), solve((need, renamed, limits, lead, goals))
    assert (before.status, before.hub_ids, before.goals) == (after.status, after.hub_ids, after.goals)


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_without_a_hub_that_is_not_in_the_team_the_team_stays_as_good(problem):
    need, market, limits, lead, goals = problem
    answer = solve(problem)
    spare = [row for row, hub in enumerate(market.ids) if hub not in answer.hub_ids and hub not in limits.required]
    if answer.status != "optimal" or not spare:
        return
    rows = [row for row in range(len(market.ids)) if row != spare[0]]
    smaller = rows_of(market, rows)
    wanted = sum(1 for gap in answer.gaps)
    after = solve((need, smaller, limits, lead, goals))
    if after.status == "optimal" and len(after.gaps) == wanted:
        assert key((g.name, g.value) for g in after.goals) <= key((g.name, g.value) for g in answer.goals)


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_another_hub_never_makes_it_worse(problem):
    need, market, limits, lead, goals = problem
    limits = replace(limits, backups=1)
    need = replace(need, wants=tuple(replace(want, backups=None) for want in need.wants))
    if len(market.ids) < 2 or market.ids[-1] in limits.required:
        return
    fewer = rows_of(market, list(range(len(market.ids) - 1)))
    before = solve((need, fewer, limits, lead, goals))
    after = solve((need, market, limits, lead, goals))
    if before.status == "optimal" and len(after.gaps) == len(before.gaps):
        assert after.status == "optimal"
        assert key((g.name, g.value) for g in after.goals) <= key((g.name, g.value) for g in before.goals)


@settings(max_examples=60, deadline=None)
@given(problem=problems())
def test_a_wider_limit_never_makes_it_worse(problem):
    need, market, limits, lead, goals = problem
    before = solve(problem)
    wider = replace(
        limits, max_partners=limits.max_partners + 1, budget_eur=None, max_per_country=None, max_unpaid=None
    )
    after = solve((need, market, wider, lead, goals))
    if before.status == "optimal":
        assert after.status == "optimal"
        assert key((g.name, g.value) for g in after.goals) <= key((g.name, g.value) for g in before.goals)


RULES = {
    "max_partners": lambda asked: with_limits(asked, max_partners=8),
    "max_per_country": lambda asked: with_limits(asked, max_per_country=None),
    "min_countries": lambda asked: with_limits(asked, min_countries=None),
    "budget_eur": lambda asked: with_limits(asked, budget_eur=None),
    "backups": lambda asked: with_limits(asked, backups=1),
    "max_unpaid": lambda asked: with_limits(asked, max_unpaid=None),
    "max_led": lambda asked: with_limits(asked, max_led=None),
    "languages": lambda asked: with_limits(asked, languages=frozenset()),
    "required": lambda asked: with_limits(asked, required=frozenset()),
    "excluded": lambda asked: with_limits(asked, excluded=frozenset()),
    "capacity": lambda asked: {**asked, "market": replace(asked["market"], capacity=None)},
    "worked_together": lambda asked: {**asked, "market": replace(asked["market"], worked_together=frozenset())},
    "may_be_paid": lambda asked: {**asked, "market": replace(asked["market"], may_be_paid=None)},
    "capacity of the lead": lambda asked: {**asked, "lead": asked["lead"] and replace(asked["lead"], capacity=None)},
    "load": lambda asked: {**asked, "goals": tuple(goal for goal in asked["goals"] if goal != "load")},
}


def with_limits(asked, **limits):
    return {**asked, "limits": replace(asked["limits"], **limits)}


def test_the_generator_reaches_every_rule():
    """A rule binds where another team is best without it, or where there is one only without it."""
    reached = set()

    @settings(max_examples=2500, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(problem=problems(most_hubs=5))
    def look(problem):
        asked = dict(zip(("need", "market", "limits", "lead", "goals"), problem, strict=True))
        before = None  # worked out only while a rule is left
        for name in sorted(set(RULES) - reached):
            lifted = RULES[name](asked)
            if all(lifted[part] is asked[part] for part in ("market", "lead")) and lifted == asked:
                continue
            before = before or best_team_by_trying(**asked) or "none"
            if (best_team_by_trying(**lifted) or "none")[1] != before[1]:
                reached.add(name)

    look()
    assert reached == set(RULES)
