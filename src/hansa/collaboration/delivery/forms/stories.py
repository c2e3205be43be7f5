"""Forms of the closing page: lessons and the story."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.delivery.forms.plan import words
from hansa.collaboration.delivery.states import LessonKind


class LessonForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is about"), choices=LessonKind.choices)
    happened = words(_("What happened"), rows=2)
    next_time = words(_("What to do the next time"), rows=2, required=False)


class StoryForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    challenge = words(_("Challenge"), help_text=_("Do not name the client."))
    solution = words(_("Solution"))
    result = words(_("Result"))
    numbers = words(_("In numbers"), rows=2, required=False, help_text=_("Only numbers that were measured."))


class StoryAnswerForm(forms.Form):
    approves = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=(("1", _("It may be published like this")), ("0", _("Not like this"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    names_client = forms.BooleanField(label=_("Our name may stand beside it"), required=False)
    reason = words(_("What should be different"), rows=2, required=False)
    seen_at = forms.CharField(widget=forms.HiddenInput, max_length=40)
