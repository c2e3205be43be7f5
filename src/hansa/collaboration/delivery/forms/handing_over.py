"""Forms for deliverables, changes of scope and incidents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.delivery.forms.plan import day, words


class DeliverableForm(forms.Form):
    name = forms.CharField(label=_("What is handed over"), max_length=200)
    hub_id = forms.TypedChoiceField(label=_("Hub"), coerce=int)
    due_on = day(_("Due"), required=False)

    def __init__(self, *args: Any, hubs: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hub_id"].choices = [(hub.id, hub.name) for hub in hubs]


class HandoverForm(forms.Form):
    note = words(_("What the client gets"), rows=2)
    document_id = forms.TypedChoiceField(
        label=_("File"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Only files that the client may see."),
    )

    def __init__(self, *args: Any, files: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_id"].choices = [("", _("None")), *files]


class AnswerForm(forms.Form):
    accepts = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=(("1", _("Accept")), ("0", _("Send back"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    number = forms.IntegerField(widget=forms.HiddenInput)
    reason = words(_("What is missing"), rows=2, required=False, help_text=_("Needed to send it back."))


class ChangeForm(forms.Form):
    title = forms.CharField(label=_("Change in a few words"), max_length=200)
    what = words(_("What changes, and why"))
    touches_terms = forms.BooleanField(label=_("Fees or dates of the agreement change"), required=False)


class ChangeAnswerForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label=_("Your hub"),
        choices=(("1", _("Agrees")), ("0", _("Refuses"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = words(_("Why"), rows=2, required=False, help_text=_("Needed to refuse."))


class IncidentForm(forms.Form):
    happened_on = day(_("When"))
    what = words(_("What happened"), rows=2)
    effect = words(_("What it leads to"), rows=2)
    done = words(_("What is done about it"), rows=2, required=False)
    for_client = forms.BooleanField(label=_("The client may read this"), required=False)


class FollowUpForm(forms.Form):
    done = words(_("What was done about it"), rows=2)
    for_client = forms.BooleanField(label=_("The client may read this"), required=False)
