"""Forms of the answers: other wording, decline, who signs, sign, check a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hansa.collaboration.agreements.forms.fields import day_field


class ChangeForm(forms.Form):
    """Why the text is changed, and which version the author had before them."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("One sentence for the other parties."),
    )


class ClauseForm(ChangeForm):
    words = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        label=gettext_lazy("New wording"),
        help_text=gettext_lazy("Leave an empty line between paragraphs. Numbers are added by themselves."),
    )
    field_order = ("words", "note")


class DeclineForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("What keeps your hub from joining"),
        help_text=gettext_lazy("The other parties read this."),
    )


class SignatoryForm(forms.Form):
    """Who signs for the hub, among ``people`` as (id, name)."""

    user_id = forms.TypedChoiceField(coerce=int, label=gettext_lazy("Signs for your hub"))

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["user_id"].choices = people


class SignForm(forms.Form):
    """What a signatory types. ``version`` and ``sha256`` say which text was before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    method = forms.CharField(max_length=10, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, label=gettext_lazy("Your name"))
    function = forms.CharField(
        max_length=200,
        label=gettext_lazy("Your function"),
        help_text=gettext_lazy("In what capacity you sign for your hub."),
    )
    has_read = forms.BooleanField(label="", error_messages={"required": gettext_lazy("Tick this to sign.")})
    answer = forms.CharField(
        max_length=12, label=gettext_lazy("Code"), error_messages={"required": gettext_lazy("Type the code.")}
    )
    credential = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, method: str, hint: str, statement: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["has_read"].label = statement
        self.fields["answer"].help_text = hint
        self.fields["answer"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
        if method == "passkey":
            del self.fields["answer"]

    @property
    def proof(self) -> str:
        """What proves the person: digits, or the browser's answer for a passkey."""
        return self.cleaned_data.get("answer") or self.cleaned_data["credential"]


class SignedFileForm(SignForm):
    """A text that a signatory signed in a tool of their own, with what they would type to sign it here."""

    sha256 = None
    file = forms.FileField(
        label=gettext_lazy("Signed PDF"), widget=forms.FileInput(attrs={"accept": "application/pdf"})
    )
    field_order = ("file", "name", "function", "answer", "has_read")

    def __init__(self, data: Any = None, *, most_bytes: int, **options: Any) -> None:
        # Beside the form that signs here: no two fields of a page have the same id.
        super().__init__(data, auto_id="own_%s", **options)
        self.most_bytes = most_bytes

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.most_bytes:
            raise forms.ValidationError(_("This file is too large for a signed agreement."))
        return file


class RoundForm(forms.Form):
    """In which order the ``parties``, as (hub id, name), sign, and until when."""

    def __init__(self, data: Any = None, *, parties: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(data, **options)
        self.parties = parties
        for hub_id, name in parties:
            self.fields[f"step_{hub_id}"] = forms.IntegerField(min_value=1, max_value=len(parties), label=name)
        self.fields["until"] = day_field(required=False, label=gettext_lazy("Last day"))

    @property
    def places(self) -> list[Any]:
        """The fields of the order."""
        return [self[f"step_{hub_id}"] for hub_id, _name in self.parties]

    @property
    def steps(self) -> dict[int, int]:
        return {hub_id: self.cleaned_data[f"step_{hub_id}"] for hub_id, _name in self.parties}


class CheckForm(forms.Form):
    """A file to check."""

    file = forms.FileField(
        label=gettext_lazy("Sealed file"),
        help_text=gettext_lazy("A PDF, for instance one you received by mail. It is not stored."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    MOST = 20_000_000

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.MOST:
            raise forms.ValidationError(_("This file is too large for a sealed agreement."))
        return file
