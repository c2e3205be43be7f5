"""When each must-have is to be led by one hub, within its room."""

from dataclasses import replace

import numpy as np
import pytest

from engine.markets import lead_of, market_of, need_of
from hansa.engine.consortium import DEFAULT_GOALS, best_team, evaluate_team
from hansa.engine.explain import say
from hansa.engine.problem import Limits
from hansa.engine.verify import check_team


def team(need, *rows, lead=None, goals=DEFAULT_GOALS, **limits):
    market, bounds = market_of(need, *rows), Limits(**limits)
    answer = best_team(need=need, market=market, limits=bounds, lead=lead, goals=goals)
    assert check_team(need=need, market=market, limits=bounds, lead=lead, answer=answer) == ()
    return answer


def said(answer):
    return [say(reason) for reason in answer.reasons]


def test_the_lead_leads_what_it_covers_and_then_the_strongest():
    need = need_of("abc")
    answer = team(need, (1, "bc?"), (2, "Cb?"), lead=lead_of(need, "a"), backups=2, max_partners=2)
    assert answer.leads == (("a", None), ("b", 1), ("c", 2))


def test_a_nice_to_have_needs_nobody_to_lead_it():
    assert team(need_of("a", "b"), (1, "ab", {"leads": 1})).leads == (("a", 1),)


def test_a_hub_without_room_for_all_it_covers_gets_another_beside_it():
    answer = team(need_of("abc"), (1, "abc", {"leads": 2}), (2, "a", {"cost": 900}), (3, "b"))
    assert (answer.hub_ids, answer.leads) == ((1, 3), (("a", 1), ("b", 3), ("c", 1)))


def test_a_hub_without_any_room_may_still_be_the_backup():
    answer = team(need_of("a"), (1, "a", {"leads": 0, "cost": 1}), (2, "a"), (3, "a", {"cost": 900}), backups=2)
    assert (answer.hub_ids, answer.leads) == ((1, 2), (("a", 2),))


def test_no_partner_leads_more_than_the_limit():
    rows = ((1, "abcd"), (2, "ab"), (3, "cd"))
    assert team(need_of("abcd"), *rows).hub_ids == (1,)
    answer = team(need_of("abcd"), *rows, max_led=2)
    assert len(answer.hub_ids) == 2
    assert max(list(dict(answer.leads).values()).count(hub) for hub in answer.hub_ids) == 2


def test_a_lead_short_of_room_needs_a_partner_for_what_it_covers_itself():
    need = need_of("ab")
    lead = replace(lead_of(need, "ab"), capacity=1)
    answer = team(need, (1, "b"), lead=lead)
    assert (answer.status, answer.hub_ids, answer.leads) == ("optimal", (1,), (("a", None), ("b", 1)))
    assert team(need, lead=replace(lead, capacity=2)).status == "nothing_to_cover"


def test_too_little_room_is_named_as_what_stands_in_the_way():
    answer = team(need_of("abc"), (1, "abc", {"leads": 1}), (2, "ab", {"leads": 1}))
    assert (answer.status, answer.conflicts) == ("infeasible", ("capacity",))
    assert (answer.gaps, len(answer.missed)) == ((), 1)
    assert "Without the limit on must-haves a hub can lead a team covers everything." in said(answer)
    assert any(sentence.startswith("Nobody in the team has room to lead want") for sentence in said(answer))


def test_a_hand_picked_team_says_what_nobody_can_lead():
    need = need_of("ab")
    market = market_of(need, (1, "ab", {"leads": 1}))
    effect = evaluate_team([1], need=need, market=market, limits=Limits())
    assert (effect.n_covered, effect.gaps, effect.unled) == (1, (), ("b",))
    assert [say(reason) for reason in effect.breaks] == ["Nobody in the team has room to lead want b."]


def test_room_is_made_by_moving_what_others_lead():
    need = need_of("abc")
    market = market_of(need, (1, "Ab", {"leads": 1}), (2, "ac", {"leads": 1}), (3, "c?", {"leads": 1}))
    effect = evaluate_team([1, 2, 3], need=need, market=market, limits=Limits())
    assert effect.leads == (("a", 2), ("b", 1), ("c", 3))


def test_the_load_is_shared_out_as_evenly_as_the_goals_before_it_allow():
    rows = ((1, "abcd", {"cost": 100}), (2, "ab", {"cost": 200}), (3, "a", {"cost": 10}))
    fair = team(need_of("abcd"), *rows, goals=("coverage", "load", "number", "cost"))
    assert (fair.hub_ids, fair.goals[1].value) == ((1, 2), 2)
    assert "No partner leads more than 2 must-haves." in said(fair)
    cheap = team(need_of("abcd"), *rows, goals=("coverage", "cost", "load"))
    assert (cheap.hub_ids, cheap.goals[2].value) == ((1,), 4)


def test_hubs_that_worked_together_come_first_at_equal_number():
    rows = ((1, "a", {"cost": 9}), (2, "b", {"cost": 9}), (3, "a", {"with": (4,)}), (4, "b"))
    goals = ("coverage", "number", "together", "cost")
    answer = team(need_of("ab"), *rows, goals=goals)
    assert (answer.hub_ids, answer.goals[2].value) == ((3, 4), 1)
    assert "1 pair of the team has worked together." in said(answer)
    assert team(need_of("ab"), *rows).hub_ids == (1, 2)


def test_having_worked_with_the_lead_counts_as_well():
    need = need_of("a")
    rows = ((1, "a", {"cost": 9}), (3, "a", {"with": (7,)}))
    answer = team(need, *rows, lead=lead_of(need, "", hub_id=7), goals=("coverage", "number", "together", "cost"))
    assert answer.hub_ids == (3,)


