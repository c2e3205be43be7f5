"""When hubs are ranked for a need. Source: BP-JD-09."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.markets import NAN, lead_of, market_of, need_of
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem
from hansa.engine.ranking import rank

NEED = need_of("ab", "c", languages="es en")


def ranked(*rows, need=NEED, **options):
    return rank(need=need, market=market_of(need, *rows), **options).ranked


def points(row):
    return {part.name: round(part.points, 2) for part in row.parts}


def said(reasons):
    return [say(reason) for reason in reasons]


def test_a_must_have_counts_twice():
    first, second = ranked((1, "C"), (2, "A"))
    assert (first.id, points(first)["fit"]) == (2, 20.0)
    assert (second.id, points(second)["fit"]) == (1, 10.0)


def test_track_record_saturates():
    rows = ranked((1, "a", {"joint": 3}), (2, "a", {"joint": 6}), (3, "a", {"joint": 60}), (4, "a"))
    assert [points(row)["track_record"] for row in rows] == [15.0, 11.25, 7.5, 0.0]


def test_languages_count_by_their_share():
    """Source: BP-DIR-08."""
    all_of_them, one, none, unknown = (
        points(next(row for row in ranked(*TALK) if row.id == hub))["languages"] for hub in (1, 2, 3, 4)
    )
    assert (all_of_them, one, none, unknown) == (10.0, 5.0, 0.0, 5.0)


TALK = (
    (1, "a", {"speaks": "es en fr"}),
    (2, "a", {"speaks": "en"}),
    (3, "a", {"speaks": "fi"}),
    (4, "a", {"speaks": ""}),
)


def test_a_need_without_languages_gives_all_points():
    need = need_of("a")
    (row,) = ranked((1, "a", {"speaks": "fi"}), need=need)
    assert points(row)["languages"] == 10.0


def test_what_is_unknown_gets_half_and_is_said():
    (row,) = ranked((1, "a", {"speaks": "", "free": NAN, "trust": NAN}))
    assert (points(row)["languages"], points(row)["capacity"], points(row)["trust"]) == (5.0, 5.0, 5.0)
    assert "Languages not stated. Counted as 5 of 10 points." in said(row.cons)
    assert "Free days not stated. Counted as 5 of 10 points." in said(row.cons)
    assert "Trust not known. Counted as 5 of 10 points." in said(row.cons)


def test_the_score_is_the_sum_of_its_parts():
    for row in ranked((1, "abC", {"joint": 2, "free": 4, "trust": 0.9}), (2, "a?b", {"free": 0})):
        assert row.score == pytest.approx(sum(part.points for part in row.parts), abs=1e-5)
        assert all(0 <= part.points <= part.of for part in row.parts)


def test_equal_scores_stand_in_order_of_id():
    assert [row.id for row in ranked((9, "a"), (3, "a"), (5, "a"))] == [3, 5, 9]


def test_only_what_is_missing_beside_the_lead_counts():
    lead = lead_of(NEED, "A", hub_id=7)
    rows = ranked((1, "A"), (2, "B"), (7, "ABC"), lead=lead)
    assert [(row.id, points(row)["fit"]) for row in rows] == [(2, pytest.approx(33.33, abs=0.01)), (1, 0.0)]
    assert said(rows[1].cons)[0] == "Covers nothing that is missing."


def test_the_whole_need_counts_when_the_lead_lacks_nothing():
    rows = ranked((1, "A"), (2, "AB"), lead=lead_of(NEED, "ABC"))
    assert [row.id for row in rows] == [2, 1]


def test_says_what_a_hub_covers_and_lacks():
    (row,) = ranked((1, "a?C"))
    assert row.covers == (("c", 1.0), ("a", 0.4))
    assert row.lacks == ("b",)
    assert said(row.pros)[0] == "Must-haves covered, 1 of 2: want a."
    assert said(row.cons)[:2] == [
        "Does not cover 1 must-have: want b.",
        "want a only derived from its own text, not confirmed.",
    ]


def test_the_only_match_is_said_first():
    rows = ranked((1, "a"), (2, "b"), (3, "b"))
    only = next(row for row in rows if row.id == 1)
    assert said(only.pros)[0] == "Only match for want a among 3 hubs."


def test_says_what_would_lift_a_hub():
    first, second = ranked((1, "AB"), (2, "A", {"joint": 2}))
    assert say(first.change) == "First by 14.4 points. The next is Hub 2."
    assert say(second.change) == "Evidence for want b would add 16 points and lift it to place 1."


def test_says_what_would_not_be_enough():
    _, second = ranked((1, "ABC", {"joint": 9}), (2, "a?"))
    assert say(second.change) == "Evidence for want b would add 16 points. It would stay at place 2."


def test_a_lone_hub_is_called_so():
    (row,) = ranked((1, "a"))
    assert say(row.change) == "The only one in this list."


def test_shares_the_first_place():
    assert say(ranked((1, "a"), (2, "a"))[0].change) == "As many points as Hub 2. The older entry stands first."


def test_gives_only_as_many_as_asked_for():
    assert len(ranked((1, "a"), (2, "a"), (3, "a"), limit=2)) == 2
    assert ranked((1, "a"), limit=0) == ()


def test_an_empty_market_ranks_nobody():
    assert ranked() == ()


def test_a_need_without_wants_ranks_by_the_rest():
    need = need_of("")
    rows = ranked((1, "", {"joint": 1}), (2, ""), need=need)
    assert [row.id for row in rows] == [1, 2]


@pytest.mark.parametrize(
    ("options", "field"), [({"limit": -1}, "limit"), ({"lead": lead_of(need_of("a"), "a")}, "LeadCover")]
)
def test_refuses_what_makes_no_sense(options, field):
    with pytest.raises(BadProblem, match=field):
        ranked((1, "a"), **options)


hubs = st.lists(
    st.tuples(st.sampled_from(["", "a", "A", "b?", "aBc", "C"]), st.integers(0, 9), st.sampled_from([0, 3, NAN])),
    min_size=2,
    max_size=7,
)


@settings(max_examples=60)
@given(rows=hubs, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(rows, seed):
    table = [(number, covers, {"joint": joint, "free": free}) for number, (covers, joint, free) in enumerate(rows, 1)]
    shuffled = [table[position] for position in np.random.default_rng(seed).permutation(len(table))]
    assert ranked(*table) == ranked(*shuffled)


@settings(max_examples=60)
@given(rows=hubs)
def test_stronger_evidence_never_lowers_a_hub(rows):
    table = [(number, covers, {"joint": joint, "free": free}) for number, (covers, joint, free) in enumerate(rows, 1)]
    market = market_of(NEED, *table)
    before = {row.id: row for row in rank(need=NEED, market=market).ranked}
    strength = market.strength.copy()
    strength[0] = np.clip(strength[0] + 0.3, 0, 1)
    after = {row.id: row for row in rank(need=NEED, market=replace(market, strength=strength)).ranked}
    assert after[1].score >= before[1].score
    assert after[1].place <= before[1].place
    assert all(after[hub].score == before[hub].score for hub in before if hub != 1)


def test_ranks_20_000_hubs_in_60_ms():
    random = np.random.default_rng(1)
    need = need_of("abcdefg", "hij", languages="es en")
    rows = [(hub, "", {"joint": hub % 5, "free": hub % 12, "speaks": "en" if hub % 3 else ""}) for hub in range(20_000)]
    market = market_of(need, *rows)
    market = replace(market, strength=random.choice([0, 0.4, 0.8], market.strength.shape).astype(np.float32))
    taken = []
    for _ in range(4):
        begun = time.process_time()
        assert len(rank(need=need, market=market, limit=20).ranked) == 20
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.06
