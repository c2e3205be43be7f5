"""When grants, assessors or a sample are asked for."""

import hashlib
from dataclasses import replace

import pytest

from hansa.engine.allocation import (
    Application,
    Assessed,
    Assessor,
    AssessorRules,
    Candidate,
    Draw,
    GrantRules,
    assign_assessors,
    choose_grants,
    conflicts_between,
    draw_sample,
)
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem
from hansa.engine.verify import check_assessors, check_grants, check_sample

APPLICATIONS = (
    Application(id="a", hub="Isar", country="DE", amount_eur=40_000, value=8),
    Application(id="b", hub="Isar", country="DE", amount_eur=20_000, value=5),
    Application(id="c", hub="Brno", country="CZ", amount_eur=30_000, value=6, groups=frozenset({"new"})),
    Application(id="d", hub="Olt", country="RO", amount_eur=90_000, value=9),
)
RULES = GrantRules(budget_eur=70_000, max_per_hub=1)
GRANTS = choose_grants(APPLICATIONS, rules=RULES)
HUBS = (
    Assessed(id="Isar", country="DE", languages=frozenset({"de", "en"}), expertise=frozenset({"robots"})),
    Assessed(id="Brno", country="CZ", languages=frozenset({"en"}), n_assessors=1),
)
ASSESSORS = (
    Assessor(id="ana", country="ES", languages=frozenset({"en"}), expertise=frozenset({"robots"})),
    Assessor(id="ben", country="BE", languages=frozenset({"en", "fr"})),
    Assessor(id="cat", country="PT", languages=frozenset({"en"})),
)
ASSIGNED = assign_assessors(HUBS, ASSESSORS)
CANDIDATES = tuple(Candidate(id=f"hub-{n}", stratum="north" if n % 3 else "south") for n in range(9))
DRAW = Draw(size=4, seed="Lottery of 1 May: 7 12 33", min_per_stratum=1)
SAMPLE = draw_sample(CANDIDATES, draw=DRAW)


def test_grants_the_most_points_the_rules_allow():
    assert (GRANTS.funded, GRANTS.value, GRANTS.bound, GRANTS.spent_eur) == (("a", "c"), 14.0, 14.0, 70_000)
    assert GRANTS.status == "optimal"


def test_says_of_each_refusal_why_and_what_would_change_it():
    said = {refused.id: [say(reason) for reason in refused.reasons] for refused in GRANTS.unfunded}
    assert said["b"] == [
        "Asks for 20000 EUR, beside the grants only 0 EUR are left.",
        "Isar has its 1 grant already.",
        "With 3 more points it would be granted instead of a.",
    ]
    assert said["d"] == [
        "Asks for 90000 EUR, the whole budget is 70000 EUR.",
        "No number of points is enough, the rules do not allow it.",
        "With 90000 EUR more in the budget it would be granted as well.",
    ]


def test_keeps_a_share_for_a_group():
    rules = replace(RULES, max_per_hub=None, min_shares={"new": 0.5})
    answer = choose_grants(APPLICATIONS, rules=rules)
    assert answer.funded == ("b", "c")


def test_grants_nothing_out_of_nothing():
    assert choose_grants((), rules=RULES).funded == ()
    assert choose_grants(APPLICATIONS, rules=GrantRules(budget_eur=0)).funded == ()


def test_gives_every_hub_its_assessors_and_shares_the_load():
    assert ASSIGNED.status == "optimal"
    assert sorted(ASSIGNED.loads.values()) == [1, 1, 1]
    assert "ana" in ASSIGNED.teams[0].assessors
    assert say(ASSIGNED.teams[0].reasons[0]) == "ana knows robots."


def test_names_the_fewest_rules_and_the_hubs_that_stand_in_the_way():
    barred = tuple(replace(one, conflicts=frozenset({"Brno"})) for one in ASSESSORS)
    answer = assign_assessors(HUBS, barred)
    assert (answer.status, answer.blocking_rules, answer.blocked_hubs) == ("infeasible", ("stated",), ("Brno",))
    assert [team.missing for team in answer.teams] == [0, 1]
    assert [say(reason) for reason in answer.reasons[2:]] == [
        "Not every place can be filled. These rules stand in the way: stated conflicts.",
        "Brno cannot have its assessors.",
        "Without the rule on stated conflicts every place can be filled.",
    ]


