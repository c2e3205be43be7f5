"""Fields for long texts and for money, as people type them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hansa.foundation.numbers import NumberField

MAX_WORDS = 10_000


class WordsField(forms.CharField):
    """A text in any language. Too long a text is refused with both numbers, and never cut by the browser."""

    def __init__(self, *, limit: int = MAX_WORDS, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        # Browsers send two characters for one line break; people count one.
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            facts = {"limit": number_format(self.limit, use_l10n=True, force_grouping=True)}
            facts["n"] = number_format(len(value), use_l10n=True, force_grouping=True)
            raise ValidationError(_("At most %(limit)s characters fit here. Your text has %(n)s.") % facts)


class MoneyField(NumberField):
    """An amount in euro."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=10, decimal_places=2, **kwargs)
