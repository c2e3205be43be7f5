"""When texts are read while a version of a vocabulary is being loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from factories import NOW, make_concept

from hansa.engine.language import CachedEncoder
from hansa.hubs.models import Concept, Scheme
from hansa.hubs.taxonomy.queries import index
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db


class Counting:
    """An encoder that costs nothing and counts."""

    model_id = "counting"

    def __init__(self) -> None:
        self.n = 0

    def encode(self, texts: Any, kind: str = "passage") -> Any:
        self.n += len(texts)
        vectors = np.random.default_rng(len(texts)).normal(size=(len(texts), 384)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    made = Counting()
    monkeypatch.setattr(index, "_index", None)
    monkeypatch.setattr(index, "_waits_until", 0.0)
    monkeypatch.setattr(index, "encoder", lambda: CachedEncoder(made, index.stored_vectors, lambda fresh: None))
    return made


def load_version(n: int) -> None:
    for number in range(n):
        make_concept(Kind.TECHNOLOGY, f"t{number}-{Concept.objects.count()}", f"thing {number} {n}", is_core=True)
    Scheme.objects.update(loaded_at=NOW)


def test_one_index_serves_until_a_version_is_loaded(counting: Counting):
    load_version(3)
    first = index.concept_index()
    assert index.concept_index() is first
    Scheme.objects.update(loaded_at=NOW.replace(hour=10))
    assert index.concept_index() is not first


def test_the_version_before_goes_on_serving_while_many_vectors_are_missing(counting: Counting):
    load_version(3)
    first, made = index.concept_index(), counting.n
    for number in range(70):
        make_concept(Kind.SKILL, f"s{number}", f"competence {number}", is_core=True)
    Scheme.objects.update(loaded_at=NOW.replace(hour=10))
    assert index.concept_index() is first
    assert counting.n == made
