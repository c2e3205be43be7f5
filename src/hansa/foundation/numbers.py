"""Fields for numbers and amounts as people of any European country type them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberField(forms.DecimalField):
    """A number with spaces, points, commas or apostrophes between its digits, with or without the euro sign."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(_plain(value) if isinstance(value, str) else value)


# Codes and signs of money that is not euro, as people write them beside an amount.
_OTHER_MONEY = re.compile(
    r"(?i)(?<![a-z])(usd|gbp|chf|sek|dkk|nok|pln|czk|huf|ron|bgn|isk|try|uah|rsd|mkd|all|bam)(?![a-z])|[$£¥₺₴]|zł|kč"
)


class EuroField(NumberField):
    """An amount in euro of zero or more, with two digits after the mark at most; another currency is refused."""

    default_error_messages = {
        "invalid": _("Write an amount such as 1500 or 1 500,50."),
        "currency": _("Amounts are in euro. Convert this one and write the euro."),
        "min_value": _("Enter an amount of zero or more."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_digits": 12, "decimal_places": 2} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        """Show an amount without cents that are none."""
        return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and _OTHER_MONEY.search(value):
            raise forms.ValidationError(self.error_messages["currency"], code="currency")
        amount = super().to_python(value)
        if amount is not None and amount < 0:
            raise forms.ValidationError(self.error_messages["min_value"], code="min_value")
        return amount


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
