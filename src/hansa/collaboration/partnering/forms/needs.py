"""The three questions of the public form, and the hub's own form for a client."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.partnering.forms.fields import MoneyField, WordsField
from hansa.collaboration.partnering.states import Anonymity
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


def labelled(kind: str, empty: Any = None) -> list[tuple[str, Any]]:
    """Choices of a small vocabulary, by label in the reader's language."""
    entries = sorted(taxonomy.vocabulary(kind).values(), key=lambda entry: entry.label.casefold())
    choices: list[tuple[str, Any]] = [(entry.notation, entry.label) for entry in entries]
    return choices if empty is None else [("", empty), *choices]


def labelled_countries() -> list[tuple[str, Any]]:
    return labelled(Kind.COUNTRY)


def choice_labels(form: forms.Form) -> dict[str, Any]:
    """The labels of what was chosen in a form's lists, by field; only after ``is_valid``."""
    return {
        name: dict(field.choices).get(form.cleaned_data.get(name), "")
        for name, field in form.fields.items()
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField)
    }


class ProblemForm(forms.Form):
    """Question 1."""

    text = WordsField(
        label=_("What do you want to solve?"),
        help_text=_("In your own words and in any language. What happens today, where, and what does it cost you?"),
        rows=9,
        error_messages={"required": _("Say what you want to solve. A few words are enough.")},
    )


class ResultForm(forms.Form):
    """Question 2."""

    outcome = WordsField(
        label=_("What would a good result look like?"),
        help_text=_("For example: we know a week ahead when a bearing fails."),
        required=False,
        rows=5,
    )
    timing = forms.CharField(label=_("By when?"), max_length=200, required=False)
    budget_eur = MoneyField(
        label=_("Budget in euro"),
        help_text=_("What you could spend. Your hub sees it, and may propose it to its partners as the price."),
        required=False,
        error_messages={"invalid": _("Write an amount such as 14000.")},
    )

    timing.widget.attrs["dir"] = "auto"


class _OrganisationForm(forms.Form):
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    client_type = forms.ChoiceField(label=_("What kind of organisation is it?"), choices=ClientType.choices)
    country = forms.ChoiceField(label=_("Country"))
    city = forms.CharField(label=_("Town"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = labelled(Kind.COUNTRY, empty=_("Choose a country"))  # type: ignore[attr-defined]
        for name in ("organisation", "city"):
            self.fields[name].widget.attrs["dir"] = "auto"


class WhoForm(_OrganisationForm):
    """Question 3, with the two consents. Neither is ticked beforehand."""

    organisation = forms.CharField(label=_("Your organisation"), max_length=200)
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("You get a link to follow your request. No password needed.")
    )
    may_share_need = forms.BooleanField(
        label=_("My hub may show this need to hubs it invites, without my name and the name of my organisation."),
        help_text=_("Without this only your hub reads it, and can ask no other hub for help. You can change it later."),
        required=False,
    )
    may_share_name = forms.BooleanField(
        label=_("My hub may tell the name of my organisation to hubs that have signed an agreement to work for me."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("may_share_name") and not cleaned.get("may_share_need"):
            self.add_error("may_share_need", _("Hubs can only learn your name after they could read the need."))
        return cleaned

    def level(self) -> Anonymity:
        """The level of the client's agreement; only after ``is_valid``."""
        if not self.cleaned_data["may_share_need"]:
            return Anonymity.A0
        return Anonymity.A3 if self.cleaned_data["may_share_name"] else Anonymity.A2


class ConsentForm(forms.Form):
    """What a client agrees to: filled in by the client itself, or by its hub with the evidence."""

    level = forms.ChoiceField(label=_("What may leave the hub?"), choices=Anonymity.choices, widget=forms.RadioSelect)
    granted_by = forms.CharField(label=_("Who agreed?"), max_length=200)
    capacity = forms.CharField(label=_("In which function?"), max_length=200, required=False)
    evidence = forms.CharField(
        label=_("How do you know?"), help_text=_("For example: mail of 18 November, kept in our files."), max_length=300
    )

    def __init__(self, *args: Any, for_client: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if for_client:
            for name in ("granted_by", "capacity", "evidence"):
                del self.fields[name]


class CaseNeedForm(_OrganisationForm):
    """A need that a hub types for its client."""

    text = WordsField(
        label=_("What does the client want to solve?"),
        help_text=_("The client's own words, in its language."),
        rows=8,
        error_messages={"required": _("Say what the client wants to solve.")},
    )
    outcome = WordsField(label=_("What would a good result look like?"), required=False, rows=4)
    timing = forms.CharField(label=_("By when?"), max_length=200, required=False)
    budget_eur = MoneyField(label=_("Budget in euro"), required=False)
    client = forms.ChoiceField(label=_("Client"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    staff = forms.IntegerField(label=_("People"), min_value=0, max_value=5_000_000, required=False)
    website = forms.URLField(label=_("Website"), max_length=500, required=False, assume_scheme="https")
    contact_name = forms.CharField(label=_("Contact person"), max_length=150, required=False)
    contact_email = forms.EmailField(
        label=_("E-mail of the contact person"),
        help_text=_("With an address the client can follow the request and confirm it."),
        required=False,
    )
    level = forms.ChoiceField(
        label=_("What may leave your hub?"), choices=Anonymity.choices, initial=Anonymity.A0, widget=forms.RadioSelect
    )
    granted_by = forms.CharField(label=_("Who agreed for the client?"), max_length=200, required=False)
    capacity = forms.CharField(label=_("In which function?"), max_length=200, required=False)
    evidence = forms.CharField(
        label=_("How do you know?"),
        help_text=_("For example: mail of 18 November, kept in our files."),
        max_length=300,
        required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, clients: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("A new client")), *((str(pk), name) for pk, name in clients)]
        self.fields["client"].choices = choices  # type: ignore[attr-defined]
        self.fields["sector"].choices = labelled(Kind.SECTOR, empty=_("Not known"))  # type: ignore[attr-defined]
        for name in ("organisation", "client_type", "country"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("client"):
            for name in ("organisation", "country"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A new client needs this."))
            cleaned["client_type"] = cleaned.get("client_type") or ClientType.SME
        if cleaned.get("level") not in {None, Anonymity.A0}:
            for name in ("granted_by", "evidence"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed when something may leave your hub."))
        return cleaned
