"""When the profiles nearest to a text are looked for."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.language import HashingEncoder, Ledger, Near, ProfileIndex, TextReader
from hansa.engine.problem import BadProblem

READER = TextReader(HashingEncoder())


def digest(text):
    return hashlib.sha256(text.encode()).digest()


def entry(text):
    return digest(text), READER.vectors([text])[0]


def index_of(texts):
    return ProfileIndex.empty(READER.model_id).changed(put={number: entry(text) for number, text in texts.items()})


def ids(index, text, top=10):
    return [near.profile_id for near in index.nearest(READER.vectors([text])[0], top=top)]


TEXTS = {
    7: "We weld pipes and train welders in our laboratory.",
    3: "Data protection and cyber security for hospitals.",
    9: "Robots sort fruit on a farm in the south.",
}


def test_names_the_nearest_first_with_its_exact_cosine():
    index = index_of(TEXTS)
    vector = READER.vectors(["Who can train our welders to weld pipes?"])[0]
    [first, *_] = index.nearest(vector)
    assert first.profile_id == 7
    assert first.likeness == pytest.approx(float(vector @ READER.vectors([TEXTS[7]])[0]), abs=1e-6)
    assert index.nearest(READER.vectors([TEXTS[9]])[0])[0] == Near(9, pytest.approx(1.0, abs=1e-6))


def test_equal_profiles_come_by_id_and_no_more_than_asked_for():
    index = index_of(dict.fromkeys((5, 2, 8, 1), TEXTS[7]))
    assert ids(index, TEXTS[7], top=3) == [1, 2, 5]
    assert ids(index, TEXTS[7], top=1) == [1]


def test_a_text_without_words_is_near_to_nothing():
    assert ids(index_of(TEXTS), "...") == []
    assert ids(index_of({1: ""}), TEXTS[7]) == []
    assert ids(ProfileIndex.empty(READER.model_id), TEXTS[7]) == []


def test_adding_replacing_and_removing_is_the_same_as_beginning_anew():
    index = index_of(TEXTS).changed(put={3: entry("We brew beer."), 4: entry("We bake bread.")}, remove=[9, 100])
    anew = index_of({7: TEXTS[7], 3: "We brew beer.", 4: "We bake bread."})
    for text in (*TEXTS.values(), "beer", "bread"):
        vector = READER.vectors([text])[0]
        assert index.nearest(vector) == anew.nearest(vector) == index.compacted().nearest(vector)
    assert len(index.vectors) == 5
    assert len(index.compacted().vectors) == len(index) == 3


def test_says_what_is_new_or_changed_and_what_is_gone():
    ledger = index_of(TEXTS).ledger
    now = {7: digest(TEXTS[7]), 3: digest("other"), 12: digest("new")}
    assert ledger.differing(now) == ((3, 12), (9,))
    assert Ledger.empty().differing(now) == ((3, 7, 12), ())
    assert ledger.differing({number: digest(text) for number, text in TEXTS.items()}) == ((), ())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.dictionaries(st.integers(0, 12), st.integers(0, 5), max_size=5), st.sets(st.integers(0, 12))),
        max_size=6,
    )
)
def test_any_order_of_changes_ends_where_a_plain_dictionary_does(changes):
    rng = np.random.default_rng(1)
    table = rng.normal(size=(6, 384)).astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    index, plain = ProfileIndex.empty("m"), {}
    for put, remove in changes:
        gone = remove - set(put)
        index = index.changed(put={key: (digest(str(row)), table[row]) for key, row in put.items()}, remove=gone)
        plain = {key: row for key, row in {**plain, **put}.items() if key not in gone}
    assert index.ledger.ids.tolist() == sorted(plain)
    cosine = {key: float(table[row] @ table[0]) for key, row in plain.items()}
    expected = [key for key in sorted(cosine, key=lambda key: (-round(cosine[key], 6), key)) if cosine[key] > 0]
    assert [near.profile_id for near in index.nearest(table[0], top=50)] == expected


@pytest.mark.parametrize(
    ("vector", "message"),
    [
        (np.zeros(3, np.float32), "shape"),
        (np.full(384, np.nan, np.float32), "numbers"),
        (np.full(384, np.inf, np.float32), "numbers"),
    ],
)
def test_refuses_a_vector_that_is_none(vector, message):
    with pytest.raises(BadProblem, match=message):
        index_of(TEXTS).nearest(vector)


@pytest.mark.parametrize("vector", [np.full(384, np.nan, np.float32), np.ones(384, np.float32), np.ones(3, np.float32)])
def test_takes_in_no_vector_that_would_spoil_the_order(vector):
    with pytest.raises(BadProblem):
        ProfileIndex.empty("m").changed(put={1: (digest("x"), vector)})


def test_refuses_what_contradicts_itself():
    with pytest.raises(BadProblem, match="share an id"):
        index_of(TEXTS).changed(put={7: entry("x")}, remove=[7])
    with pytest.raises(BadProblem, match="SHA-256"):
        index_of(TEXTS).changed(put={7: (b"short", entry("x")[1])})
    with pytest.raises(BadProblem, match="top"):
        index_of(TEXTS).nearest(READER.vectors(["x"])[0], top=0)
    ledger = index_of(TEXTS).ledger
    with pytest.raises(BadProblem, match="ascend"):
        Ledger(ids=ledger.ids[::-1], digests=ledger.digests, rows=ledger.rows)
    with pytest.raises(BadProblem, match="within the vectors"):
        ProfileIndex(model_id="m", ledger=ledger, vectors=np.zeros((1, 384), np.float32))


def test_reads_a_long_text_within_bounds_and_odd_ones_at_all():
    odd = ["", "\x00", "a\x00b", "\ud800 lone", "x" * 200_000, "💡", "Προγνωστική συντήρηση"]
    vectors = READER.vectors(odd)
    assert vectors.shape == (7, 384)
    assert np.isfinite(vectors).all()
    assert READER.vectors([]).shape == (0, 384)
