"""When the best team for a need is looked for. Source: BP-JD-10."""

from dataclasses import replace

import numpy as np
import pytest

from engine.markets import lead_of, market_of, need_of
from hansa.engine.consortium import DEFAULT_GOALS, best_team, evaluate_team
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem, Limits, Need, Want
from hansa.engine.verify import check_team


def team(need, *rows, lead=None, goals=DEFAULT_GOALS, **limits):
    market, bounds = market_of(need, *rows), Limits(**limits)
    answer = best_team(need=need, market=market, limits=bounds, lead=lead, goals=goals)
    assert check_team(need=need, market=market, limits=bounds, lead=lead, answer=answer) == ()
    return answer


def said(answer):
    return [say(reason) for reason in answer.reasons]


def values(answer):
    return {goal.name: goal.value for goal in answer.goals}


def test_takes_the_fewest_hubs_that_cover_everything():
    answer = team(need_of("abc"), (1, "a"), (2, "b"), (3, "c"), (4, "ab"), (5, "bc"))
    assert (answer.status, len(answer.hub_ids)) == ("optimal", 2)
    assert "Covers all 3 must-haves." in said(answer)
    assert "2 partners are the fewest that can do it." in said(answer)


def test_takes_the_cheapest_of_the_smallest():
    answer = team(need_of("ab"), (1, "ab", {"cost": 700}), (2, "ab", {"cost": 400}), (3, "a", {"cost": 1}))
    assert answer.hub_ids == (2,)
    assert values(answer)["cost"] == 400


def test_takes_what_is_cheaper_when_cost_matters_most():
    rows = ((1, "ab", {"cost": 700}), (2, "a", {"cost": 100}), (3, "b", {"cost": 100}))
    assert team(need_of("ab"), *rows, goals=("coverage", "cost", "number")).hub_ids == (2, 3)
    assert team(need_of("ab"), *rows).hub_ids == (1,)


@pytest.mark.parametrize(
    ("facts", "better"),
    [({"km": 100}, {"km": 50}), ({"trust": 0.4}, {"trust": 0.9}), ({}, {"km": 1999}), ({"trust": 0.4}, {})],
)
def test_breaks_ties_by_distance_then_trust_and_the_unknown_counts_as_the_middle(facts, better):
    assert team(need_of("a"), (1, "a", facts), (2, "a", better)).hub_ids == (2,)


def test_prefers_stronger_evidence_at_equal_cost():
    assert team(need_of("ab"), (1, "a?b?"), (2, "ab"), (3, "aB")).hub_ids == (3,)


def test_breaks_full_ties_by_the_lower_id():
    assert team(need_of("a"), (8, "a"), (3, "a"), (5, "a")).hub_ids == (3,)


def test_nice_to_haves_choose_among_the_smallest_but_add_nobody():
    need = need_of("a", "bc")
    answer = team(need, (1, "a", {"cost": 1}), (2, "ab", {"cost": 900}), (3, "c"))
    assert answer.hub_ids == (2,)
    assert answer.extras_missing == ("c",)
    assert "Covers 1 of 2 nice-to-haves without another partner." in said(answer)


def test_wants_count_as_must_haves_when_none_is_one():
    assert team(need_of("", "ab"), (1, "a"), (2, "b")).hub_ids == (1, 2)


def test_the_lead_covers_for_free():
    need = need_of("abc")
    answer = team(need, (1, "a"), (2, "c"), (7, "abc"), lead=lead_of(need, "ab", hub_id=7))
    assert answer.hub_ids == (2,)


def test_nothing_to_cover_when_the_lead_does_it_all():
    need = need_of("a")
    answer = team(need, (1, "a"), lead=lead_of(need, "a"))
    assert (answer.status, answer.hub_ids) == ("nothing_to_cover", ())
    assert said(answer) == ["You cover every must-have yourself."]


def test_nothing_to_cover_when_nothing_is_asked():
    assert said(team(need_of(""), (1, ""))) == ["Nothing is asked for yet."]


