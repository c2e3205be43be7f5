"""A person at a real browser, with or without JavaScript."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from browser import COLOURS, axe_violations, too_wide
from playwright.sync_api import Browser, Locator, Page, expect

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Where to keep a picture of every screen, for people to look at; nowhere unless it is set.
PICTURES = os.environ.get("HANSA_PICTURES")


class ChromiumHand:
    """Finds things as a person does: by label, by the words on a button, by heading."""

    def __init__(self, browser: Browser, site: str, *, scripts: bool, looks: Looks) -> None:
        self.site, self.looks = site, looks
        self.context = browser.new_context(
            base_url=site, viewport=DESKTOP, java_script_enabled=scripts, reduced_motion="reduce", locale="en-GB"
        )  # type: ignore[arg-type]
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: looks.faults.append(f"{self.path} script: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, line) -> None:
        if line.type == "error" and "responded with a status of 4" not in line.text:
            self.looks.faults.append(f"{self.path} console: {line.text}")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def open(self, address: str, *, status: int = 200) -> None:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address} answers {answer.status}:\n{self.read()[:3000]}"

    def read(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def see(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each, use_inner_text=True)

    def _part(self, heading: str) -> Page | Locator:
        if not heading:
            return self.page
        begins = _begins(heading)
        named = self.page.get_by_role("region", name=begins).or_(self.page.get_by_role("group", name=begins))
        folded = self.page.locator("details", has=self.page.locator("> summary", has_text=heading))
        return named.or_(folded).first

    def _field(self, label: str, within: str) -> Locator:
        field = self._there(self._part(within).get_by_label(_begins(label)), f"a field “{label}”")
        self._unfold(field)
        return field

    def _there(self, thing: Locator, what: str) -> Locator:
        """Return the one thing; it may still be folded away."""
        try:
            expect(thing).to_have_count(1)
        except AssertionError:
            raise AssertionError(f"{thing.count()} times {what} on {self.path}:\n{self.read()[:3000]}") from None
        return thing

    def _unfold(self, thing: Locator) -> None:
        """Open what hides it, from the outside in."""
        for folded in reversed(thing.locator("xpath=ancestor::details[not(@open)]").all()):
            folded.locator("> summary").click()

    def fill(self, label: str, text: str, *, within: str = "") -> None:
        self._field(label, within).fill(text)

    def value(self, label: str) -> str:
        return self._field(label, "").input_value()

    def choose(self, label: str, option: str, *, within: str = "") -> None:
        begins = _begins(label)
        group = self._part(within).get_by_role("group", name=begins)
        if group.count():
            group.get_by_label(_begins(option)).check()
        else:
            self._field(label, within).select_option(label=option)

    def tick(self, label: str, *, within: str = "") -> None:
        self._field(label, within).check()

    def attach(self, label: str, name: str, content: bytes) -> None:
        self._field(label, "").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})

    def buttons(self, start: str) -> list[str]:
        return [words for words in self._names("button") if words.startswith(start)]

    def links(self, start: str) -> list[str]:
        return [words for words in self._names("a[href]") if words.startswith(start)]

    def _names(self, kind: str) -> list[str]:
        return [" ".join(words.split()) for words in self.page.locator(kind).all_text_contents()]

    def press(self, words: str, *, within: str = "", status: int = 200) -> None:
        button = self._there(self._part(within).get_by_role("button", name=_whole(words)), f"a button “{words}”")
        self._unfold(button)
        with self.page.expect_response(_answers) as answer:
            button.click()
        self._settle()
        got = answer.value
        assert got.status == status, f"“{words}” on {self.path} answers {got.status}:\n{self.read()[:3000]}"

    def follow(self, words: str) -> None:
        link = self._there(self.page.get_by_role("link", name=_whole(words)).first, f"a link “{words}”")
        self._unfold(link)
        with self.page.expect_response(_answers):
            link.click()
        self._settle()

    def _settle(self) -> None:
        """Wait until what was asked for stands on the page."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)

    def download(self, words: str) -> bytes:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=_whole(words)).first.click()
        return Path(coming.value.path()).read_bytes()

    def look(self, name: str) -> None:
        self.looks.at(self, name)

    def close(self) -> None:
        self.context.close()


def _pattern(words: str, *, end: str = "") -> re.Pattern[str]:
    """Return a pattern of these words from the beginning; a space may stand before what only screen readers get."""
    letters = (rf"\s*{re.escape(letter)}" if letter in ":.," else re.escape(letter) for letter in words)
    return re.compile("^" + "".join(letters).replace("/", r"\/") + end)


def _begins(words: str) -> re.Pattern[str]:
    return _pattern(words)


def _whole(words: str) -> re.Pattern[str]:
    return _pattern(words, end="$")


def _answers(response) -> bool:
    """Return whether this is what a press or a link asked for, after all redirects."""
    kind, is_last = response.request.resource_type, response.status not in {301, 302, 303}
    return is_last and (kind == "document" or "hx-target" in response.request.headers)


class Looks:
    """Looks at screens in four ways and gathers what is wrong: light, dark, on a phone, mirrored."""

    def __init__(self, *, is_close: bool) -> None:
        self.is_close = is_close
        self.faults: list[str] = []

    def at(self, hand: ChromiumHand, name: str) -> None:
        if not self.is_close:
            return
        page = hand.page
        self._judge(page, f"{name} light")
        page.emulate_media(color_scheme="dark")
        self._judge(page, f"{name} dark", only=COLOURS)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self._judge(page, f"{name} phone")
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        self._mirrored(hand, name)

    def _mirrored(self, hand: ChromiumHand, name: str) -> None:
        """Open the same address in the pseudo-language, beside the page with what was typed in it."""
        parts = urlsplit(hand.page.url)
        mirror = hand.context.new_page()
        mirror.goto(f"/qps{parts.path}?{parts.query}")
        if mirror.locator("html").get_attribute("dir") != "rtl":
            self.faults.append(f"{name} mirrored: is not from right to left")
        self._judge(mirror, f"{name} mirrored")
        mirror.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.faults += [f"{name} mirrored on a phone: {wide}" for wide in too_wide(mirror)]
        self._picture(mirror, f"{name} mirrored phone")
        mirror.close()

    def _judge(self, page: Page, name: str, *, only: Sequence[str] = ()) -> None:
        self.faults += [f"{name}: {fault}" for fault in (*axe_violations(page, only=only), *too_wide(page))]
        self._picture(page, name)

    def _picture(self, page: Page, name: str) -> None:
        if PICTURES:
            # A picture of the whole page shows what sticks to the window where the page was scrolled to.
            page.evaluate("scrollTo(0, 0)")
            # Hiding the caret would need a style that the policy of the site forbids.
            page.screenshot(path=f"{PICTURES}/journey-{name.replace(' ', '-')}.png", full_page=True, caret="initial")
