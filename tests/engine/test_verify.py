"""When an answer is checked before anyone sees it."""

from dataclasses import replace

import pytest

from engine.markets import lead_of, market_of, need_of
from hansa.engine.consortium import best_team
from hansa.engine.problem import Limits
from hansa.engine.verify import check_team

NEED = need_of("abc", "d")
MARKET = market_of(
    NEED,
    (1, "ab", {"cost": 300, "country": "DE"}),
    (2, "c", {"cost": 300, "country": "FR"}),
    (3, "bcd", {"cost": 400, "country": "FR", "speaks": "fr", "paid": False}),
    (4, "", {"cost": 10}),
    (5, "a", {"cost": 900}),
)
LIMITS = Limits(max_partners=3)
ANSWER = best_team(need=NEED, market=MARKET, limits=LIMITS)


def problems(answer=ANSWER, *, limits=LIMITS, market=MARKET, need=NEED, lead=None):
    return check_team(need=need, market=market, limits=limits, lead=lead, answer=answer)


def test_finds_nothing_wrong_with_a_right_answer():
    assert ANSWER.hub_ids == (1, 3)
    assert problems() == ()


def with_goal(name, **changes):
    goals = tuple(replace(goal, **changes) if goal.name == name else goal for goal in ANSWER.goals)
    return replace(ANSWER, goals=goals)


def with_member(**changes):
    return replace(ANSWER, members=(replace(ANSWER.members[0], **changes), *ANSWER.members[1:]))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replace(ANSWER, members=ANSWER.members[:1]), "gaps are"),
        (replace(ANSWER, members=ANSWER.members * 2), "twice"),
        (with_member(hub_id=99), "not in the market"),
        (with_member(hub_id=4), "covers nothing"),
        (with_member(covers=()), "says otherwise"),
        (with_member(only_member_for=()), "alone covers"),
        (with_member(contribution=0.9), "contributes"),
        (replace(ANSWER, gaps=("a",)), "nobody covers"),
        (replace(ANSWER, extras_missing=("d",)), "nice-to-haves missing"),
        (replace(ANSWER, single_points_of_failure=()), "single points are"),
        (with_goal("cost", value=600.0, bound=600.0), "cost is 700.000"),
        (with_goal("number", value=1.0, bound=1.0), "number is 2.000"),
        (with_goal("cost", bound=900.0), "better than its bound"),
        (with_goal("cost", bound=600.0), "called proven"),
        (with_goal("cost", proven=False), "a goal is not proven"),
        (replace(ANSWER, status="nothing_to_cover"), "something to cover"),
        (replace(ANSWER, next_best=replace(ANSWER.next_best, hub_ids=(1, 3))), "swaps nobody"),
        (replace(ANSWER, next_best=replace(ANSWER.next_best, hub_ids=(99,))), "not in the market"),
        (replace(ANSWER, next_best=replace(ANSWER.next_best, hub_ids=(1,))), "next best: c is covered 0 times"),
    ],
)
def test_finds_a_planted_fault(answer, said):
    assert any(said in problem for problem in problems(answer))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(max_partners=1), "the limit is 1"),
        (Limits(budget_eur=500), "over the budget"),
        (Limits(required=frozenset({2})), "required hub 2"),
        (Limits(excluded=frozenset({3})), "excluded hub 3"),
        (Limits(languages=frozenset({"en"})), "hub 3 speaks none"),
        (Limits(min_countries=3), "3 are asked for"),
        (Limits(backups=2), "are asked for"),
        (Limits(max_unpaid=0), "1 partners may not be paid directly, the limit is 0"),
    ],
)
def test_finds_a_broken_limit(limits, said):
    assert any(said in problem for problem in problems(limits=limits))


def test_finds_too_many_from_one_country():
    limits = Limits(max_per_country=1)
    assert problems(limits=limits) == ()
    assert any("one country" in problem for problem in problems(limits=limits, lead=lead_of(NEED, "", country="DE")))


def test_finds_a_number_of_partners_no_team_can_reach():
    need = need_of("ab")
    market = market_of(need, (1, "a"), (2, "b"))
    right = best_team(need=need, market=market, limits=Limits())
    wrong = replace(right, members=right.members[:1])
    goals = tuple(replace(goal, value=1.0, bound=1.0) if goal.name == "number" else goal for goal in right.goals)
    found = check_team(need=need, market=market, limits=Limits(), lead=None, answer=replace(wrong, goals=goals))
    assert any("at least 2 are needed" in problem for problem in found)


def test_never_raises():
    assert problems(None)[0].startswith("the check failed")
