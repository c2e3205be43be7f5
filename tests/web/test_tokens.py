"""Reading the colour tokens: every pair that carries text or a border is measured, in light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "frontend/css/00-tokens.css"
TOKENS = {
    name: (light.strip(), dark.strip())
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\(([^,]+), ([^)]+)\);", CSS.read_text())
}
ON_SUN = re.search(r"--on-sun: (#\w+)", CSS.read_text())[1]

PAIRS = [
    *[(ink, ground, 4.5) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "bg", "sunken", "raised")],
    *[("line-2", ground, 3.0) for ground in ("surface", "sunken", "bg", "raised")],
    ("on-brand", "brand", 4.5),
    ("on-brand", "brand-hover", 4.5),
    *[("brand-ink", ground, 4.5) for ground in ("surface", "brand-tint", "sunken", "bg", "raised")],
    *[(f"{tone}-ink", f"{tone}-tint", 4.5) for tone in ("sun", "good", "bad")],
    *[(f"{tone}-ink", "surface", 4.5) for tone in ("sun", "good", "bad")],
    *[("ink", f"{tone}-tint", 4.5) for tone in ("brand", "sun", "good", "bad")],
    *[("brand-ink", f"{tone}-tint", 4.5) for tone in ("sun",)],
    *[(f"f{n}-i", f"f{n}-t", 4.5) for n in (1, 2, 3, 4)],
    *[(f"f{n}", "surface", 3.0) for n in (1, 2, 3, 4)],
    *[("focus", ground, 3.0) for ground in ("surface", "bg", "sunken", "raised")],
    *[(mark, "surface", 3.0) for mark in ("brand", "good", "bad", "alert")],
]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_measure_knows_black_on_white() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_pair_has_enough_contrast(ink: str, ground: str, least: float, theme: int) -> None:
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= least


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_counts_are_readable_on_marigold(theme: int) -> None:
    assert contrast(ON_SUN, TOKENS["sun"][theme]) >= 4.5


def test_no_pair_is_the_institutions_blue_and_yellow() -> None:
    used = {colour.lower() for pair in TOKENS.values() for colour in pair}
    assert used.isdisjoint({"#003399", "#039", "#ffcc00", "#fc0"})