def test_a_pair_is_worth_another_partner_only_where_it_comes_before_their_number():
    rows = ((1, "ab"), (2, "b", {"with": (3,)}), (3, "a"))
    assert team(need_of("ab"), *rows, goals=("coverage", "number", "together")).hub_ids == (1,)
    assert set(team(need_of("ab"), *rows, goals=("coverage", "together", "number")).hub_ids) == {2, 3}


def planted(**changes):
    need = need_of("abc")
    market = market_of(need, (1, "ab", {"leads": 1, "with": (2,)}), (2, "bc", {"leads": 2}), (3, "c"))
    asked = {"need": need, "market": market, "limits": Limits(), "lead": None}
    answer = best_team(**asked, goals=("coverage", "number", "together", "load"))
    assert check_team(**asked, answer=answer) == ()
    assert answer.leads == (("a", 1), ("b", 2), ("c", 2))
    goals = tuple(
        replace(goal, value=changes[goal.name], bound=changes[goal.name]) if goal.name in changes else goal
        for goal in answer.goals
    )
    fields = {name: value for name, value in changes.items() if name == "leads"}
    return check_team(**asked, answer=replace(answer, goals=goals, **fields))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"leads": (("a", 1), ("b", 1), ("c", 2))}, "hub 1 leads 2 must-haves, it has room for 1"),
        ({"leads": (("a", 1), ("b", 2))}, "2 must-haves are led, 3 can be"),
        ({"leads": (("a", 1), ("b", 2), ("c", 3))}, "c is led by hub 3, which does not cover it in the team"),
        ({"leads": (("a", 2), ("b", 2), ("c", 2))}, "a is led by hub 2, which does not cover it"),
        ({"leads": (("a", None), ("b", 2), ("c", 2))}, "a is led by the lead, which does not cover it"),
        ({"leads": (("a", 1), ("a", 1), ("b", 2), ("c", 2))}, "a is led 2 times"),
        ({"leads": (("a", 1), ("b", 2), ("z", 2))}, "z is led, but is no must-have"),
        ({"together": 2.0}, "together is 1.000, the answer says 2.000"),
        ({"load": 1.0}, "load is 2.000, the answer says 1.000"),
    ],
)
def test_the_check_finds_a_planted_fault(changes, said):
    assert any(said in problem for problem in planted(**changes))


def test_the_check_finds_a_load_that_could_be_shared_out():
    need = need_of("ab")
    asked = {"need": need, "market": market_of(need, (1, "ab"), (2, "ab")), "limits": Limits(backups=2), "lead": None}
    answer = best_team(**asked, goals=("coverage", "load"))
    goals = tuple(replace(goal, value=2.0, bound=2.0) if goal.name == "load" else goal for goal in answer.goals)
    found = check_team(**asked, answer=replace(answer, goals=goals, leads=(("a", 1), ("b", 1))))
    assert "one partner leads 2 must-haves, 1 would be enough" in found


def second_opinion(need, market, limits):
    """The cheapest team by HiGHS, on a model of its own: hubs, and who of them leads what."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    n, wants = market.strength.shape
    covers = market.strength >= limits.min_strength
    speaks = np.array([bool(spoken & limits.languages) for spoken in market.languages])
    leads = np.arange(n * wants).reshape(n, wants) + n
    size = n + n * wants
    rows, least, most = [], [], []

    def rule(low, high, *terms):
        row = np.zeros(size)
        for places, weight in terms:
            row[places] += weight
        rows.append(row)
        least.append(low)
        most.append(high)

    for column, want in enumerate(need.wants):
        holders = np.flatnonzero(covers[:, column])
        rule(min(want.backups or 1, len(holders)), np.inf, (holders, 1))
        rule(1, 1, (leads[:, column], 1))
    for hub in range(n):
        rule(-np.inf, 0, (leads[hub], 1), (hub, -market.capacity[hub]))
    rule(0, limits.max_partners, (np.arange(n), 1))
    top = np.concatenate([speaks, np.zeros(n * wants)])
    top[n:] = (covers & speaks[:, None]).ravel()
    cost = np.concatenate([market.cost_eur, np.zeros(n * wants)])
    answer = milp(cost, constraints=LinearConstraint(np.array(rows), least, most), bounds=Bounds(0, top), integrality=1)
    return None if answer.status == 2 else round(answer.fun)


@pytest.mark.parametrize("seed", range(6))
def test_two_solvers_agree_on_a_hundred_hubs(seed):
    numbers = np.random.default_rng(seed)
    need = need_of("abcdefghij")
    need = replace(need, wants=tuple(replace(want, backups=1 + (want.id < "d")) for want in need.wants))
    rows = [
        (
            hub,
            "".join(numbers.choice(list("abcdefghij"), size=numbers.integers(1, 5), replace=False)),
            {
                "cost": int(numbers.integers(20, 71)),
                "leads": int(numbers.integers(0, 3)),
                "speaks": str(numbers.choice(["en", "de", "fr en"])),
            },
        )
        for hub in range(1, 101)
    ]
    market, limits = market_of(need, *rows), Limits(max_partners=7, languages=frozenset({"en"}))
    answer = best_team(need=need, market=market, limits=limits, goals=("coverage", "cost", "load"))
    assert check_team(need=need, market=market, limits=limits, lead=None, answer=answer) == ()
    assert answer.status == "optimal"
    assert answer.goals[1].value == second_opinion(need, market, limits)
