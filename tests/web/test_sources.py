"""Asking the rooms below for counts and names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from cast import acting, make_cast
from django.urls import Resolver404, resolve
from django.utils import translation
from factories import make_request

from hansa.foundation.actors import VISITOR
from hansa.web import navigation, sources

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", navigation.PLACES)
def test_every_place_exists(role: str) -> None:
    missing = []
    for place in (*navigation.PLACES[role], navigation.HELP):
        try:
            resolve(place.path)
        except Resolver404:
            missing.append(place.path)
    assert missing == []


def test_nothing_waits_at_first(django_assert_num_queries: Any) -> None:
    cast = make_cast()
    lucia, steward = acting(cast.lucia), acting(cast.steward)
    with django_assert_num_queries(1):
        assert sources.waiting(lucia) == {"today": 0}
    assert sources.waiting(acting(cast.mayor)) == {"requests": 0}
    with django_assert_num_queries(0):
        assert sources.waiting(steward) == {}


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put four hubs into the directory."""
    names = [("New Data Hub", "Riga"), ("Data Valley", "Oslo"), ("Isar Edge Lab", "München"), ("Öresund Hub", "Malmö")]
    rows = [SimpleNamespace(name=name, city=city, slug=name.split()[0].lower()) for name, city in names]
    monkeypatch.setattr(sources.directory, "catalogue", lambda: SimpleNamespace(stamp=(-7, 1), rows=rows))


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ISAR", ["Isar Edge Lab"]),
        ("munchen", ["Isar Edge Lab"]),
        ("oresund", ["Öresund Hub"]),
        ("nowhere", []),
        # Names that begin so come first.
        ("data", ["Data Valley", "New Data Hub"]),
    ],
)
def test_hubs_are_found_without_accents_and_by_city(typed: str, found: list[str]) -> None:
    assert [entry["label"] for entry in sources.hubs(VISITOR, typed)] == found


@pytest.mark.usefixtures("listed")
def test_addresses_speak_the_readers_language() -> None:
    with translation.override("de"):
        assert next(iter(sources.hubs(VISITOR, "isar"))) == {
            "label": "Isar Edge Lab", "href": "/de/hubs/isar/", "icon": "building-2", "note": "München",
        }  # fmt: skip


def test_a_stranger_finds_no_request_of_others() -> None:
    cast = make_cast()
    make_request(cast.ebro, cast.elsewhere, title="Predict bearing failures")
    assert [entry["label"] for entry in sources.requests(acting(cast.lucia), "bearing")] == ["Predict bearing failures"]
    assert list(sources.requests(acting(cast.stranger), "bearing")) == []
    assert list(sources.requests(VISITOR, "bearing")) == []
