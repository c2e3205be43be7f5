"""When things of several kinds are ranked in one list."""

from dataclasses import replace

import numpy as np
import pytest

from engine.markets import NAN, lead_of, market_of, need_of
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem, LeadCover
from hansa.engine.ranking import KINDS, Rules, Traits, Weights, rank

NEED = need_of("ab", languages="es en")


def ranking(*rows, need=NEED, kinds=None, conflicts=None, has_place=False, **options):
    traits = Traits(kinds=kinds, conflicts=conflicts, has_place=has_place)
    return rank(need=need, market=market_of(need, *rows), traits=traits, **options)


def parts(row):
    return {part.name: (round(part.points, 2), round(part.of, 2)) for part in row.parts}


def said(reasons):
    return [say(reason) for reason in reasons]


def test_each_kind_has_the_parts_that_make_sense_for_it():
    rows = {row.kind: row for row in ranking(*((n, "A") for n in range(1, 6)), kinds=KINDS).ranked}
    assert {kind: list(parts(row)) for kind, row in rows.items()} == {
        "hub": ["fit", "track_record", "languages", "nearness", "capacity", "trust"],
        "facility": ["fit", "nearness", "trust"],
        "expert": ["fit", "track_record", "languages", "nearness", "capacity", "trust"],
        "case": ["fit", "trust"],
        "organisation": ["fit", "track_record", "languages", "nearness", "trust"],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_points_of_parts_that_do_not_apply_go_to_the_others(kind):
    (row,) = ranking((1, "AB", {"speaks": "en es", "trust": 1, "free": 10, "joint": 99}), kinds=(kind,)).ranked
    assert sum(of for _points, of in parts(row).values()) == pytest.approx(100, abs=0.02)
    assert row.score == pytest.approx(100, abs=0.01)


def test_a_case_is_scored_by_fit_and_trust_alone():
    (row,) = ranking((1, "A", {"trust": 0.6}), kinds=("case",)).ranked
    assert parts(row) == {"fit": (41.67, 83.33), "trust": (10.0, 16.67)}


def test_nothing_is_said_of_what_does_not_apply():
    (row,) = ranking((1, "A", {"speaks": "", "free": NAN}), kinds=("case",)).ranked
    assert said(row.cons) == ["Does not cover 1 must-have: want b."]
    assert say(row.change) == "The only one in this list."


def test_kinds_stand_in_one_list():
    rows = ranking((1, "A"), (2, "AB"), (3, "B", {"joint": 9}), kinds=("hub", "case", "expert"))
    assert [(row.id, row.kind, row.place) for row in rows.ranked] == [(2, "case", 1), (3, "expert", 2), (1, "hub", 3)]


def test_the_only_match_of_a_mixed_list_is_said_so():
    first, _second = ranking((1, "A"), (2, "b"), kinds=("facility", "case")).ranked
    assert said(first.pros)[0] == "Only match for want a among 2."


@pytest.mark.parametrize(
    ("km", "points", "sentence"),
    [
        (0, 5.0, "0 km away."),
        (500, 2.5, None),
        (2500, 0.16, "2500 km away, which is far."),
        (NAN, 2.5, "Place not known. Counted as 2.5 of 5 points."),
    ],
)
def test_nearness_halves_every_500_km(km, points, sentence):
    (row,) = ranking((1, "A", {"km": km}), has_place=True).ranked
    assert parts(row)["nearness"] == (points, 5.0)
    if sentence:
        assert sentence in said(row.pros + row.cons)


def test_a_need_without_a_place_gives_all_points_for_nearness():
    (row,) = ranking((1, "A", {"km": 4000})).ranked
    assert parts(row)["nearness"] == (5.0, 5.0)


class TestSimilar:
    lead = lead_of(NEED, "A", hub_id=9)

    def test_what_the_lead_has_counts_and_nothing_else(self):
        rows = ranking((1, "B"), (2, "A"), (3, "ab"), (9, "A"), lead=self.lead, mode="similar").ranked
        assert [(row.id, parts(row)["fit"][0]) for row in rows] == [(2, 50.0), (3, 40.0), (1, 0.0)]
        assert "Shares nothing of what the lead brings." in said(rows[-1].cons)

    def test_complementary_is_the_other_way_round(self):
        rows = ranking((1, "B"), (2, "A"), lead=self.lead).ranked
        assert [(row.id, parts(row)["fit"][0]) for row in rows] == [(1, 50.0), (2, 0.0)]

    def test_more_than_the_lead_has_brings_no_points(self):
        lead = LeadCover(strength=np.array([0.4, 0], np.float32))
        first, second = ranking((1, "A"), (2, "a?"), lead=lead, mode="similar").ranked
        assert first.points("fit") == second.points("fit") == pytest.approx(50)

    def test_a_lead_that_brings_nothing_leaves_the_whole_need(self):
        (row,) = ranking((1, "A"), lead=lead_of(NEED, ""), mode="similar").ranked
        assert row.points("fit") == pytest.approx(25)

    def test_needs_somebody_to_be_similar_to(self):
        with pytest.raises(BadProblem, match="lead"):
            ranking((1, "A"), mode="similar")


class TestRules:
    def test_a_conflict_on_the_list_keeps_out_and_says_so(self):
        answer = ranking((1, "A"), (2, "B"), conflicts=("listed", ""))
        assert [row.id for row in answer.ranked] == [2]
        assert [(left.id, say(left.reason)) for left in answer.left_out] == [
            (1, "Stands on the list of conflicts of interest.")
        ]
        assert answer.n == 1

    def test_a_competitor_stays_and_it_is_said_first(self):
        (row,) = ranking((1, "A"), conflicts=("competitor",)).ranked
        assert said(row.cons)[0] == "Is a competitor of the client."

    def test_a_rule_takes_no_points(self):
        plain, marked = ranking((1, "A")), ranking((1, "A"), conflicts=("competitor",))
        assert plain.ranked[0].score == marked.ranked[0].score

    def test_each_rule_can_say_or_exclude(self):
        strict = Rules(competitor="exclude", listed="say", payment="exclude")
        answer = ranking(
            (1, "A"), (2, "A"), (3, "A", {"paid": False}), conflicts=("competitor", "listed", ""), rules=strict
        )
        assert [row.id for row in answer.ranked] == [2]
        assert [left.id for left in answer.left_out] == [1, 3]

    def test_a_client_that_pays_nobody_abroad(self):
        need = replace(NEED, country="DE")
        rows = ((1, "A", {"country": "FR"}), (2, "A", {"country": "DE"}), (3, "A"))
        said_of = {
            row.id: said(row.cons)[0] for row in ranking(*rows, need=need, rules=Rules(pays_abroad=False)).ranked
        }
        assert said_of[1] == "The client pays nobody abroad. This one sits in FR."
        assert "The client" not in said_of[2] + said_of[3]
        left = ranking(*rows, need=need, rules=Rules(pays_abroad=False, payment="exclude")).left_out
        assert [one.id for one in left] == [1]

    def test_one_that_may_not_be_paid_is_told(self):
        (row,) = ranking((1, "A", {"paid": False})).ranked
        assert said(row.cons)[0] == "May not be paid by the client directly."


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: ranking((1, "A"), kinds=("hubs",)), "Traits.kinds"),
        (lambda: ranking((1, "A"), kinds=("hub", "hub")), "Traits.kinds"),
        (lambda: ranking((1, "A"), conflicts=("enemy",)), "Traits.conflicts"),
        (lambda: ranking((1, "A"), mode="alike"), "mode"),
        (lambda: Rules(payment="never"), "Rules.payment"),
        (lambda: Weights(fit=60), "Weights"),
        (lambda: Weights(fit=float("nan")), "Weights.fit"),
        (lambda: Weights(fit=70, trust=-10), "Weights.trust"),
    ],
)
def test_refuses_what_makes_no_sense(call, field):
    with pytest.raises(BadProblem, match=field):
        call()
