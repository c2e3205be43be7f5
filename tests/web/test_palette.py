"""Asking the command palette."""

from __future__ import annotations

import pytest
from cast import make_cast
from django.test import Client

from hansa.web import navigation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lucia(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(navigation, "PALETTE_SOURCES", [])
    client.force_login(make_cast().lucia)
    return client


def _labels(client: Client, text: str, path: str = "/palette/") -> list[str]:
    return [entry["label"] for entry in client.get(path, {"q": text, "as": "json"}).json()["entries"]]


def test_offers_every_place_of_the_role_at_first(lucia: Client) -> None:
    assert _labels(lucia, "") == [
        "Today", "Find partners", "Requests", "Collaborations", "Scenarios", "Profile", "Services and aid", "Results", "Help and contact",
    ]  # fmt: skip


def test_finds_places_by_part_of_their_name(lucia: Client) -> None:
    assert _labels(lucia, "  REQ ") == ["Requests"]
    assert _labels(lucia, "zzz") == []


def test_asks_the_rooms_below_with_the_actor(lucia: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def source(actor, text):
        asked.append((actor.name, text))
        return [{"label": "Isar Edge Lab", "href": "/hubs/isar/", "icon": "building-2", "note": "München"}]

    monkeypatch.setattr(navigation, "PALETTE_SOURCES", [source])
    entries = lucia.get("/palette/", {"q": " isar", "as": "json"}).json()["entries"]
    assert asked == [("Lucía Ferrer", "isar")]
    assert entries[0] == {
        "label": "Isar Edge Lab", "href": "/hubs/isar/", "note": "München", "icon": "/static/hansa/icons.svg#building-2",
    }  # fmt: skip


def test_never_offers_more_than_a_screen(lucia: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [{"label": f"Hub {n}", "href": "#", "icon": "search"} for n in range(100)]
    monkeypatch.setattr(navigation, "PALETTE_SOURCES", [lambda actor, text: many])
    assert len(_labels(lucia, "hub")) == 12


def test_is_a_page_without_scripts(lucia: Client) -> None:
    html = lucia.get("/palette/", {"q": "<b>req"}).content.decode()
    assert "Nothing found. Try a shorter word." in html
    assert "<b>req" not in html
    assert 'href="/requests/"' in lucia.get("/palette/", {"q": "req"}).content.decode()


def test_offers_visitors_what_is_public(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "PALETTE_SOURCES", [])
    assert _labels(client, "") == ["Find a hub", "Tell us what you need", "Help and contact"]