def test_an_empty_market_leaves_gaps():
    answer = team(need_of("ab"))
    assert (answer.status, answer.gaps) == ("nothing_to_cover", ("a", "b"))
    assert said(answer) == ["No hub in the network covers want a.", "No hub in the network covers want b."]


def test_says_what_nobody_covers_and_covers_the_rest():
    answer = team(need_of("abc"), (1, "a"), (2, "c?"), min_strength=0.5)
    assert (answer.status, answer.hub_ids, answer.gaps) == ("optimal", (1,), ("b", "c"))
    assert "Covers 1 of 3 must-haves." in said(answer)
    assert "No hub in the network covers want b." in said(answer)
    assert "No hub covers want c with enough evidence. The nearest is Hub 2, not confirmed." in said(answer)


def test_weak_evidence_counts_only_down_to_the_limit():
    assert team(need_of("a"), (1, "a?")).hub_ids == (1,)
    assert team(need_of("a"), (1, "a?"), min_strength=0.4).hub_ids == (1,)
    assert team(need_of("a"), (1, "a?"), min_strength=0.41).gaps == ("a",)


def test_says_who_brings_what_and_what_is_lost_without():
    need = need_of("abc")
    answer = team(need, (1, "aB"), (2, "bc"))
    first, second = answer.members
    assert (first.covers, first.only_member_for) == ((("b", 1.0), ("a", 0.8)), ("a",))
    assert (second.covers, second.only_member_for) == ((("b", 0.8), ("c", 0.8)), ("c",))
    assert first.contribution == pytest.approx((0.8 + 0.2) / (0.8 + 1.0 + 0.8))


def test_names_single_points_and_who_could_step_in():
    need = need_of("ab")
    rows = ((1, "ab"), (2, "a"), (3, "A"), (4, "a", {"cost": 1}), (5, "b", {"speaks": "fi"}))
    answer = team(need, *rows, languages=frozenset({"en"}))
    assert [(point.want_id, point.hub_id, point.backups) for point in answer.single_points_of_failure] == [
        ("a", 1, (3, 4)),
        ("b", 1, ()),
    ]
    assert "Only Hub 1 covers want a. Could step in: Hub 3, Hub 4." in said(answer)
    assert "Only Hub 1 covers want b." in said(answer)


def test_names_the_lead_as_single_point():
    need = need_of("ab")
    answer = team(need, (1, "b"), lead=lead_of(need, "a"))
    assert [(point.want_id, point.hub_id) for point in answer.single_points_of_failure] == [("a", None), ("b", 1)]


def test_covers_twice_when_backups_are_asked_for():
    answer = team(need_of("ab"), (1, "ab"), (2, "a"), (3, "b"), (4, "ab", {"cost": 900}), backups=2)
    assert answer.hub_ids == (1, 4)
    assert answer.single_points_of_failure == ()


def test_says_when_there_are_too_few_backups():
    answer = team(need_of("ab"), (1, "ab"), (2, "a"), backups=2)
    assert (answer.status, answer.hub_ids) == ("optimal", (1, 2))
    assert "Only 1 hub can cover want b, 2 were asked for." in said(answer)


def test_keeps_to_the_country_rules():
    need = need_of("abc")
    rows = (
        (1, "abc", {"country": "DE"}),
        (2, "a", {"country": "DE"}),
        (3, "b", {"country": "FR"}),
        (4, "c", {"country": "ES"}),
    )
    assert team(need, *rows).hub_ids == (1,)
    assert len(team(need, *rows, min_countries=3).hub_ids) == 3
    assert team(need, *rows, min_countries=2, lead=lead_of(need, "", country="PL")).hub_ids == (1,)
    assert team(need, *rows, max_per_country=1, lead=lead_of(need, "a", country="DE")).hub_ids == (3, 4)


def test_required_hubs_are_in_and_excluded_ones_are_not():
    rows = ((1, "ab"), (2, "a"), (3, "b"), (4, ""))
    assert team(need_of("ab"), *rows, required=frozenset({4})).hub_ids == (1, 4)
    assert team(need_of("ab"), *rows, excluded=frozenset({1})).hub_ids == (2, 3)


