"""When other teams are asked for that really differ."""

from dataclasses import replace

import pytest

from engine.markets import market_of, need_of
from hansa.engine.consortium import best_team
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem, Limits
from hansa.engine.verify import check_team

NEED = need_of("abc")
MARKET = market_of(
    NEED,
    *(
        (10 * number + place, "abc"[place], {"cost": 100 * number + place})
        for number in (1, 2, 3)
        for place in range(3)
    ),
)


def answer_of(n=3, market=MARKET, differ_by=0.5, **limits):
    asked = {"need": NEED, "market": market, "limits": Limits(**limits), "lead": None}
    answer = best_team(**asked, n_alternatives=n, differ_by=differ_by)
    assert check_team(**asked, answer=answer, differ_by=differ_by) == ()
    return answer


def teams_of(answer):
    return [answer.hub_ids, *(other.hub_ids for other in answer.alternatives)]


def test_each_differs_from_all_others_by_the_share_asked_for():
    teams = teams_of(answer_of())
    assert teams[0] == (10, 11, 12)
    assert len(teams) == 4
    assert all(len(set(one) - set(other)) >= 2 for one in teams for other in teams if one != other)


def test_they_come_best_first_and_say_what_they_cost_more():
    others = answer_of(differ_by=1).alternatives
    assert [other.hub_ids for other in others] == [(20, 21, 22), (30, 31, 32)]
    assert [say(reason) for reason in others[0].reasons] == [
        "Hub 20, Hub 21, Hub 22 instead of Hub 10, Hub 11, Hub 12.",
        "Costs 300 EUR more a day.",
    ]
    assert all(other.proven for other in others)


def test_a_small_share_lets_more_partners_stay():
    (other,) = answer_of(1, differ_by=0.2).alternatives
    assert (len(other.out), len(other.into)) == (1, 1)


def test_required_hubs_are_in_all_of_them():
    teams = teams_of(answer_of(required=frozenset({10})))
    assert len(teams) == 4
    assert all(10 in team for team in teams)


def test_there_are_as_many_as_can_be_found():
    assert answer_of(max_partners=2).alternatives == ()
    assert len(answer_of(3, differ_by=1, excluded=frozenset({30})).alternatives) == 1
    assert answer_of(0).alternatives == ()


def test_they_keep_to_the_room_of_their_hubs():
    need = need_of("ab")
    market = market_of(need, (1, "ab"), (2, "ab", {"leads": 1}), (3, "a"), (4, "b", {"cost": 900}))
    answer = best_team(need=need, market=market, limits=Limits(), n_alternatives=1)
    assert (answer.hub_ids, answer.alternatives[0].hub_ids) == ((1,), (2, 3))
    fewer = [say(reason) for reason in answer.alternatives[0].reasons]
    assert "Needs 1 more partner." in fewer


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"n_alternatives": 4}, "n_alternatives must lie between 0 and 3"),
        ({"n_alternatives": -1}, "n_alternatives"),
        ({"differ_by": 0}, "differ_by must be more than 0"),
        ({"differ_by": 1.1}, "differ_by"),
        ({"differ_by": float("nan")}, "differ_by"),
        ({"time_limit_s": float("nan")}, "time_limit_s must be 0 or more"),
        ({"time_limit_s": -1}, "time_limit_s"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(options, field):
    with pytest.raises(BadProblem, match=field):
        best_team(need=NEED, market=MARKET, limits=Limits(), **options)


@pytest.mark.parametrize(
    ("hub_ids", "said"),
    [
        ((10, 11, 22), "alternative 1 shares too many partners with a team before it"),
        ((20, 21), "alternative 1: c is covered 0 times"),
        ((20, 21, 99), "the alternative 1 team holds a hub that is not in the market"),
        ((30, 31, 32), "alternative 2 is better in cost"),
    ],
)
def test_the_check_finds_a_planted_fault(hub_ids, said):
    answer = answer_of(2)
    first = replace(answer.alternatives[0], hub_ids=hub_ids)
    wrong = replace(answer, alternatives=(first, answer.alternatives[1]))
    found = check_team(need=NEED, market=MARKET, limits=Limits(), lead=None, answer=wrong)
    assert any(said in problem for problem in found)
