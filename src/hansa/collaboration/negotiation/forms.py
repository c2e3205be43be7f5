"""Forms about clauses."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SuggestForm(forms.Form):
    words = forms.CharField(
        label=_("Your wording"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Leave an empty line between paragraphs."),
    )
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=_("Why the clause should stay as it is"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
