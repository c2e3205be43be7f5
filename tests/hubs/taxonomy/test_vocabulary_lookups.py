"""When labels are looked up."""

from __future__ import annotations

import pytest
from django.utils import translation
from factories import make_concept
from pytest_django import DjangoAssertNumQueries

from hansa.hubs.models import Scheme
from hansa.hubs.taxonomy import queries
from hansa.hubs.taxonomy.queries import vocabularies
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db


def test_label_is_in_the_readers_language_else_english_else_any():
    make_concept(Kind.SECTOR, "food", labels={"en": "Food", "de": "Lebensmittel"})
    make_concept(Kind.SECTOR, "wine", labels={"el": "Κρασί"})
    sectors = queries.vocabulary(Kind.SECTOR)
    with translation.override("de-at"):
        assert sectors["food"].label == "Lebensmittel"
    with translation.override("fr"):
        assert (sectors["food"].label, sectors["wine"].label) == ("Food", "Κρασί")


def test_a_known_vocabulary_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries):
    pk = make_concept(Kind.SECTOR, "food").pk
    queries.vocabulary(Kind.SECTOR)
    with django_assert_num_queries(0):
        assert list(queries.vocabulary(Kind.SECTOR)) == ["food"]
        assert queries.entries([pk])[pk].notation == "food"
        assert queries.entries_of(Kind.SECTOR, ["food", "nothing"]).keys() == {"food"}


def test_competences_are_read_once(django_assert_num_queries: DjangoAssertNumQueries):
    ids = [make_concept(Kind.SKILL, f"s{n}").pk for n in range(30)]
    queries.vocabulary(Kind.SECTOR)
    with django_assert_num_queries(1):
        assert list(queries.entries(ids)) == ids
    with django_assert_num_queries(0):
        assert list(queries.entries([*ids, *ids])) == ids
    assert queries.entries([-1]) == {}


def test_a_vocabulary_too_large_to_be_kept_is_refused():
    with pytest.raises(ValueError, match="search_concepts"):
        queries.vocabulary(Kind.SKILL)


def test_another_process_loading_a_version_is_noticed(monkeypatch: pytest.MonkeyPatch):
    concept = make_concept(Kind.SECTOR, "food", "Food")
    assert queries.vocabulary(Kind.SECTOR)["food"].label == "Food"
    concept.labels = {"en": "Food and drink"}
    concept.save()
    Scheme.objects.update(loaded_at="2026-11-24T10:00Z")
    assert queries.vocabulary(Kind.SECTOR)["food"].label == "Food"
    monkeypatch.setattr(vocabularies, "CHECK_SECONDS", 0.0)
    assert queries.vocabulary(Kind.SECTOR)["food"].label == "Food and drink"


def test_names_used_elsewhere_lead_to_the_notation():
    concept = make_concept(Kind.SECTOR, "food-and-beverages", labels={"en": "Food and beverages", "de": "Getränke"})
    concept.terms.create(language="en", wording="alternative", text="Manufacture of food products")
    concept.terms.create(language="en", wording="hidden", text="hidden words")
    found = queries.notation_by_wording(Kind.SECTOR)
    assert {found.get(word) for word in ("food and beverages", "getranke", "manufacture of food products")} == {
        "food-and-beverages"
    }
    assert "hidden words" not in found


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "'; DROP TABLE hubs_concept; --", "a" * 5000, "😀 ☃", "a & | ! : *"]
)
def test_no_search_breaks(text: str):
    make_concept(Kind.SKILL, "s1", "drop forging")
    assert isinstance(queries.search_concepts(text, kinds=[Kind.SKILL]), list)
