"""Opening the gallery of components, in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from browser import axe_violations, too_wide
from conftest import DESKTOP, PHONE, OpenPage
from django.test import Client
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def test_is_hidden_on_a_real_installation(client: Client, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/_ui/").status_code == 404


def test_has_no_inline_style_or_script(client: Client) -> None:
    html = client.get("/_ui/", {"as": "hub"}).content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count("<script src=")


def test_gives_every_element_its_own_id(client: Client) -> None:
    import re

    ids = re.findall(r'\sid="([^"]+)"', client.get("/_ui/", {"as": "hub"}).content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_passes_axe(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page("/_ui/?as=hub", size=size)
    for look in ("theme=light", "theme=dark", "dir=rtl", "density=compact"):
        page.goto(f"{page.url.split('?')[0]}?as=hub&{look}")
        assert (look, axe_violations(page)) == (look, [])


@pytest.mark.browser
def test_passes_axe_in_the_frame_of_every_role(open_page: OpenPage) -> None:
    page = open_page("/_ui/?part=basics")
    for role in ("visitor", "client", "steward", "observer"):
        page.goto(f"{page.url.split('?')[0]}?part=basics&as={role}")
        assert (role, axe_violations(page)) == (role, [])


@pytest.mark.browser
def test_never_scrolls_sideways(open_page: OpenPage) -> None:
    page = open_page("/_ui/?as=hub")
    for direction in ("ltr", "rtl"):
        page.goto(f"{page.url.split('?')[0]}?as=hub&dir={direction}")
        for width in (320, 390, 768, 1024, 1440, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert (width, direction, too_wide(page)) == (width, direction, [])


@pytest.mark.browser
def test_passes_axe_with_menus_and_popovers_open(open_page: OpenPage) -> None:
    page = open_page("/_ui/?as=hub&part=matching")
    page.get_by_role("button", name="Isar Edge Lab, Sensor retrofit: yes, with evidence").click()
    expect(page.locator(".bubble:popover-open")).to_contain_text("Three delivered projects")
    assert axe_violations(page) == []
    page.locator("summary", has_text="Country").click()
    assert axe_violations(page) == []


@pytest.mark.browser
def test_keeps_every_target_at_24_pixels(open_page: OpenPage) -> None:
    page = open_page("/_ui/?as=hub", size=PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
        .filter((e) => e.checkVisibility() && !e.closest('.sr, .skip, p, td, svg, label, .notice'))
        .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 23.5 || box.width < 23.5))
        .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []
