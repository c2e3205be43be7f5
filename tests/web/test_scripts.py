"""Using a page's scripts in a browser, and doing without them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browser import axe_violations
from cast import make_cast
from conftest import PHONE, OpenPage
from django.test import Client
from playwright.sync_api import Page, Route, expect

from hansa.web import navigation

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture(autouse=True)
def _demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setattr(navigation, "BADGE_SOURCES", [])
    monkeypatch.setattr(navigation, "PALETTE_SOURCES", [])


@pytest.fixture
def lucia(transactional_db: None) -> dict[str, str]:
    """Return the cookie of Lucía's session."""
    client = Client()
    client.force_login(make_cast().lucia)
    return {"sessionid": client.cookies["sessionid"].value}


def _bench(page: Page, body: str, answers: list[int]) -> list[str]:
    """Show ``body`` with the real scripts at /bench/; its posts get ``answers`` in turn. Returns what was posted."""
    posted: list[str] = []
    words = 'data-saving="Saving" data-saved="Saved" data-unsaved="Not saved." data-retry="Try again"'

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.post_data or "")
            route.fulfill(status=answers.pop(0) if answers else 204, body="")
            return
        route.fulfill(
            content_type="text/html",
            body=f'<!doctype html><html lang="en"><title>Bench</title><main>{body}</main><p id="live" {words}></p>'
            '<div id="toasts" data-dismiss="Dismiss"></div><script type="module" src="/static/hansa/hansa.js"></script>',
        )

    page.route("**/bench/**", answer)
    page.goto(page.url.split("/help")[0] + "/bench/")
    return posted


# The palette


def test_palette_opens_by_key_finds_and_goes(open_page: OpenPage, lucia: dict[str, str]) -> None:
    page = open_page("/help/", cookies=lucia)
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Type a hub, a request or a page")
    expect(box).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(9)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Find partners")
    assert box.get_attribute("aria-activedescendant") == "palette-1"
    assert axe_violations(page) == []
    box.fill("acces")
    expect(page.get_by_text("Nothing found. Try a shorter word.")).to_be_visible()
    box.fill("help")
    expect(page.get_by_role("option")).to_have_text(["Help and contact"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/")


def test_palette_closes_with_escape_and_gives_the_focus_back(open_page: OpenPage, lucia: dict[str, str]) -> None:
    page = open_page("/help/", cookies=lucia)
    page.get_by_role("link", name="Search or jump to").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    # While something is on its way, Escape also stops that; chromium then sometimes never says that the key arrived.
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.get_by_role("link", name="Search or jump to")).to_be_focused()


def test_palette_is_a_page_without_scripts(open_page: OpenPage, lucia: dict[str, str]) -> None:
    page = open_page("/help/", cookies=lucia, scripts=False)
    page.get_by_role("link", name="Search or jump to").click()
    page.get_by_label("Type a hub, a request or a page").fill("req")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("main").get_by_role("link", name="Requests")).to_be_visible()


# Menus, theme, phone


def test_menus_close_on_escape_and_outside(open_page: OpenPage) -> None:
    page = open_page("/_ui/?part=basics")
    menu, item = page.locator("summary", has_text="Export"), page.get_by_role("link", name="Excel")
    menu.click()
    expect(item).to_be_visible()
    page.keyboard.press("Escape")
    expect(item).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("heading", name="Table").click()
    expect(item).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_theme_is_chosen_and_kept(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/help/", scripts=scripts)
    page.locator("summary", has_text="Display").click()
    if scripts:
        with page.expect_response("**/settings/display/"):
            page.get_by_role("button", name="Dark").click()
    else:
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(15, 25, 27)"


@pytest.mark.parametrize("scripts", [True, False])
def test_phone_reaches_every_place(open_page: OpenPage, lucia: dict[str, str], scripts: bool) -> None:
    page = open_page("/help/", cookies=lucia, size=PHONE, scripts=scripts)
    expect(page.get_by_role("link", name="Profile")).to_be_hidden()
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("link", name="Profile")).to_be_visible()


