"""What tests look at in a browser's page."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_ALL = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
}
# What another colour scheme alone can break.
COLOURS = ("color-contrast", "link-in-text-block")
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const hidden = (element) => element.closest('.sr, .scroll, .functions, .tabs, .top nav, [popover], .bubble, svg, .skip');
  return [...document.querySelectorAll('body *')]
    .filter((element) => !hidden(element))
    .filter((element) => { const box = element.getBoundingClientRect(); return box.width && (box.right > width + 1 || box.left < -1); })
    .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`)
    .slice(0, 5);
}"""


def axe_violations(page: Page, *, only: Sequence[str] = ()) -> list[str]:
    """Return what axe finds wrong (WCAG 2.2 A and AA, best practice), one line per rule with the first places.

    :param only: names of rules, where the others are known to hold
    """
    rules = {"type": "rule", "values": list(only)} if only else _ALL
    # Gathering every place that is right takes as long as looking.
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{violation['id']}: {violation['help']} at " + "; ".join(node["html"][:160] for node in violation["nodes"][:3])
        for violation in found
    ]


def too_wide(page: Page) -> list[str]:
    """Return what sticks out sideways; empty when the page does not scroll sideways."""
    if page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
        return []
    return page.evaluate(_TOO_WIDE) or ["the page scrolls sideways"]


def end_chromium() -> None:
    """Kill the chromium that playwright started for this process: what waits for it fails with ``TargetClosedError``."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            command = (process / "cmdline").read_bytes().split(b"\0")
            is_main = b"--remote-debugging-pipe" in command and not any(word.startswith(b"--type=") for word in command)
            if is_main and _parent(_parent(int(process.name))) == os.getpid():
                os.kill(int(process.name), signal.SIGKILL)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
