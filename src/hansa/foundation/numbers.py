"""A field for numbers as people of any European country type them."""

from __future__ import annotations

import re
from typing import Any

from django import forms


class NumberField(forms.DecimalField):
    """A number with spaces, points, commas or apostrophes between its digits, with or without the euro sign."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(_plain(value) if isinstance(value, str) else value)


def _plain(text: str) -> str:
    """Return the digits with a point before the decimals: the last mark is decimal unless three digits follow it."""
    text = re.sub(r"(?i)eur|€|['’\s\u00a0\u202f]", "", text)
    marks = [place for place, letter in enumerate(text) if letter in ".,"]
    if not marks:
        return text
    whole, decimals = text[: marks[-1]], text[marks[-1] + 1 :]
    if len(decimals) == 3 and len({text[place] for place in marks}) == 1 and whole.lstrip("-") not in {"", "0"}:
        whole, decimals = whole + decimals, ""
    return re.sub(r"[.,]", "", whole) + (f".{decimals}" if decimals else "")
