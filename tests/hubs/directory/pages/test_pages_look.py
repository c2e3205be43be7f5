"""When the pages of the directory are looked at, in a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browser import axe_violations, too_wide
from conftest import DESKTOP, PHONE, OpenPage
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from factories import NOW, make_hub
from playwright.sync_api import Page, expect
from shelf import Shelf

from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.models import User
from hansa.web.sessions import SessionStore

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = {
    "desktop-light": {"size": DESKTOP},
    "desktop-dark": {"size": DESKTOP, "theme": "dark"},
    "phone": {"size": PHONE},
    "phone-mirrored": {"size": PHONE, "direction": "rtl"},
}


def session_of(user: User) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key or ""}


def faults(page: Page, site: str, paths: list[str], direction: str) -> list[str]:
    """Walk the pages and return what is wrong with them."""
    found = []
    for path in paths:
        answer = page.goto(site + path)
        if answer is None or answer.status != 200 or page.locator("h1").count() != 1:
            found.append(f"{path} answers {answer and answer.status}")
        page.evaluate("direction => document.documentElement.dir = direction", direction)
        found += [f"{path} {fault}" for fault in (*axe_violations(page), *too_wide(page))]
    return found


@pytest.mark.parametrize("mode", MODES)
def test_public_pages_have_no_faults(open_page: OpenPage, live_server: Any, shelf: Shelf, mode: str) -> None:
    people, options = shelf.people, dict(MODES[mode])
    long = "Ευρωπαϊκός Κόμβος Ψηφιακής Καινοτομίας Θεσσαλονίκης i Żółkiewskie Centrum Łączności"
    operations.create_hub(name=long, summary="Άνθρωποι " * 40, by=SYSTEM, at=NOW)
    for _number in range(22):
        make_hub(latitude=40.0, longitude=-3.7)
    pair = f"?hub={people.isar.slug}&hub={people.aarhus.slug}"
    paths = ["/hubs/", "/hubs/?q=robots+in+Germany&cc=XX", "/hubs/?lang=da&cc=DE", f"/hubs/{pair}", "/hubs/?page=2",
             f"/hubs/{people.isar.slug}/", f"/hubs/{people.aarhus.slug}/", f"/hubs/compare/{pair}", "/hubs/compare/"]  # fmt: skip
    direction = str(options.pop("direction", "ltr"))
    page = open_page("/hubs/", **options)
    assert faults(page, live_server.url, paths, direction) == []


@pytest.mark.parametrize("mode", MODES)
def test_own_pages_have_no_faults(open_page: OpenPage, live_server: Any, shelf: Shelf, mode: str) -> None:
    people, options = shelf.people, dict(MODES[mode])
    offer = people.isar.offers.first()
    pages = ["", "basics/", "services/", "services/add/", f"services/{offer.pk}/", "competences/?q=vision",
             "facilities/", "facilities/add/", "use-cases/add/", "contacts/", "contacts/add/", "suggestions/"]  # fmt: skip
    paths = [f"/profile/{page}" for page in pages] + ["/hubs/", f"/hubs/{people.aarhus.slug}/"]
    direction = str(options.pop("direction", "ltr"))
    page = open_page("/hubs/", cookies=session_of(people.jonas), **options)
    assert faults(page, live_server.url, paths, direction) == []
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in session_of(people.mette).items()]
    )
    assert faults(page, live_server.url, ["/profile/", "/profile/suggestions/"], direction) == []


def test_a_tick_in_a_menu_changes_list_counts_and_address(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page("/hubs/")
    page.locator("summary", has_text="Country").click()
    page.locator("#m-cc label", has_text="Germany").click()
    expect(page.locator("#results h2").first).to_have_text("1 hub")
    expect(page.locator("#live")).to_have_text("1 hub")
    expect(page).to_have_url(re.compile(r"/hubs/\?cc=DE$"))
    # The menu stays open for the next tick, and says how many are chosen.
    expect(page.locator("#m-cc .pop")).to_be_visible()
    expect(page.locator("#m-cc summary .count")).to_have_text("1")
    page.locator("#m-cc label", has_text="Denmark").click()
    expect(page.locator("#results h2").first).to_have_text("2 hubs")
    page.keyboard.press("Escape")
    page.locator("#m-lang summary").click()
    expect(page.locator("#m-lang .item")).to_have_count(3)
    assert axe_violations(page) == []
    page.go_back()
    expect(page.locator("#results h2").first).to_have_text("1 hub")


def test_the_search_box_answers_without_leaving_the_page(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page("/hubs/")
    page.fill("#search-q", "Robot cells")
    page.keyboard.press("Enter")
    expect(page.locator("#results h2").first).to_have_text("1 hub")
    page.select_option("#sort", "name")
    expect(page).to_have_url(re.compile("sort=name"))
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("#results h2").first).to_have_text("4 hubs")


def test_ticked_hubs_are_compared(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page("/hubs/?sort=name")
    page.locator(".hub .check").nth(0).click()
    page.locator(".hub .check").nth(2).click()
    expect(page.locator(".tray b")).to_have_text("2 hubs selected")
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.locator("table.compare thead th")).to_have_count(2)
    page.get_by_role("link", name="Take out Aarhus Food Robotics").click()
    expect(page.get_by_role("heading", name="Choose two to four hubs")).to_be_visible()


def test_filters_and_map_open_as_sheets_on_a_phone(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page("/hubs/", size=PHONE)
    page.get_by_role("button", name="Filters").click()
    page.locator("summary", has_text="Country").click()
    page.locator("#m-cc label", has_text="Spain").click()
    show = page.get_by_role("button", name="Show 1 hub")
    expect(show).to_be_visible()
    assert axe_violations(page) == []
    show.click()
    expect(page.locator("#menus")).to_be_hidden()
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("#map")).to_be_visible()
    assert axe_violations(page) == []
    assert too_wide(page) == []


def test_everything_works_without_scripts(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page("/hubs/?sort=name", scripts=False)
    page.locator("summary", has_text="Country").click()
    page.locator("#m-cc label", has_text="Germany").click()
    page.fill("#search-q", "edge")
    page.locator(".searchbox button").click()
    assert page.locator(".hub h3").all_inner_texts() == ["Isar Edge Lab"]
    page.goto(page.url.split("?")[0] + "?sort=name")
    page.locator(".hub .check").nth(0).click()
    page.locator(".hub .check").nth(1).click()
    page.get_by_role("button", name="Compare side by side").click()
    assert page.locator("table.compare thead th").count() == 2


def test_suggestions_are_decided_with_one_click_each(open_page: OpenPage, shelf: Shelf) -> None:
    page = open_page("/profile/suggestions/", cookies=session_of(shelf.people.mette))
    page.get_by_role("button", name="Dismiss Technology concept").click()
    expect(page.locator("#live")).to_have_text("0 suggestions left")
    page.locator("summary", has_text="1 dismissed").click()
    page.get_by_role("button", name="Bring back Technology concept").click()
    page.get_by_role("button", name="Confirm Technology concept").click()
    expect(page.get_by_role("heading", name="Nothing to confirm")).to_be_visible()
    page.goto(page.url.replace("suggestions/", "services/"))
    expect(page.locator(".list li")).to_have_count(1)
