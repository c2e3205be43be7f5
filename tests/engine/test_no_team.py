"""When no team can do it. Source: BP-JD-10."""

from engine.markets import lead_of, market_of, need_of
from hansa.engine.consortium import best_team
from hansa.engine.explain import say
from hansa.engine.problem import Limits
from hansa.engine.verify import check_team


def refusal(need, *rows, lead=None, **limits):
    market, bounds = market_of(need, *rows), Limits(**limits)
    answer = best_team(need=need, market=market, limits=bounds, lead=lead)
    assert answer.status == "infeasible"
    assert check_team(need=need, market=market, limits=bounds, lead=lead, answer=answer) == ()
    return answer


def said(answer):
    return [say(reason) for reason in answer.reasons]


def test_names_the_language_that_is_missing_and_what_relaxing_it_gives():
    rows = ((1, "a", {"speaks": "it"}), (2, "b"), (3, "b"), (4, "ab", {"speaks": "fr"}))
    answer = refusal(need_of("ab"), *rows, languages=frozenset({"it"}))
    assert answer.conflicts == ("languages",)
    assert "No hub covers want b in Italian. Without the language rule 3 hubs do." in said(answer)


def test_still_gives_the_team_that_covers_most():
    answer = refusal(need_of("abc"), (1, "a", {"speaks": "it"}), (2, "bc"), languages=frozenset({"it"}))
    assert (answer.hub_ids, answer.missed, answer.gaps) == ((1,), ("b", "c"), ())
    assert "Covers 1 of 3 must-haves." in said(answer)


def test_says_how_many_partners_are_needed():
    answer = refusal(need_of("abc"), (1, "a"), (2, "b"), (3, "c"), max_partners=2)
    assert answer.conflicts == ("max_partners",)
    assert "3 partners are needed, the limit is 2." in said(answer)
    assert len(answer.hub_ids) == 2


def test_says_what_a_full_team_costs():
    answer = refusal(need_of("ab"), (1, "a", {"cost": 300}), (2, "b", {"cost": 450}), budget_eur=500)
    assert answer.conflicts == ("budget_eur",)
    assert "The cheapest team that covers everything costs 750 EUR a day, the limit is 500 EUR." in said(answer)


def test_says_that_only_a_hub_left_out_covers_it():
    answer = refusal(need_of("ab"), (1, "ab"), (2, "b"), excluded=frozenset({1}))
    assert answer.conflicts == ("excluded",)
    assert "Only the hub you left out covers want a: Hub 1." in said(answer)


def test_says_how_many_of_one_country_are_needed():
    answer = refusal(need_of("ab"), (1, "a", {"country": "DE"}), (2, "b", {"country": "DE"}), max_per_country=1)
    assert answer.conflicts == ("max_per_country",)
    assert "2 hubs from one country are needed, the limit is 1." in said(answer)


def test_says_how_many_countries_are_possible():
    rows = ((1, "a", {"country": "DE"}), (2, "b", {"country": "FR"}))
    answer = refusal(need_of("ab"), *rows, min_countries=3)
    assert answer.conflicts == ("min_countries",)
    assert "A team that covers everything spans at most 2 countries, 3 are asked for." in said(answer)
    assert "No team meets these limits, even with gaps." in said(answer)
    assert answer.hub_ids == ()


def test_names_only_the_limits_that_stand_in_the_way_together():
    rows = ((1, "ab", {"cost": 900}), (2, "a", {"cost": 200}), (3, "b", {"cost": 200}))
    answer = refusal(need_of("ab"), *rows, max_partners=1, budget_eur=500, max_per_country=4, excluded=frozenset({77}))
    assert answer.conflicts == ("max_partners", "budget_eur")
    assert said(answer)[:3] == [
        "No team covers everything within these limits together: number of partners, budget.",
        "2 partners are needed, the limit is 1.",
        "The cheapest team that covers everything costs 900 EUR a day, the limit is 500 EUR.",
    ]


def test_names_hubs_that_must_be_in():
    rows = ((1, "ab"), (2, "a"), (3, "a"))
    answer = refusal(need_of("ab"), *rows, required=frozenset({2, 3}), max_partners=2)
    assert set(answer.conflicts) == {"required", "max_partners"}
    assert "3 partners are needed, the limit is 2." in said(answer)
    assert "Without the limit on hubs that must be in a team covers everything." in said(answer)


def test_the_lead_counts_for_its_country():
    need = need_of("ab")
    rows = ((1, "a", {"country": "DE"}), (2, "b", {"country": "DE"}))
    answer = refusal(need, *rows, lead=lead_of(need, "", country="DE"), max_per_country=2)
    assert answer.conflicts == ("max_per_country",)


def test_no_partner_at_all_is_allowed():
    answer = refusal(need_of("a"), (1, "a"), max_partners=0)
    assert (answer.hub_ids, answer.missed) == ((), ("a",))
    assert "1 partner is needed, the limit is 0." in said(answer)


def test_two_walls_stay_when_one_falls():
    rows = ((1, "a", {"speaks": "fi"}), (2, "b", {"cost": 900}))
    answer = refusal(need_of("ab"), *rows, languages=frozenset({"en"}), budget_eur=100)
    assert answer.conflicts == ("languages",)
    assert said(answer)[:2] == [
        "No hub covers want a in English. Without the language rule 1 hub does.",
        "Lifting the limit on languages alone is not enough.",
    ]


def test_says_how_many_partners_that_may_not_be_paid_directly_are_needed():
    rows = ((1, "a", {"paid": False}), (2, "b", {"paid": False}), (3, "b"))
    answer = refusal(need_of("ab"), *rows, max_unpaid=0)
    assert answer.conflicts == ("max_unpaid",)
    assert "1 partner that may not be paid directly is needed, the limit is 0." in said(answer)
    assert (answer.hub_ids, answer.missed) == ((3,), ("a",))
