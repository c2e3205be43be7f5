"""Asking the rooms below for counts and names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from cast import acting, make_cast
from django.http import HttpRequest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from factories import make_request

from hansa.foundation.actors import VISITOR
from hansa.hubs.models import User
from hansa.web import navigation, sources
from hansa.web.sessions import SessionStore

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


def asked(user: User, method: str = "GET") -> HttpRequest:
    """Return a request of the person, its session read."""
    browser = Client()
    browser.force_login(user)
    request = HttpRequest()
    request.method = method
    request.session = SessionStore(browser.session.session_key)
    assert request.session.person == user
    return request


def test_nothing_waits_at_first(django_assert_num_queries: Any) -> None:
    cast = make_cast()
    of_lucia, of_mayor, of_steward = asked(cast.lucia), asked(cast.mayor), asked(cast.steward)
    lucia, mayor, steward = acting(cast.lucia), acting(cast.mayor), acting(cast.steward)
    with django_assert_num_queries(0):
        assert sources.waiting(of_lucia, lucia) == {"today": 0}
        assert sources.waiting(of_mayor, mayor) == {"requests": 0}
        assert sources.waiting(of_steward, steward) == {}


def test_an_act_counts_again(django_assert_num_queries: Any) -> None:
    """What the session knew when it was read may be over by the time the act's page is drawn."""
    cast = make_cast()
    of_lucia, lucia = asked(cast.lucia, "POST"), acting(cast.lucia)
    make_request(cast.ebro, cast.elsewhere, turn_hub_ids=[cast.ebro.pk])
    with django_assert_num_queries(1):
        assert sources.waiting(of_lucia, lucia) == {"today": 1}


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
