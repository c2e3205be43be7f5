"""Forms of the plan and of the time sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.delivery.states import Decision
from hansa.foundation.numbers import NumberField
from hansa.hubs.directory.queries import HubName


def day(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


def words(label: Any, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """Return a field for some sentences."""
    kwargs.setdefault("max_length", 2000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _hub_or_client(value: str) -> int | None:
    return int(value) or None


class MilestoneForm(forms.Form):
    name = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = day(_("Decided on"))
    decider_id = forms.TypedChoiceField(label=_("Who decides"), coerce=_hub_or_client, empty_value=None)
    criterion = words(
        _("What must be true to go on"), rows=2, help_text=_("Something that can be seen or measured on that day.")
    )

    def __init__(self, *args: Any, hubs: Sequence[HubName], has_client: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        client = [("0", _("The client"))] if has_client else []
        self.fields["decider_id"].choices = [*((hub.id, hub.name) for hub in hubs), *client]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect)
    reason = words(_("Why"), rows=2, required=False, help_text=_("Needed for a change and for a stop."))
    new_due_on = day(_("Decided again on"), required=False, help_text=_("Only for a change."))


class TimeForm(forms.Form):
    on = day(_("Day"))
    person_id = forms.TypedChoiceField(label=_("Person"), coerce=int)
    hours = NumberField(
        label=_("Hours"),
        max_digits=4,
        decimal_places=2,
        min_value=0,
        max_value=24,
        error_messages={"invalid": _("Write a number such as 4.5.")},
    )
    cost_item = forms.ChoiceField(label=_("Kind of work"))
    task_id = forms.TypedChoiceField(label=_("Task"), coerce=int, required=False, empty_value=None)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        costs: Sequence[tuple[str, str]],
        tasks: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = people
        self.fields["cost_item"].choices = costs
        self.fields["task_id"].choices = [("", _("None")), *tasks]
