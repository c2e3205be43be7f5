"""What every test may ask for: a browser, a signed-in actor's page, the pseudo-language."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import django.conf.locale
import pytest
from browser import end_chromium
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from hansa.web.components import icons

# Playwright keeps an event loop in the thread of the tests; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

icons.strict = True

DESKTOP, PHONE = (1440, 900), (390, 844)
PATIENCE = float(os.environ.get("HANSA_TEST_PATIENCE", "120"))  # seconds for one test in the browser


def _chromium() -> str:
    path = os.environ.get("HANSA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path and os.access(path, os.X_OK):
        return path
    reason = "No chromium here. Install Debian's (apt-get install chromium) or set HANSA_CHROMIUM to one."
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def _chromium_running() -> Iterator[Callable[[], Browser]]:
    path = _chromium()
    running: Browser | None = None
    with sync_playwright() as playwright:

        def give() -> Browser:
            nonlocal running
            if running is None or not running.is_connected():
                running = playwright.chromium.launch(
                    executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
                )
            return running

        yield give
        if running is not None:
            running.close()


@pytest.fixture
def browser(_chromium_running: Callable[[], Browser], request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Return a running chromium; skips with its reason when there is none, except in CI.

    Once in some thousand tests chromium never answers a key. Then it is ended, and the test is played once more.
    """
    is_long = request.node.get_closest_marker("long") is not None
    watch = threading.Timer(PATIENCE * 6 if is_long else PATIENCE, end_chromium)
    watch.daemon = True
    watch.start()
    yield _chromium_running()
    watch.cancel()


OpenPage = Callable[..., Page]


def _is_complaint(line: ConsoleMessage) -> bool:
    """Return whether the console says that something broke; an answer like 404 or 422 may be what a test wants."""
    refused = "responded with a status of" in line.text and "status of 500" not in line.text
    return line.type == "error" and not refused


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """Return a function that opens ``path`` of the running site in a fresh browser window.

    Options: ``size`` (width, height), ``theme`` (light or dark), ``scripts=False``, ``cookies`` (name to value), and
    what ``Browser.new_context`` takes. Errors on the console and scripts that fail end the test.
    """
    contexts, complaints = [], []

    def opened(path: str, *, size: tuple[int, int] = DESKTOP, theme: str = "light", scripts: bool = True,
               cookies: dict[str, str] | None = None, **options: Any) -> Page:  # fmt: skip
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": name, "value": content, "url": live_server.url} for name, content in (cookies or {}).items()]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def pseudo_locale(settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Offer the right-to-left pseudo-language for this test and return its code."""
    info = {"bidi": True, "code": "qps", "name": "Pseudo", "name_local": "[Pseudo]"}
    monkeypatch.setitem(django.conf.locale.LANG_INFO, "qps", info)
    if "qps" not in dict(settings.LANGUAGES):
        settings.LANGUAGES = [*settings.LANGUAGES, ("qps", "Pseudo")]
    return "qps"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Start and leave every test in English, whatever language its requests spoke."""
    translation.activate("en")
    yield
    translation.activate("en")
