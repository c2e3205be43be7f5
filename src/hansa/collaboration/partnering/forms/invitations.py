"""Inviting, answering, asking."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.partnering.forms.fields import MoneyField, WordsField
from hansa.collaboration.partnering.forms.needs import labelled
from hansa.collaboration.partnering.states import DeclineReason
from hansa.hubs.taxonomy.states import Kind


class InviteForm(forms.Form):
    """What all invited hubs read."""

    partner_text = WordsField(
        label=_("Text for the hubs"),
        help_text=_(
            "Names, addresses and places we know stand in brackets. Others may be left: read it once more before it leaves."
        ),
        required=False,
        rows=10,
    )
    working_languages = forms.MultipleChoiceField(
        label=_("Working languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    withheld = forms.MultipleChoiceField(
        label=_("Keep back"),
        help_text=_("What is ticked here is not shown, although the client allowed it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, withholdable: list[tuple[str, str]], needs_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["working_languages"].choices = labelled(Kind.LANGUAGE)  # type: ignore[attr-defined]
        self.fields["withheld"].choices = withholdable  # type: ignore[attr-defined]
        self.fields["partner_text"].required = needs_text
        if not withholdable:
            self.fields["partner_text"].help_text = _("Your idea in the words that hubs read. Change them as you like.")
        if not needs_text:
            del self.fields["partner_text"]


class HubProposalForm(forms.Form):
    """What one hub is asked for."""

    is_asked = forms.BooleanField(required=False, initial=True)
    wants = forms.TypedMultipleChoiceField(
        label=_("Asked for"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say what this hub is asked for.")},
    )
    effort_days = forms.IntegerField(label=_("Days of work"), min_value=0, max_value=2000, required=False)
    fee_eur = MoneyField(label=_("Fee in euro"), required=False)
    answer_by = forms.DateField(label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    message = WordsField(label=_("A personal line"), limit=2000, required=False, rows=2)

    def __init__(self, *args: Any, wants: list[tuple[int, str]], today: date, hub_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wants"].choices = wants  # type: ignore[attr-defined]
        self.fields["is_asked"].label = _("Invite %(hub)s") % {"hub": hub_name}
        self.today = today

    def clean_answer_by(self) -> date | None:
        day = self.cleaned_data["answer_by"]
        if day is not None and day < self.today:
            raise ValidationError(_("This day has passed."))
        return day

    def full_clean(self) -> None:
        super().full_clean()
        # What is typed for a hub that is not invited after all does not matter.
        if self.is_bound and not self.cleaned_data.get("is_asked"):
            self._errors = ErrorDict()


class AnswerForm(forms.Form):
    """Not now: one optional reason and a line."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("No reason")), *DeclineReason.choices], required=False
    )
    note = WordsField(label=_("A line to the lead"), limit=500, required=False, rows=2)


class NoteForm(forms.Form):
    text = WordsField(label=_("Your message"), limit=4000, rows=3)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class ReasonForm(forms.Form):
    reason = WordsField(label=_("Why does it end?"), limit=500, rows=2)
