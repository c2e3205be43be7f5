"""Forms of the overview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.foundation.numbers import NumberField
from hansa.hubs.directory.queries import HubInTeam, HubName


class _Form(forms.Form):
    """A form that shares its page with others: its name is in the ids, so that each label finds its own field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **kwargs)


class TaskForm(_Form):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    hub_id = forms.TypedChoiceField(label=_("Hub"), coerce=int)
    owner_id = forms.TypedChoiceField(label=_("Person"), coerce=int, required=False, empty_value=None)
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs={"type": "date"}))
    milestone_id = forms.TypedChoiceField(label=_("On the way to"), coerce=int, required=False, empty_value=None)

    def __init__(
        self,
        *args: Any,
        hubs: Sequence[HubInTeam] | Sequence[HubName],
        people: Sequence[tuple[int, str]],
        milestones: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if milestones:
            self.fields["milestone_id"].choices = [("", _("No milestone")), *milestones]
        else:
            del self.fields["milestone_id"]
        self.fields["hub_id"].choices = [(hub.id, hub.name) for hub in hubs]
        self.fields["owner_id"].choices = [("", _("Nobody yet")), *people]


class DocumentForm(_Form):
    upload = forms.FileField(label=_("File"))
    for_client = forms.BooleanField(label=_("The client may see this file"), required=False)


class MeasurementForm(forms.Form):
    value = NumberField(
        label=_("Value"),
        max_digits=12,
        decimal_places=2,
        error_messages={"invalid": _("Write a number such as 4.5 or 60 000.")},
    )
    measured_on = forms.DateField(label=_("Measured on"), widget=forms.DateInput(attrs={"type": "date"}))
    document_id = forms.TypedChoiceField(label=_("Evidence"), coerce=int, required=False, empty_value=None)
    note = forms.CharField(label=_("How it was measured"), max_length=300, required=False)

    def __init__(self, *args: Any, files: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_id"].choices = [("", _("None")), *files]


class ConfirmForm(_Form):
    note = forms.CharField(
        label=_("Anything you want to add"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectionForm(_Form):
    note = forms.CharField(
        label=_("What is missing or wrong"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FeedbackForm(_Form):
    RATINGS = (("5", _("Very good")), ("4", _("Good")), ("3", _("Fair")), ("2", _("Weak")), ("1", _("Poor")))
    rating = forms.TypedChoiceField(label=_("How did it go"), choices=RATINGS, coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What should the others know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ClosingForm(_Form):
    lesson = forms.CharField(
        label=_("One lesson for the next time"),
        help_text=_("Your hub and the partners read it. Do not name the client."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
