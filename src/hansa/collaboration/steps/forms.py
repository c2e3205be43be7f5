"""The form of a general step, made of its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hansa.collaboration.scenarios.states import Field, Kind, ScenarioStep

_YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class StepForm(forms.Form):
    """Questions, a file where one is asked for, and a note."""

    def __init__(self, data: Any = None, files: Any = None, *, step: ScenarioStep) -> None:
        super().__init__(data, files, prefix=step.key)
        self.step = step
        for field in step.fields:
            self.fields[field.key] = _field(field)
        if step.kind == Kind.DOCUMENT:
            self.fields["file"] = forms.FileField(label=_("File"), help_text="; ".join(step.documents))
        self.fields["note"] = forms.CharField(
            label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        if step.kind == Kind.MEETING:
            self.fields["note"].label = _("When, who, and what came of it")
            self.fields["note"].required = True

    def answers(self) -> dict[str, Any]:
        """Return the answers by key, as they are kept."""
        given = self.cleaned_data
        values = {field.key: given.get(field.key) for field in self.step.fields}
        return {
            key: value if isinstance(value, str) else str(value) for key, value in values.items() if value is not None
        }


def _field(field: Field) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": field.required}
    if field.kind == "number":
        return forms.DecimalField(max_digits=14, decimal_places=3, **common)
    if field.kind == "money":
        return forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, help_text=_("In euro."), **common)
    if field.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if field.kind == "yes_no":
        return forms.ChoiceField(choices=_YES_NO, widget=forms.RadioSelect, **common)
    if field.kind == "choice":
        choices = [(choice, choice) for choice in field.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **common)
