"""Forms of this corner: estimates by point of the role, expenses, a split to use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hansa.collaboration.shares.operations import Expected
from hansa.collaboration.shares.queries import Matrix
from hansa.collaboration.shares.states import BEST_SCORE, MOST_EUR, MOST_HOURS
from hansa.foundation.numbers import NumberField

_NO_NUMBER = {"invalid": gettext_lazy("Write a number such as 4.5 or 60 000.")}
_EUR = {"max_digits": 10, "decimal_places": 2, "min_value": 0, "max_value": MOST_EUR, "error_messages": _NO_NUMBER}


def _number(label: str, value: Decimal | None, **options: Any) -> NumberField:
    """Return a field for a number that may stay empty, with what was entered before."""
    return NumberField(label=label, initial=_plain(value), required=False, **options)


def _plain(value: Decimal | None) -> str | None:
    """Return a number without the zeros that the database adds."""
    return None if value is None else f"{value.normalize():f}"


@dataclass(frozen=True, slots=True)
class PointFields:
    """The fields of one point, under its words."""

    words: str
    fields: tuple[forms.BoundField, ...]


class EstimateForm(forms.Form):
    """Every point of the role, filled with what was estimated before. Fields are called by the id of their point."""

    def __init__(self, data: Any = None, *, matrix: Matrix, **options: Any) -> None:
        super().__init__(data, **options)
        self._matrix = matrix
        for line in matrix.costs:
            known = line.estimate
            self.fields[f"{line.id}-hours"] = _number(
                _("Hours"), known and known.hours, max_digits=7, decimal_places=2, min_value=0, max_value=MOST_HOURS,
                error_messages=_NO_NUMBER,
            )  # fmt: skip
            self.fields[f"{line.id}-amount_eur"] = _number(_("Other spending, EUR"), known and known.amount_eur, **_EUR)
        for benefit in matrix.benefits:
            gain = benefit.estimate
            self.fields[f"{benefit.id}-amount_eur"] = _number(_("Worth in EUR"), gain and gain.amount_eur, **_EUR)
            self.fields[f"{benefit.id}-score"] = forms.TypedChoiceField(
                label=_("Or how much it matters"), choices=_scores(), coerce=int, empty_value=None, required=False,
                initial=gain.score if gain else None,
            )  # fmt: skip
        for risk in matrix.risks:
            fear = risk.estimate
            self.fields[f"{risk.id}-likelihood"] = forms.IntegerField(
                label=_("Likelihood in per cent"), min_value=0, max_value=100, required=False,
                initial=fear.likelihood if fear else None,
            )  # fmt: skip
            self.fields[f"{risk.id}-amount_eur"] = _number(_("Damage in EUR"), fear and fear.amount_eur, **_EUR)

    def clean(self) -> dict[str, Any]:
        for benefit in self._matrix.benefits:
            names = (f"{benefit.id}-amount_eur", f"{benefit.id}-score")
            if all(self.cleaned_data.get(name) is not None for name in names):
                self.add_error(names[1], _("State a benefit in euro or from 0 to 5, not both."))
        return self.cleaned_data

    @property
    def groups(self) -> list[tuple[str, list[PointFields]]]:
        """The fields by kind of point, each under its words."""
        return [
            (_("Costs"), self._of(self._matrix.costs, "hours", "amount_eur")),
            (_("Benefits"), self._of(self._matrix.benefits, "amount_eur", "score")),
            (_("Risks"), self._of(self._matrix.risks, "likelihood", "amount_eur")),
        ]

    def _of(self, lines: Iterable[Any], *names: str) -> list[PointFields]:
        return [PointFields(line.words, tuple(self[f"{line.id}-{name}"] for name in names)) for line in lines]

    @property
    def expected(self) -> list[Expected]:
        """What was entered, by point; only after ``is_valid``."""
        values: dict[str, dict[str, Any]] = {}
        for name, value in self.cleaned_data.items():
            item, _dash, which = name.rpartition("-")
            values.setdefault(item, {})[which] = value
        return [Expected(item=item, **given) for item, given in values.items()]


def _scores() -> list[tuple[str, str]]:
    words = {0: _("0, not at all"), BEST_SCORE: _("5, very much")}
    return [("", _("Not said")), *((str(n), words.get(n, str(n))) for n in range(BEST_SCORE + 1))]


class ExpenseForm(forms.Form):
    item = forms.ChoiceField(label=gettext_lazy("For what"))
    amount_eur = NumberField(label=gettext_lazy("Amount in EUR"), **_EUR)
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
    receipt = forms.FileField(label=gettext_lazy("Receipt"), required=False)

    def __init__(self, *args: Any, costs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_expense_%s")
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = costs


class ReleaseForm(forms.Form):
    shows_money = forms.BooleanField(required=False)


class SplitForm(forms.Form):
    """A split to use, with what the reader saw: the fees by hub and the version of the agreement."""

    method = forms.CharField(max_length=20)
    fees = forms.CharField(max_length=20_000)
    base_version = forms.IntegerField(min_value=1, max_value=1_000_000)

    def clean_fees(self) -> dict[int, Decimal]:
        try:
            pairs = [pair.split(":") for pair in self.cleaned_data["fees"].split(",")]
            return {int(hub): Decimal(fee) for hub, fee in pairs}
        except (ValueError, ArithmeticError) as error:
            raise forms.ValidationError(_("Load the page again, then press again.")) from error
