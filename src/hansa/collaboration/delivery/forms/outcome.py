"""Forms for what came out: maturity and investment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hansa.collaboration.delivery.forms.plan import day
from hansa.collaboration.delivery.states import Instrument, InvestmentKind
from hansa.foundation.numbers import NumberField


class MaturityForm(forms.Form):
    """One field for each question of the instrument; nothing ticked is an answer too."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        scale = [(str(step), pgettext("content", words)) for step, words in instrument.scale]
        for dimension in instrument.dimensions:
            for question in dimension.questions:
                items = [(key, pgettext("content", words)) for key, words in question.items]
                label = pgettext("content", question.about)
                if items:
                    self.fields[question.key] = forms.MultipleChoiceField(
                        label=label, choices=items, required=False, widget=forms.CheckboxSelectMultiple
                    )
                else:
                    self.fields[question.key] = forms.TypedChoiceField(label=label, choices=scale, coerce=int)

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The dimensions with their fields."""
        return [
            (pgettext("content", dimension.name), [self[question.key] for question in dimension.questions])
            for dimension in self.instrument.dimensions
        ]


class InvestmentForm(forms.Form):
    amount_eur = NumberField(label=_("Amount in EUR"), max_digits=12, decimal_places=2)
    kind = forms.ChoiceField(label=_("Where the money comes from"), choices=InvestmentKind.choices)
    on = day(_("Decided on"))
    evidence = forms.CharField(
        label=_("What shows it"), max_length=300, help_text=_("Such as an order, a contract or a letter.")
    )