def test_says_when_there_are_too_few_whatever_the_rules():
    answer = assign_assessors(HUBS, ASSESSORS[:1])
    assert answer.blocking_rules == ()
    assert "assessors_too_few" in {reason.code for reason in answer.reasons}


def test_says_every_conflict_between_two():
    one = Assessor(
        id="eva", country="DE", networks=frozenset({"n"}), cooperated=frozenset({"Isar"}), conflicts=frozenset({"Isar"})
    )
    found = conflicts_between(replace(HUBS[0], networks=frozenset({"n"})), one)
    assert [name for name, _ in found] == ["country", "network", "cooperation", "stated", "languages"]
    lifted = AssessorRules(lifted=frozenset({"country", "languages"}))
    assert [name for name, _ in conflicts_between(HUBS[0], one, rules=lifted)] == ["cooperation", "stated"]


def test_draws_what_anybody_can_draw_again():
    def mark(one):
        return hashlib.sha256(f"Lottery of 1 May: 7 12 33\nsouth\n{one}".encode()).hexdigest()

    south = sorted(("hub-0", "hub-3", "hub-6"), key=mark)
    assert SAMPLE.by_stratum["south"] == tuple(south[: SAMPLE.sizes["south"][1]])
    assert SAMPLE.sizes == {"north": (6, 3), "south": (3, 1)}


def test_other_words_draw_others():
    drawn = {draw_sample(CANDIDATES, draw=replace(DRAW, seed=str(n))).drawn for n in range(20)}
    assert len(drawn) > 10


def test_the_check_sum_tells_another_list():
    assert SAMPLE.check_sum != draw_sample(CANDIDATES[1:], draw=DRAW).check_sum


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replace(GRANTS, funded=("a", "a")), "granted twice"),
        (replace(GRANTS, funded=("a", "zz")), "unknown"),
        (replace(GRANTS, funded=("a", "b")), "hub Isar has 2 grants"),
        (replace(GRANTS, funded=("a", "d")), "the budget is 70000.00"),
        (replace(GRANTS, value=20.0, bound=20.0), "the points are 14.000"),
        (replace(GRANTS, spent_eur=1.0), "the answer says 1.00"),
        (replace(GRANTS, bound=13.0), "better than its bound"),
        (replace(GRANTS, bound=15.0), "called proven"),
        (replace(GRANTS, status="feasible"), "do not agree"),
        (replace(GRANTS, unfunded=GRANTS.unfunded[:1]), "refusals"),
        (
            replace(GRANTS, funded=("b", "c"), value=11.0, bound=11.0, spent_eur=50_000, unfunded=()),
            "14.000 are possible",
        ),
    ],
)
def test_a_planted_fault_in_grants_is_found(answer, said):
    found = check_grants(applications=APPLICATIONS, rules=RULES, answer=answer)
    assert any(said in problem for problem in found), found


def with_team(number, **changes):
    teams = list(ASSIGNED.teams)
    teams[number] = replace(teams[number], **changes)
    return replace(ASSIGNED, teams=tuple(teams))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replace(ASSIGNED, teams=ASSIGNED.teams[:1]), "not those of the hubs"),
        (with_team(0, assessors=("ana", "ana")), "twice"),
        (with_team(0, assessors=("ben", "cat")), "nobody of Isar knows"),
        (with_team(1, assessors=(), missing=1), "places are called the most"),
        (with_team(1, missing=2), "are asked for"),
        (replace(ASSIGNED, loads={"ana": 9}), "the answer says 9"),
        (replace(ASSIGNED, goals=(replace(ASSIGNED.goals[1], value=2, bound=2),)), "most is 1"),
        (replace(ASSIGNED, goals=(replace(ASSIGNED.goals[0], bound=9),)), "called proven"),
        (replace(ASSIGNED, status="infeasible"), "the answer says infeasible"),
    ],
)
def test_a_planted_fault_in_an_assignment_is_found(answer, said):
    found = check_assessors(hubs=HUBS, assessors=ASSESSORS, rules=AssessorRules(), answer=answer)
    assert any(said in problem for problem in found), found


