"""Choosing theme, density and language."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_keeps_the_theme_and_goes_back(client: Client) -> None:
    answer = client.post("/settings/display/", {"theme": "dark", "next": "/help/?a=1"})
    assert (answer.status_code, answer["Location"]) == (303, "/help/?a=1")
    assert 'data-theme="dark"' in client.get("/help/").content.decode()


def test_forgets_the_theme_again(client: Client) -> None:
    client.post("/settings/display/", {"theme": "dark"})
    client.post("/settings/display/", {"theme": ""})
    assert "data-theme" not in client.get("/help/").content.decode()


def test_theme_and_density_do_not_disturb_each_other(client: Client) -> None:
    client.post("/settings/display/", {"theme": "light"})
    client.post("/settings/display/", {"density": "compact"})
    assert 'data-theme="light" data-density="compact"' in client.get("/help/").content.decode()


@pytest.mark.parametrize("theme", ["blue", '"><script>', "x" * 5000])
def test_ignores_a_theme_that_does_not_exist(client: Client, theme: str) -> None:
    assert client.post("/settings/display/", {"theme": theme}).status_code == 303
    assert "data-theme" not in client.get("/help/").content.decode()
    client.cookies["theme"] = theme[:50]
    assert "data-theme" not in client.get("/help/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_never_leads_to_another_site(client: Client, target: str) -> None:
    assert client.post("/settings/display/", {"theme": "dark", "next": target})["Location"] == "/"


def test_does_nothing_on_get(client: Client) -> None:
    assert client.get("/settings/display/").status_code == 405
    assert client.get("/settings/language/").status_code == 405


def test_shows_the_same_page_in_another_language(client: Client) -> None:
    answer = client.post("/settings/language/", {"language": "de", "next": "/help/"})
    assert answer["Location"] == "/de/help/"
    answer = client.post("/settings/language/", {"language": "en", "next": "/de/help/"})
    assert answer["Location"] == "/help/"


def test_ignores_a_language_that_is_not_offered(client: Client) -> None:
    answer = client.post("/settings/language/", {"language": "xx", "next": "/help/"})
    assert answer["Location"] == "/help/"