def test_skip_link_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page("/help/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_the_keyboard_shows_where_it_is(open_page: OpenPage, lucia: dict[str, str]) -> None:
    page = open_page("/_ui/?as=hub&part=work", cookies=lucia)
    bare = []
    for _ in range(45):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
            return [e.outerHTML.slice(0, 60), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
                    box.bottom > 0 && box.top < innerHeight]; }"""
        )
        if not (seen[1] and seen[2]):
            bare.append(seen[0])
    assert bare == []


# Forms


def test_a_form_is_sent_once(open_page: OpenPage) -> None:
    page = open_page("/help/")
    posted = _bench(
        page, '<form method="post" action="/bench/send/"><button name="a" value="1">Send</button></form>', []
    )
    page.evaluate("for (let n = 0; n < 5; n++) document.querySelector('button').click()")
    page.wait_for_timeout(300)
    assert posted == ["a=1"]


def test_the_summary_of_errors_takes_the_focus(open_page: OpenPage) -> None:
    page = open_page("/_ui/?part=forms")
    expect(page.get_by_role("alert")).to_be_focused()


def test_characters_are_counted(open_page: OpenPage) -> None:
    page = open_page("/_ui/?part=forms")
    area = page.locator("#good_need")
    area.fill("four")
    expect(page.locator("#good_need + .counter")).to_have_text("4 / 4,000")


def test_leaving_with_unsent_text_asks(open_page: OpenPage) -> None:
    page = open_page("/help/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    _bench(page, '<form method="post" data-unsent><textarea></textarea></form>', [])
    page.reload()
    assert asked == []
    page.locator("textarea").press_sequentially("text")
    page.reload()
    assert asked == ["beforeunload"]


def test_who_stays_for_unsent_text_can_press_again(open_page: OpenPage) -> None:
    page = open_page("/help/")
    unsent = '<form method="post" data-unsent><textarea></textarea></form>'
    posted = _bench(
        page, f'{unsent}<form method="post" action="/bench/send/"><button name="a">Send</button></form>', []
    )
    page.locator("textarea").press_sequentially("text")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("button[name=a]").click()
    assert posted == []
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("button[name=a]").click()
    page.wait_for_timeout(300)
    assert posted == ["a="]


_AUTOSAVE = (
    '<form data-autosave="/bench/save/"><label>Title <input name="title"></label></form><span data-state></span>'
)


def test_autosave_saves_after_a_pause_and_says_when(open_page: OpenPage) -> None:
    page = open_page("/help/")
    posted = _bench(page, _AUTOSAVE, [])
    page.wait_for_timeout(300)
    page.get_by_label("Title").press_sequentially("Edge")
    expect(page.locator("[data-state]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert len(posted) == 1
    assert "Edge" in posted[0]


def test_autosave_keeps_what_it_could_not_send(open_page: OpenPage) -> None:
    page = open_page("/help/")
    page.on("dialog", lambda dialog: dialog.accept())
    posted = _bench(page, _AUTOSAVE, [503, 503, 204])
    page.wait_for_timeout(300)
    page.get_by_label("Title").press_sequentially("Edge")
    expect(page.locator("[data-state]")).to_contain_text("Not saved.")
    page.reload()
    # What was typed is there again, and was tried again at once.
    expect(page.get_by_label("Title")).to_have_value("Edge")
    expect(page.locator("[data-state]")).to_contain_text("Not saved.")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-state]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert len(posted) == 3


# Toasts and the tray


def test_toast_shows_without_taking_the_focus(open_page: OpenPage) -> None:
    page = open_page("/_ui/?part=basics")
    page.evaluate(
        """document.dispatchEvent(new CustomEvent("toast", {detail: {text: "Removed Isar", label: "Undo", href: "#undo"}}))"""
    )
    toast = page.get_by_role("status").filter(has_text="Removed Isar")
    expect(toast).to_be_visible()
    expect(toast.get_by_role("link", name="Undo")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    assert axe_violations(page) == []
    toast.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_tray_counts_what_is_ticked(open_page: OpenPage) -> None:
    page = open_page("/_ui/?part=matching")
    tray = page.locator(".tray")
    expect(tray).to_contain_text("1 hub selected")
    page.get_by_label("Compare Rhône Vision Hub").check()
    expect(tray).to_contain_text("2 hubs selected")
    page.get_by_label("Compare Isar Edge Lab").uncheck()
    page.get_by_label("Compare Rhône Vision Hub").uncheck()
    expect(tray).to_be_hidden()


# The content policy


def test_the_page_keeps_its_content_policy(open_page: OpenPage, lucia: dict[str, str]) -> None:
    page = open_page("/_ui/?as=hub", cookies=lucia)
    assert page.evaluate("htmx.config.allowEval") is False
    assert page.evaluate("htmx.config.includeIndicatorStyles") is False
    assert page.evaluate("document.querySelectorAll('style, [style]').length") == 0
