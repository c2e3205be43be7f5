"""When solvers, brute force, independent checks and the metamorphic rules look at the same allocations."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from engine.allocations import assessor_questions, draws, grant_questions
from hansa.engine.allocation import (
    RULES,
    Application,
    AssessorRules,
    Candidate,
    assign_assessors,
    choose_grants,
    draw_sample,
)
from hansa.engine.reference import best_assignment_by_trying, drawn_by_definition, most_points_by_trying
from hansa.engine.verify import check_assessors, check_grants, check_sample

MANY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
REACH = settings(max_examples=5000, database=None, phases=(Phase.generate,))  # no need to make the example small
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def points(answer):
    return round(answer.value * 1000), -round(answer.spent_eur * 100)


@MANY
@given(question=grant_questions())
def test_grants_and_brute_force_agree(question):
    applications, rules = question
    answer = choose_grants(applications, rules=rules, with_reasons=False)
    assert answer.status == "optimal"
    assert points(answer) == most_points_by_trying(applications, rules)


@SOME
@given(question=grant_questions(most=6))
def test_what_a_refused_application_is_short_of_agrees_with_brute_force(question):
    applications, rules = question
    answer = choose_grants(applications, rules=rules)
    for refused in answer.unfunded:
        forced = most_points_by_trying(applications, rules, granted=refused.id)
        if forced is None:
            assert refused.points_short is None
            assert "grant_never" in {reason.code for reason in refused.reasons}
        else:
            assert round(refused.points_short * 1000) == points(answer)[0] - forced[0]


@SOME
@given(question=grant_questions(most=6))
def test_with_the_points_it_is_short_of_it_is_granted(question):
    applications, rules = question
    for refused in choose_grants(applications, rules=rules).unfunded:
        if refused.points_short is not None:
            better = tuple(
                replace(one, value=one.value + refused.points_short + 0.001) if one.id == refused.id else one
                for one in applications
            )
            assert refused.id in choose_grants(better, rules=rules, with_reasons=False).funded


@MANY
@given(question=grant_questions(most=14))
def test_the_independent_check_of_grants_finds_nothing(question):
    applications, rules = question
    answer = choose_grants(applications, rules=rules, with_reasons=len(applications) < 8)
    assert check_grants(applications=applications, rules=rules, answer=answer) == ()


@SOME
@given(question=grant_questions(), random=st.randoms(use_true_random=False))
def test_the_order_of_applications_changes_no_value(question, random):
    applications, rules = question
    shuffled = random.sample(applications, len(applications))
    one, other = (choose_grants(some, rules=rules, with_reasons=False) for some in (applications, shuffled))
    assert points(one) == points(other)


@SOME
@given(question=grant_questions())
def test_another_application_or_a_wider_rule_never_lowers_the_points(question):
    applications, rules = question
    before = choose_grants(applications, rules=rules, with_reasons=False).value
    more = (*applications, Application(id="new", hub="h9", amount_eur=10, value=3))
    wider = replace(rules, budget_eur=rules.budget_eur + 10, max_per_hub=None)
    assert choose_grants(more, rules=rules, with_reasons=False).value >= before
    assert choose_grants(applications, rules=wider, with_reasons=False).value >= before


@SOME
@given(question=grant_questions())
def test_without_a_refused_application_the_choice_stays_as_good(question):
    applications, rules = question
    answer = choose_grants(applications, rules=rules, with_reasons=False)
    refused = [one for one in applications if one.id not in answer.funded]
    if refused:
        left = tuple(one for one in applications if one is not refused[0])
        shares = {g: s for g, s in rules.min_shares.items() if any(g in one.groups for one in left)}
        after = choose_grants(left, rules=replace(rules, min_shares=shares), with_reasons=False)
        assert points(after)[0] >= points(answer)[0]


GRANT_CODES = {
    "grant_above_budget", "grant_not_in_budget", "grant_hub_limit", "grant_country_limit", "grant_share", "grant_adds_nothing",
    "grant_needs_points", "grant_lost_a_tie", "grant_never", "grant_needs_budget",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(GRANT_CODES))
def test_generated_grants_reach_every_rule(code):
    def says_so(question):
        answer = choose_grants(question[0], rules=question[1])
        return code in {reason.code for refused in answer.unfunded for reason in refused.reasons}

    find(grant_questions(), says_so, settings=REACH)


def key(answer):
    values = {goal.name: goal.value for goal in answer.goals}
    return values["places"], -values["most"], values["least"], values["match"]


@MANY
@given(question=assessor_questions())
def test_assessors_and_brute_force_agree(question):
    hubs, assessors, rules = question
    answer = assign_assessors(hubs, assessors, rules=rules)
    assert key(answer) == best_assignment_by_trying(hubs, assessors, rules)
    assert (answer.status == "infeasible") == (key(answer)[0] < sum(hub.n_assessors for hub in hubs))


@MANY
@given(question=assessor_questions())
def test_the_independent_check_of_assessors_finds_nothing(question):
    hubs, assessors, rules = question
    answer = assign_assessors(hubs, assessors, rules=rules)
    assert check_assessors(hubs=hubs, assessors=assessors, rules=rules, answer=answer) == ()


@SOME
@given(question=assessor_questions())
def test_the_fewest_rules_in_the_way_are_the_fewest(question):
    hubs, assessors, rules = question
    answer = assign_assessors(hubs, assessors, rules=rules)
    if answer.status != "infeasible":
        assert answer.blocking_rules == answer.blocked_hubs == ()
        return
    asked = sum(hub.n_assessors for hub in hubs)

    def is_possible(held, some=hubs):
        only = AssessorRules(lifted=frozenset(RULES) - frozenset(held))
        return best_assignment_by_trying(some, assessors, only)[0] == sum(hub.n_assessors for hub in some)

    assert asked > 0
    assert not is_possible(answer.blocking_rules)
    for name in answer.blocking_rules:
        assert is_possible(set(answer.blocking_rules) - {name})
    blocked = tuple(hub for hub in hubs if hub.id in answer.blocked_hubs)
    assert not is_possible(rules.held, blocked)
    for hub in blocked:
        assert is_possible(rules.held, tuple(one for one in blocked if one is not hub))


@SOME
@given(question=assessor_questions(), random=st.randoms(use_true_random=False))
def test_the_order_of_hubs_and_assessors_changes_no_value(question, random):
    hubs, assessors, rules = question
    mixed = assign_assessors(random.sample(hubs, len(hubs)), random.sample(assessors, len(assessors)), rules=rules)
    assert key(mixed) == key(assign_assessors(hubs, assessors, rules=rules))


@SOME
@given(question=assessor_questions())
def test_another_assessor_or_a_lifted_rule_never_leaves_more_places_open(question):
    hubs, assessors, rules = question
    before = key(assign_assessors(hubs, assessors, rules=rules))[0]
    for name in RULES:
        assert key(assign_assessors(hubs, assessors, rules=AssessorRules(lifted=rules.lifted | {name})))[0] >= before
    if assessors:
        assert key(assign_assessors(hubs, (*assessors, replace(assessors[0], id="new")), rules=rules))[0] >= before


@pytest.mark.parametrize("rule", RULES)
def test_generated_assessors_reach_every_rule(rule):
    def stands_in_the_way(question):
        return assign_assessors(*question[:2], rules=question[2]).blocking_rules == (rule,)

    find(assessor_questions(), stands_in_the_way, settings=REACH)


@MANY
@given(question=draws())
def test_draw_and_definition_agree(question):
    candidates, draw = question
    assert frozenset(draw_sample(candidates, draw=draw).drawn) == drawn_by_definition(candidates, draw)


@MANY
@given(question=draws())
def test_the_independent_check_of_draws_finds_nothing(question):
    candidates, draw = question
    assert check_sample(candidates=candidates, draw=draw, answer=draw_sample(candidates, draw=draw)) == ()


@SOME
@given(question=draws(), random=st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_nothing_of_a_draw(question, random):
    candidates, draw = question
    assert draw_sample(random.sample(candidates, len(candidates)), draw=draw) == draw_sample(candidates, draw=draw)


@SOME
@given(question=draws())
def test_a_larger_draw_keeps_whoever_was_drawn(question):
    candidates, draw = question
    if draw.size < len(candidates):
        more = draw_sample(candidates, draw=replace(draw, size=draw.size + 1)).drawn
        assert set(draw_sample(candidates, draw=draw).drawn) < set(more)


def test_everybody_is_drawn_as_often_as_anybody():
    candidates = tuple(Candidate(id=f"c{number}", stratum="ab"[number % 2]) for number in range(20))
    times = Counter()
    for number in range(2000):
        times.update(draw_sample(candidates, draw=draw_of(6, f"draw {number}")).drawn)
    assert all(abs(times[one.id] - 600) < 110 for one in candidates)  # five standard deviations


def draw_of(size, seed):
    from hansa.engine.allocation import Draw

    return Draw(size=size, seed=seed, min_per_stratum=1)