def test_a_planted_conflict_and_too_much_load_are_found():
    people = (replace(ASSESSORS[0], country="DE", max_load=0), *ASSESSORS[1:])
    found = check_assessors(hubs=HUBS, assessors=people, rules=AssessorRules(), answer=ASSIGNED)
    assert any("may not assess Isar: country" in problem for problem in found)
    assert any("ana assesses 1 hubs, 0 are allowed" in problem for problem in found)


def test_a_planted_fault_in_a_draw_is_found():
    others = [one.id for one in CANDIDATES if one.stratum == "north" and one.id not in SAMPLE.drawn]
    swapped = tuple(others[0] if one == SAMPLE.by_stratum["north"][0] else one for one in SAMPLE.drawn)
    assert "comes before" in check_sample(candidates=CANDIDATES, draw=DRAW, answer=replace(SAMPLE, drawn=swapped))[-1]
    south = ("hub-0", "hub-3", "hub-6", "hub-1")
    wrong = replace(SAMPLE, drawn=south, sizes={"south": (3, 3), "north": (6, 1)})
    assert any("is due to" in problem for problem in check_sample(candidates=CANDIDATES, draw=DRAW, answer=wrong))
    fewer = replace(SAMPLE, drawn=SAMPLE.drawn[:2])
    assert "are asked for" in check_sample(candidates=CANDIDATES, draw=DRAW, answer=fewer)[0]


def test_checks_never_raise():
    assert check_grants(applications=APPLICATIONS, rules=RULES, answer=None)[0].startswith("the check failed")


NAN = float("nan")


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Application(id="a", hub="h", amount_eur=NAN, value=1), "Application.amount_eur of a"),
        (lambda: Application(id="a", hub="h", amount_eur=-1, value=1), "Application.amount_eur of a"),
        (lambda: Application(id="a", hub="h", amount_eur=1, value=float("inf")), "Application.value of a"),
        (lambda: Application(id="a", hub="h", amount_eur="1", value=1), "Application.amount_eur of a"),
        (lambda: Application(id="a", hub="", amount_eur=1, value=1), "Application.hub of a"),
        (lambda: GrantRules(budget_eur=NAN), "GrantRules.budget_eur"),
        (lambda: GrantRules(budget_eur=1, max_per_hub=-1), "GrantRules.max_per_hub"),
        (lambda: GrantRules(budget_eur=1, max_per_country=1.5), "GrantRules.max_per_country"),
        (lambda: GrantRules(budget_eur=1, min_shares={"new": 1.2}), "GrantRules.min_shares of new"),
        (lambda: choose_grants(APPLICATIONS * 2, rules=RULES), "Application.id a occurs twice"),
        (lambda: choose_grants(APPLICATIONS, rules=replace(RULES, min_shares={"x": 0.1})), "GrantRules.min_shares"),
        (lambda: Assessor(id="a", max_load=-1), "Assessor.max_load of a"),
        (lambda: Assessed(id="h", n_assessors=0), "Assessed.n_assessors of h"),
        (lambda: AssessorRules(lifted=frozenset({"colour"})), "AssessorRules.lifted"),
        (lambda: assign_assessors(HUBS * 2, ASSESSORS), "Assessed.id Isar occurs twice"),
        (lambda: assign_assessors(HUBS, ASSESSORS * 2), "Assessor.id ana occurs twice"),
        (lambda: Draw(size=-1, seed="x"), "Draw.size"),
        (lambda: Draw(size=True, seed="x"), "Draw.size"),
        (lambda: Draw(size=1, seed=" "), "Draw.seed"),
        (lambda: draw_sample(CANDIDATES, draw=replace(DRAW, size=99)), "Draw.size"),
        (lambda: draw_sample(CANDIDATES, draw=replace(DRAW, size=1)), "Draw.size must be 2 or more"),
        (lambda: draw_sample(CANDIDATES * 2, draw=DRAW), "Candidate.id hub-0 occurs twice"),
    ],
)
def test_refuses_nonsense_and_names_the_field(make, field):
    with pytest.raises(BadProblem, match=field):
        make()