def test_a_required_lead_is_in_anyway():
    need = need_of("ab")
    answer = team(need, (1, "a"), (2, "b"), lead=lead_of(need, "a", hub_id=1), required=frozenset({1}))
    assert answer.hub_ids == (2,)


def test_the_next_best_team_swaps_somebody():
    answer = team(need_of("ab"), (1, "ab", {"cost": 300}), (2, "ab", {"cost": 450}), (3, "a"), (4, "b"))
    assert answer.next_best is not None
    assert (answer.next_best.out, answer.next_best.into) == ((1,), (2,))
    assert [say(reason) for reason in answer.next_best.reasons] == [
        "Hub 2 instead of Hub 1.",
        "Costs 150 EUR more a day.",
    ]


def test_the_next_best_team_may_need_more_partners():
    answer = team(need_of("ab"), (1, "ab"), (3, "a"), (4, "b"))
    assert answer.next_best is not None
    assert answer.next_best.hub_ids == (3, 4)
    assert "Needs 1 more partner." in [say(reason) for reason in answer.next_best.reasons]


def test_there_is_no_next_best_without_a_substitute():
    assert team(need_of("ab"), (1, "a"), (2, "b")).next_best is None


def test_the_clock_may_run_out_before_the_proof():
    random = np.random.default_rng(3)
    need = need_of("abcdefghijklmnopqrstuvwxyz")
    rows = [(hub, "", {"cost": int(random.integers(100, 900))}) for hub in range(1, 3000)]
    market = market_of(need, *rows)
    strength = random.choice([0, 0.4, 0.8, 1], market.strength.shape, p=[0.9, 0.05, 0.04, 0.01]).astype(np.float32)
    market, limits = replace(market, strength=strength), Limits(max_partners=20)
    answer = best_team(need=need, market=market, limits=limits, time_limit_s=0.3)
    assert answer.status in ("feasible", "optimal")
    assert len(answer.hub_ids) > 0
    assert check_team(need=need, market=market, limits=limits, lead=None, answer=answer) == ()


def test_a_team_built_hub_by_hub_is_left_when_there_is_no_time_at_all():
    need = need_of("abcd")
    market = market_of(need, (1, "ab"), (2, "a"), (3, "b"), (4, "c"), (5, "d"), (6, "c", {"cost": 100}))
    answer = best_team(need=need, market=market, limits=Limits(), time_limit_s=0)
    assert (answer.status, answer.hub_ids) == ("feasible", (1, 5, 6))
    assert said(answer)[-1] == "Best team found in the time allowed. A smaller or cheaper one may exist."
    assert check_team(need=need, market=market, limits=Limits(), lead=None, answer=answer) == ()


def test_with_a_clock_the_time_counts_that_is_spent_outside_the_solver():
    need = need_of("abc")
    market = market_of(need, (1, "a"), (2, "b"), (3, "c"))
    ticks = iter(range(1000))
    answer = best_team(need=need, market=market, limits=Limits(), time_limit_s=1, now=lambda: float(next(ticks)))
    assert (answer.status, answer.hub_ids) == ("feasible", (1, 2, 3))
    assert check_team(need=need, market=market, limits=Limits(), lead=None, answer=answer) == ()


def test_a_part_of_a_team_found_in_no_time_says_what_it_misses():
    need = need_of("ab")
    market = market_of(need, (1, "a"), (2, "b"))
    answer = best_team(need=need, market=market, limits=Limits(max_partners=1), time_limit_s=0)
    assert (answer.status, answer.hub_ids, answer.missed) == ("feasible", (1,), ("b",))
    assert check_team(need=need, market=market, limits=Limits(max_partners=1), lead=None, answer=answer) == ()


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"goals": ("number", "coverage")}, "must start with 'coverage'"),
        ({"goals": ("coverage", "beauty")}, "beauty"),
        ({"goals": ("coverage", "cost", "cost")}, "repeat"),
        ({"goals": ()}, "goals"),
        ({"required": frozenset({99})}, "Limits.required names hub 99"),
    ],
)
def test_refuses_what_makes_no_sense(options, field):
    with pytest.raises(BadProblem, match=field):
        team(need_of("a"), (1, "a"), **options)


