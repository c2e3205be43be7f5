"""The limits of the team search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.partnering.forms.fields import MoneyField
from hansa.collaboration.partnering.forms.needs import labelled
from hansa.hubs.taxonomy.states import Kind


class LimitsForm(forms.Form):
    """Side conditions; an empty field sets none."""

    max_partners = forms.IntegerField(label=_("Partners at most"), min_value=1, max_value=20, required=False)
    max_per_country = forms.IntegerField(label=_("Hubs per country at most"), min_value=1, max_value=20, required=False)
    min_countries = forms.IntegerField(label=_("Countries at least"), min_value=1, max_value=20, required=False)
    budget_eur = MoneyField(
        label=_("Euro a day at most"), help_text=_("One working day of every partner."), required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("Every partner speaks at least one of them."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    backups = forms.IntegerField(
        label=_("Hubs for each must-have"),
        help_text=_("2 means that somebody can step in."),
        min_value=1,
        max_value=3,
        required=False,
    )
    excluded = forms.TypedMultipleChoiceField(
        label=_("Leave these hubs out"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, hubs: list[tuple[int, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = labelled(Kind.LANGUAGE)  # type: ignore[attr-defined]
        self.fields["excluded"].choices = list(hubs)  # type: ignore[attr-defined]

    def limits(self) -> dict[str, Any]:
        """JSON values by the engine's names, without what was left empty."""
        values = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        if "budget_eur" in values:
            values["budget_eur"] = float(values["budget_eur"])
        return values


class FollowForm(forms.Form):
    """Which of the network's scenarios a case follows; ``choices`` are ``key/version`` and title."""

    scenario = forms.ChoiceField(label=_("Scenario"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]], now: str) -> None:
        super().__init__(data, initial={"scenario": now})
        self.fields["scenario"].choices = choices
