"""Proposing a service, a section of the canvas, a hub's own version, a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.codesign.states import MAX_TEXT, CanvasField, Ownership
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_MAX_WORDS = 10_000


def _labelled(kind: str) -> list[tuple[str, Any]]:
    """Choices of a small vocabulary, by label in the reader's language."""
    entries = sorted(taxonomy.vocabulary(kind).values(), key=lambda entry: entry.label.casefold())
    return [(entry.notation, entry.label) for entry in entries]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _words(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"dir": "auto"}), **options)


class IdeaForm(forms.Form):
    """A service that a hub would like to have."""

    title = _words(
        label=_("What should it be called?"),
        max_length=200,
        help_text=_("Other hubs read this title. You can change it later."),
    )
    audience = forms.ChoiceField(label=_("For whom is it?"))
    problem = forms.CharField(
        label=_("Which problem does it solve?"),
        help_text=_("In your own words. What cannot your clients do today, and what would help them?"),
        max_length=_MAX_WORDS,
        widget=_area(7),
        error_messages={"required": _("Say which problem the service solves. A few words are enough.")},
    )
    existing = forms.CharField(
        label=_("What exists already?"),
        help_text=_("Tools, courses or services of your hub or of others that it could build on."),
        max_length=_MAX_WORDS,
        required=False,
        widget=_area(4),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(entry.notation, entry.label) for entry in taxonomy.vocabulary(Kind.CLIENT_TYPE).values()]
        self.fields["audience"].choices = [("", _("Choose")), *kinds]  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """One section of the canvas. Values are checked by the operation, which names the field that does not fit."""

    def __init__(self, *args: Any, lines: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[line.name] = _field_for(line.field)
            self.initial.setdefault(line.name, line.text)
            self.fields[f"seen-{line.name}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=16, initial=line.seen
            )


def _field_for(field: CanvasField) -> forms.Field:
    options: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": field.needed}
    if field.kind == "choice":
        return forms.ChoiceField(choices=Ownership.choices, widget=forms.RadioSelect, **options)
    if field.kind == "text":
        return forms.CharField(widget=_area(5), **options)
    if field.kind == "line":
        return forms.CharField(widget=_area(2), **options)
    if field.kind == "day":
        attributes: dict[str, Any] = {"type": "date"}
    else:
        least, most = (1, 5) if field.kind == "score" else (0, 2000)
        attributes = {"type": "number", "min": least, "max": most}
    return forms.CharField(widget=forms.TextInput(attrs=attributes), **options)


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Your comment"), max_length=MAX_TEXT, widget=_area(2))


class VersionForm(forms.Form):
    """A hub's own version of the service."""

    title = _words(label=_("Title in your catalogue"), max_length=200)
    activity_code = forms.ChoiceField(label=_("Activity"), help_text=_("Under which it is found."))
    description = forms.CharField(
        label=_("What your clients get"),
        help_text=_("In the words of your own ecosystem."),
        max_length=MAX_TEXT,
        required=False,
        widget=_area(5),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    price_note = _words(
        label=_("Price"), help_text=_("For example: 900 EUR, free for start-ups."), max_length=200, required=False
    )

    def __init__(self, *args: Any, first_codes: Sequence[str] = (), **kwargs: Any) -> None:
        """:param first_codes: the activities that the case asked for come first"""
        super().__init__(*args, **kwargs)
        known = taxonomy.vocabulary(Kind.ACTIVITY)
        asked = [(code, known[code].label) for code in first_codes if code in known]
        rest = [(code, entry.label) for code, entry in known.items() if code not in first_codes]
        groups = [(_("Asked for by the idea"), asked)] if asked else []
        self.fields["activity_code"].choices = [*groups, (_("All activities"), rest)]  # type: ignore[attr-defined]
        self.fields["languages"].choices = _labelled(Kind.LANGUAGE)  # type: ignore[attr-defined]


class CountForm(forms.Form):
    """How many clients a hub served in a period."""

    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    n_clients = forms.IntegerField(label=_("Clients served"), min_value=0, max_value=100_000)
    source = _words(label=_("Where the number comes from"), max_length=300)
