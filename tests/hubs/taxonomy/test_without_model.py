"""When the language model is turned off, or is not there."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from factories import make_concept

from hansa.hubs.models import Vector
from hansa.hubs.taxonomy import operations, queries
from hansa.hubs.taxonomy.queries import index
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_index", None)
    monkeypatch.setattr(index, "_waits_until", 0.0)


@pytest.fixture
def off(settings: Any) -> None:
    settings.LANGUAGE_MODEL = False


def found(text: str) -> list[int]:
    return [int(finding.concept_id) for finding in queries.concept_index().find(text)]


def test_what_is_called_by_its_name_is_found(off: None):
    printing = make_concept(
        Kind.TECHNOLOGY, "am", labels={"en": "Additive manufacturing", "de": "3D-Druck"}, is_core=True
    )
    make_concept(Kind.TECHNOLOGY, "ai", "Artificial intelligence", is_core=True)
    assert found("We look for additive manufacturing.") == [printing.pk]
    assert found("Wir suchen jemanden für 3D-Druck.") == [printing.pk]


def test_it_says_so(off: None):
    assert queries.reads_by_words_alone()
    said = StringIO()
    call_command("match", "We look for robots.", stdout=StringIO(), stderr=said)
    assert said.getvalue().strip() == queries.BY_WORDS_ALONE


@pytest.mark.model
def test_turning_it_on_again_brings_back_meaning(settings: Any):
    make_concept(Kind.TECHNOLOGY, "am", "Additive manufacturing", is_core=True)
    settings.LANGUAGE_MODEL = False
    plain = queries.concept_index()
    settings.LANGUAGE_MODEL = True
    assert queries.concept_index() is not plain
    assert not queries.reads_by_words_alone()
    said = StringIO()
    call_command("match", "We look for robots.", stdout=StringIO(), stderr=said)
    assert said.getvalue() == ""


def test_its_vectors_are_kept_beside_those_of_the_model(off: None):
    make_concept(Kind.TECHNOLOGY, "am", "Additive manufacturing", is_core=True)
    before = Vector.objects.count()
    assert operations.encode() > 0
    assert Vector.objects.count() > before
    assert operations.encode() == 0
