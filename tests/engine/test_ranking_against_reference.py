"""When the ranking is held against one that counts each candidate alone, and against changes that must not matter."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.closeness import Nearness, Path
from hansa.engine.problem import LeadCover, Market, Need, Want
from hansa.engine.ranking import KINDS, Rules, Traits, rank
from hansa.engine.reference import scores_by_counting
from hansa.engine.verify import check_ranking

NAN = float("nan")
STRENGTHS = [0, 0, 0.2, 0.3, 0.35, 0.4, 0.8, 0.9, 1]


@st.composite
def questions(draw, most: int = 7):
    n, w = draw(st.integers(1, most)), draw(st.integers(1, 4))
    ids = draw(st.lists(st.integers(1, 60), min_size=n, max_size=n, unique=True))

    def column(values):
        return np.array(draw(st.lists(st.sampled_from(values), min_size=n, max_size=n)), dtype=np.float32)

    def matrix(values):
        return np.array(draw(st.lists(st.sampled_from(values), min_size=n * w, max_size=n * w)), np.float32).reshape(
            n, w
        )

    market = Market(
        ids=tuple(ids),
        names=tuple(f"Candidate {pk}" for pk in ids),
        countries=tuple(draw(st.lists(st.sampled_from(["DE", "FR", ""]), min_size=n, max_size=n))),
        languages=tuple(
            frozenset(spoken.split())
            for spoken in draw(st.lists(st.sampled_from(["en", "de fr", "en de", ""]), min_size=n, max_size=n))
        ),
        strength=matrix(STRENGTHS),
        cost_eur=column([100]),
        distance_km=column([NAN, 0, 90, 500, 1700]),
        trust=column([NAN, 0, 0.3, 0.6, 1]),
        free_days=column([NAN, 0, 2, 7, 30]),
        joint_deliveries=np.array(draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)), np.int32),
        may_be_paid=draw(st.sampled_from([None, np.arange(n) % 2 == 0])),
    )
    wants = tuple(Want(id=f"w{i}", label=f"want {i}", must_have=draw(st.booleans())) for i in range(w))
    need = Need(
        wants=wants,
        languages=frozenset(draw(st.sampled_from(["", "en", "en fr"])).split()),
        country=draw(st.sampled_from(["", "DE"])),
    )
    near = matrix([0, 0, 0.1, 0.4, 0.5])
    traits = Traits(
        kinds=draw(st.sampled_from([None, tuple(KINDS[pk % 5] for pk in ids)])),
        conflicts=draw(st.sampled_from([None, tuple(("", "competitor", "listed")[pk % 3] for pk in ids)])),
        near=draw(st.sampled_from([None, near_of(near)])),
        has_place=draw(st.booleans()),
    )
    lead = None
    if draw(st.booleans()):
        own = np.array(draw(st.lists(st.sampled_from(STRENGTHS), min_size=w, max_size=w)), np.float32)
        lead = LeadCover(strength=own, hub_id=draw(st.sampled_from([None, ids[0]])))
    rules = Rules(
        payment=draw(st.sampled_from(["say", "exclude"])),
        listed=draw(st.sampled_from(["say", "exclude"])),
        pays_abroad=draw(st.booleans()),
    )
    mode = draw(st.sampled_from(["complementary", "similar"])) if lead is not None else "complementary"
    return {"need": need, "market": market, "traits": traits, "lead": lead, "rules": rules, "mode": mode}


def near_of(strength):
    return Nearness(
        strength=strength,
        path=np.where(strength > 0, 0, -1).astype(np.int32),
        paths=(Path(("x", "y"), ("related",), 0.3),),
        labels={},
    )


def by_id(answer):
    return {row.id: row for row in answer.ranked}


def rows_kept(question, rows):
    """The same question about some of the candidates, in another order."""
    market, traits = question["market"], question["traits"]
    columns = ("ids", "names", "countries", "languages")
    arrays = ("strength", "cost_eur", "distance_km", "trust", "free_days", "joint_deliveries")
    kept = replace(
        market,
        **{name: tuple(getattr(market, name)[row] for row in rows) for name in columns},
        **{name: getattr(market, name)[rows] for name in arrays},
        may_be_paid=None if market.may_be_paid is None else market.may_be_paid[rows],
    )
    near = traits.near and replace(traits.near, strength=traits.near.strength[rows], path=traits.near.path[rows])
    return {
        **question,
        "market": kept,
        "traits": replace(
            traits,
            kinds=traits.kinds and tuple(traits.kinds[row] for row in rows),
            conflicts=traits.conflicts and tuple(traits.conflicts[row] for row in rows),
            near=near,
        ),
    }


@settings(max_examples=2000, deadline=None)
@given(question=questions())
def test_every_part_is_as_counted_alone_and_the_check_agrees(question):
    answer = rank(**question)
    assert check_ranking(**question, answer=answer) == ()
    traits, market = question["traits"], question["market"]
    near = traits.near.strength.tolist() if traits.near else np.zeros(market.strength.shape).tolist()
    expected = scores_by_counting(
        need=question["need"],
        market=market,
        kinds=traits.kinds or ("hub",) * len(market.ids),
        near=near,
        lead=question["lead"],
        mode=question["mode"],
        has_place=traits.has_place,
    )
    for row in answer.ranked:
        assert {part.name: pytest.approx(part.points, abs=1e-4) for part in row.parts} == expected[row.id]
    totals = [round(sum(expected[row.id].values()), 4) for row in answer.ranked]
    assert all(after <= before + 2e-4 for before, after in pairwise(totals))


@settings(max_examples=200, deadline=None)
@given(question=questions(), data=st.data())
def test_another_candidate_changes_no_score_of_the_others(question, data):
    n = len(question["market"].ids)
    rows = data.draw(st.lists(st.integers(0, n - 1), min_size=1, unique=True))
    fewer, all_of_them = by_id(rank(**rows_kept(question, rows))), by_id(rank(**question))
    for pk, row in fewer.items():
        assert (row.score, row.parts, row.covers, row.near) == (
            all_of_them[pk].score,
            all_of_them[pk].parts,
            all_of_them[pk].covers,
            all_of_them[pk].near,
        )
    order = [pk for pk in all_of_them if pk in fewer]
    assert order == list(fewer)


@settings(max_examples=200, deadline=None)
@given(question=questions(), data=st.data())
def test_order_and_names_change_nothing(question, data):
    n = len(question["market"].ids)
    shuffled = rows_kept(question, data.draw(st.permutations(range(n))))
    renamed = replace(shuffled["market"], names=tuple(f"Other {pk}" for pk in shuffled["market"].ids))
    again = rank(**{**shuffled, "market": renamed})
    assert [(row.id, row.score, row.pros, row.cons) for row in again.ranked] == [
        (row.id, row.score, row.pros, row.cons) for row in rank(**question).ranked
    ]


@settings(max_examples=200, deadline=None)
@given(question=questions(), data=st.data(), better=st.sampled_from([0.1, 0.5, 1]))
def test_stronger_evidence_never_lowers(question, data, better):
    market = question["market"]
    row = data.draw(st.integers(0, len(market.ids) - 1))
    strength = market.strength.copy()
    strength[row] = np.clip(strength[row] + better, 0, 1)
    before = by_id(rank(**question))
    after = by_id(rank(**{**question, "market": replace(market, strength=strength)}))
    pk = market.ids[row]
    if pk in before:
        assert after[pk].score >= before[pk].score
        assert after[pk].place <= before[pk].place
    assert {other: after[other].score for other in after if other != pk} == {
        other: before[other].score for other in before if other != pk
    }


@settings(max_examples=200, deadline=None)
@given(question=questions(), limit=st.integers(0, 3))
def test_a_short_list_is_the_beginning_of_the_long_one(question, limit):
    long, short = rank(**question), rank(**question, limit=limit)
    assert short.ranked == long.ranked[:limit]
    assert (short.left_out, short.n) == (long.left_out, long.n)
    assert check_ranking(**question, answer=short) == ()


class TestThePlantedFault:
    """The check is no decoration: each fault planted in a right answer is named."""

    question = {
        "need": Need(wants=(Want(id="a", label="A"), Want(id="b", label="B", must_have=False))),
        "market": Market(
            ids=(1, 2, 3),
            names=("One", "Two", "Three"),
            countries=("DE", "FR", ""),
            languages=(frozenset(),) * 3,
            strength=np.array([[1, 0], [0.8, 0.4], [0, 0]], np.float32),
            cost_eur=np.ones(3, np.float32),
            distance_km=np.full(3, NAN, np.float32),
            trust=np.array([0.6, 0.3, NAN], np.float32),
            free_days=np.array([NAN, 3, 9], np.float32),
            joint_deliveries=np.array([0, 4, 1], np.int32),
        ),
        "traits": Traits(kinds=("hub", "expert", "case"), conflicts=("", "", "listed")),
    }

    def faults(self, plant):
        answer = rank(**self.question)
        assert check_ranking(**self.question, answer=answer) == ()
        return " ".join(check_ranking(**self.question, answer=plant(answer)))

    @staticmethod
    def first(answer, **changes):
        return replace(answer, ranked=(replace(answer.ranked[0], **changes), *answer.ranked[1:]))

    def test_a_wrong_score(self):
        assert "score" in self.faults(lambda answer: self.first(answer, score=99.0))

    def test_a_wrong_part(self):
        def plant(answer):
            fit = replace(answer.ranked[0].parts[0], points=answer.ranked[0].parts[0].points + 1)
            return self.first(answer, parts=(fit, *answer.ranked[0].parts[1:]), score=answer.ranked[0].score + 1)

        assert "fit of 2" in self.faults(plant)

    def test_a_wrong_order(self):
        def plant(answer):
            one, two = answer.ranked
            return replace(answer, ranked=(replace(two, place=1), replace(one, place=2)))

        assert "has more points" in self.faults(plant)

    def test_one_that_is_missing(self):
        def plant(answer):
            return replace(answer, ranked=(replace(answer.ranked[1], place=1),))

        assert "not shown" in self.faults(plant)

    def test_a_cover_that_is_none(self):
        assert "covers" in self.faults(lambda answer: self.first(answer, covers=(("b", 1.0),)))

    def test_one_left_out_that_is_in(self):
        assert "left out" in self.faults(lambda answer: replace(answer, left_out=()))

    def test_parts_that_do_not_apply(self):
        assert "parts" in self.faults(lambda answer: self.first(answer, parts=answer.ranked[0].parts[:2]))

    def test_an_answer_of_nonsense_is_a_fault_and_no_crash(self):
        assert "the check failed" in " ".join(check_ranking(**self.question, answer=None))