def test_evaluates_any_set_picked_by_hand():
    need = need_of("ab", "c")
    market = market_of(need, (1, "a", {"cost": 300}), (2, "bc"), (3, "A", {"country": "FR"}), (4, "b"))
    effect = evaluate_team([3, 1], need=need, market=market, limits=Limits(max_partners=1))
    assert effect.covered_by == {"a": (3, 1), "b": (), "c": ()}
    assert (effect.n_covered, effect.n_must, effect.gaps, effect.extras_missing) == (1, 2, ("b",), ("c",))
    assert (effect.cost_eur, effect.countries) == (800, ("FR",))
    assert [say(reason) for reason in effect.breaks] == ["2 partners, the limit is 1."]


def test_evaluates_the_empty_set():
    need = need_of("ab")
    market = market_of(need, (1, "a"))
    effect = evaluate_team([], need=need, market=market, limits=Limits(), lead=lead_of(need, "a"))
    assert (effect.gaps, effect.members, effect.covered_by["a"]) == (("b",), (), (None,))


def test_evaluating_says_every_broken_limit():
    need = need_of("ab")
    market = market_of(need, (1, "a", {"country": "DE", "speaks": "fi"}), (2, "b", {"country": "DE"}), (3, "ab"))
    limits = Limits(
        max_partners=1,
        budget_eur=600,
        max_per_country=1,
        min_countries=2,
        excluded=frozenset({2}),
        required=frozenset({3}),
        languages=frozenset({"en"}),
    )
    effect = evaluate_team([1, 2], need=need, market=market, limits=limits)
    assert [say(reason) for reason in effect.breaks] == [
        "2 partners, the limit is 1.",
        "1000 EUR a day, the limit is 600 EUR.",
        "2 hubs from DE, the limit is 1.",
        "1 country, 2 are asked for.",
        "Hub 1 speaks none of English.",
        "Hub 2 was left out on purpose.",
        "Hub 3 must be in the team.",
    ]


def test_evaluating_refuses_a_hub_that_is_not_there():
    need = need_of("a")
    with pytest.raises(BadProblem, match="hub 9"):
        evaluate_team([9], need=need, market=market_of(need, (1, "a")), limits=Limits())


def test_a_want_may_ask_for_more_backups_and_stronger_evidence_than_others():
    market = market_of(need_of("ab"), (1, "aB"), (2, "a"), (3, "b"), (4, "b"))
    wants = (Want(id="a", label="a", backups=2), Want(id="b", label="b", min_strength=0.9))
    answer = best_team(need=Need(wants=wants), market=market, limits=Limits())
    assert answer.hub_ids == (1, 2)
    weak = best_team(need=Need(wants=wants), market=market, limits=Limits(excluded=frozenset({1})))
    assert (weak.status, weak.conflicts, weak.missed) == ("infeasible", ("excluded",), ("b",))


@pytest.mark.parametrize(("most", "best"), [(None, (1,)), (1, (1,)), (0, (2, 3))])
def test_takes_only_so_many_partners_that_may_not_be_paid_directly(most, best):
    answer = team(need_of("ab"), (1, "ab", {"paid": False}), (2, "a"), (3, "b"), max_unpaid=most)
    assert answer.hub_ids == best


def test_says_of_a_picked_team_that_too_many_may_not_be_paid_directly():
    market = market_of(need_of("ab"), (1, "a", {"paid": False}), (2, "b", {"paid": False}))
    effect = evaluate_team((1, 2), need=need_of("ab"), market=market, limits=Limits(max_unpaid=1))
    assert [say(reason) for reason in effect.breaks] == ["2 partners may not be paid directly, the limit is 1."]
