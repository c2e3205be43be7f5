"""Arriving without an account."""

from __future__ import annotations

from typing import Any

import pytest
from browser import axe_violations, too_wide
from cast import make_cast
from conftest import PHONE, OpenPage
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ("/", "/help/", "/accessibility/", "/palette/", "/no-such-page/")
# WCAG 1.4.12: readers may set these without losing anything.
_SPACED = """() => { const sheet = new CSSStyleSheet();
sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');
document.adoptedStyleSheets = [sheet]; }"""


def test_home_leads_visitors_in_and_people_to_their_first_place(client: Client) -> None:
    html = client.get("/").content.decode()
    assert 'href="/need/"' in html
    assert 'href="/hubs/"' in html
    cast = make_cast()
    for user, place in ((cast.lucia, "/today/"), (cast.mayor, "/requests/"), (cast.observer, "/hubs/")):
        client.force_login(user)
        assert client.get("/")["Location"] == place
        assert client.get("/fr/")["Location"] == f"/fr{place}"


def test_help_shows_the_contact_of_this_installation(client: Client, settings: Any) -> None:
    assert "mailto:" not in client.get("/help/").content.decode()
    settings.CONTACT_EMAIL = "help@network.example"
    assert 'href="mailto:help@network.example"' in client.get("/help/").content.decode()


def test_demo_says_so_on_every_page(client: Client, settings: Any) -> None:
    from hansa.web import frame

    try:
        for demo in (True, False):
            settings.DEMO = demo
            frame.forget()
            for path in PAGES:
                assert ("Demo space." in client.get(path).content.decode()) is demo
    finally:
        frame.forget()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_pass_axe(open_page: OpenPage, theme: str) -> None:
    page = open_page("/", theme=theme)
    for size in ((1440, 900), PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for path in PAGES:
            page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
            assert (path, size, axe_violations(page)) == (path, size, [])
            assert (path, size, too_wide(page)) == (path, size, [])


@pytest.mark.browser
def test_pages_pass_axe_from_right_to_left(open_page: OpenPage, pseudo_locale: str) -> None:
    page = open_page(f"/{pseudo_locale}/")
    for path in ("/", "/help/", "/no-such-page/"):
        page.goto("/".join(page.url.split("/")[:3]) + f"/{pseudo_locale}{path}")
        assert (path, axe_violations(page)) == (path, [])
        assert (path, too_wide(page)) == (path, [])


@pytest.mark.browser
def test_readers_may_space_the_text(open_page: OpenPage, settings: Any) -> None:
    settings.DEMO = True
    page = open_page("/")
    for path in ("/", "/help/", "/_ui/?as=hub"):
        page.goto("/".join(page.url.split("/")[:3]) + path)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(_SPACED)
            assert (path, width, too_wide(page)) == (path, width, [])
