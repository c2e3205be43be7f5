"""Forms of the own profile. Each turns what was typed into values that an operation takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hansa.foundation.numbers import NumberField
from hansa.hubs.directory import operations
from hansa.hubs.directory.states import PARTNER_SORTS, ClientType, HubType, Reach, Showing
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

Choices = list[tuple[str, str]]
_LEVELS = [
    (1, _("Basic|We have done it with help.")),
    (2, _("Experienced|We do it regularly.")),
    (3, _("Expert|Others ask us.")),
]


def choices_of(kind: str, *, blank: Any = None, by_name: bool = False) -> Choices:
    """Return a vocabulary as choices in the reader's language."""
    found = [(notation, entry.label) for notation, entry in taxonomy.vocabulary(kind).items()]
    found = sorted(found, key=lambda pair: taxonomy.normalised(pair[1])) if by_name else found
    return found if blank is None else [("", str(blank)), *found]


class _Lists(forms.Form):
    """A form whose choices are vocabularies: name of the field to (kind, blank choice, sorted by name)."""

    vocabularies: ClassVar[Mapping[str, tuple[str, Any, bool]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (kind, blank, by_name) in self.vocabularies.items():
            field: Any = self.fields[name]
            field.choices = choices_of(kind, blank=blank, by_name=by_name)


class BasicsForm(_Lists):
    vocabularies: ClassVar = {
        "country": (Kind.COUNTRY, _("Choose"), True),
        "legal_form": (Kind.LEGAL_FORM, _("Not stated"), False),
        "description_language": (Kind.LANGUAGE, _("Not stated"), True),
        "languages": (Kind.LANGUAGE, None, True),
        "technologies": (Kind.TECHNOLOGY, None, True),
        "sectors": (Kind.SECTOR, None, True),
    }

    name = forms.CharField(label=_("Name of the hub"), max_length=300)
    other_names = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("One per line: short names, earlier names, the name in other languages."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=400,
        widget=forms.Textarea,
        help_text=_("One or two sentences. They stand on your card in every list."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=30_000,
        widget=forms.Textarea,
        help_text=_("Hansa reads it and suggests services and competences, which you confirm or dismiss."),
    )
    description_language = forms.ChoiceField(label=_("Language of the description"), required=False)
    hub_type = forms.ChoiceField(label=_("Type of hub"), choices=HubType.choices)
    legal_form = forms.ChoiceField(label=_("Legal form"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.CharField(
        label=_("Region"), required=False, max_length=5, help_text=_("NUTS code, for example ES243.")
    )
    city = forms.CharField(label=_("City"), required=False, max_length=120)
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=_("Degrees north. Without it you stand in the middle of your region or country on the map."),
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    website = forms.URLField(label=_("Website"), required=False, max_length=500, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=_("Working languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    technologies = forms.MultipleChoiceField(
        label=_("Technologies"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(label=_("Sectors"), required=False, widget=forms.CheckboxSelectMultiple)
    day_rate_eur = NumberField(
        label=_("Price of a day of work, in euro"), required=False, min_value=0, max_digits=8, decimal_places=2
    )
    free_days_per_month = forms.IntegerField(
        label=_("Free days a month"),
        required=False,
        min_value=0,
        max_value=2000,
        help_text=_("Days of work you can take on, all people together."),
    )

    @classmethod
    def of(cls, hub: Any) -> BasicsForm:
        """Return the form filled with what the hub says now."""
        names = [name for name in cls.base_fields if name != "other_names"]
        first = {name: getattr(hub, name) for name in names} | {"other_names": "\n".join(hub.other_names)}
        return cls(initial=first)

    def clean_other_names(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["other_names"].splitlines()]
        names = [name for name in names if name]
        if any(len(name) > 300 for name in names):
            raise ValidationError(_("A name has at most 300 characters."))
        return names

    def clean_region(self) -> str:
        code = self.cleaned_data["region"].upper()
        if code and not (code[:2].isalpha() and code.isalnum() and code.isascii()):
            raise ValidationError(
                _("A NUTS code is two letters and up to three more letters or digits, such as ES243.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            self.add_error("longitude", _("Give both latitude and longitude, or neither."))
        return values


class OfferForm(forms.Form):
    activity_code = forms.ChoiceField(label=_("Activity"))
    title = forms.CharField(label=_("What you call it"), required=False, max_length=200)
    description = forms.CharField(label=_("Description"), required=False, max_length=5000, widget=forms.Textarea)
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=500,
        help_text=_("What shows it: projects, certificates, numbers. It counts when partners are sought."),
    )
    trl_from = forms.TypedChoiceField(label=_("From readiness level"), required=False, coerce=int, empty_value=None)
    trl_to = forms.TypedChoiceField(label=_("To readiness level"), required=False, coerce=int, empty_value=None)
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)
    price_note = forms.CharField(label=_("Price"), required=False, max_length=200)
    capacity_note = forms.CharField(label=_("Capacity"), required=False, max_length=200)

    def __init__(self, *args: Any, languages: Iterable[str] = (), **kwargs: Any) -> None:
        """:param languages: those the hub works in; others are not offered"""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity_code"].choices = [("", _("Choose")), *_activities()]
        levels = [("", _("Not stated"))]
        levels += [(code, f"{code}. {entry.label}") for code, entry in taxonomy.vocabulary(Kind.TRL).items()]
        fields["trl_from"].choices = fields["trl_to"].choices = levels
        known = taxonomy.vocabulary(Kind.LANGUAGE)
        fields["languages"].choices = [(code, known[code].label) for code in languages if code in known]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("trl_from"), values.get("trl_to")
        if first is not None and last is not None and first > last:
            self.add_error("trl_to", _("The last level comes before the first."))
        return values


def _activities() -> list[tuple[str, Choices]]:
    """Return the activities under the function they belong to."""
    groups: dict[str, Choices] = {code: [] for code in taxonomy.vocabulary(Kind.FUNCTION)}
    for code, entry in taxonomy.vocabulary(Kind.ACTIVITY).items():
        groups.setdefault(code.split("-", 1)[0], []).append((code, entry.label))
    names = {code: entry.label for code, entry in taxonomy.vocabulary(Kind.FUNCTION).items()}
    return [(names.get(code, code), found) for code, found in groups.items() if found]


class CompetenceForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("How well"), coerce=int, choices=_LEVELS, widget=forms.RadioSelect, initial=2
    )
    reach = forms.ChoiceField(
        label=_("Who has it"), choices=Reach.choices, widget=forms.RadioSelect, initial=Reach.IN_HOUSE
    )
    evidence = forms.CharField(
        label=_("Evidence"), required=False, max_length=500, help_text=_("Projects, certificates, numbers.")
    )

    def draft(self, skill_id: int) -> operations.CompetenceDraft:
        return operations.CompetenceDraft(skill_id=skill_id, **self.cleaned_data)


class PartForm(_Lists):
    """A facility, an example or a person: a form that ends in a draft."""

    draft_class: ClassVar[type]

    def draft(self) -> Any:
        return self.draft_class(**self.cleaned_data)


class FacilityForm(PartForm):
    draft_class = operations.FacilityDraft
    vocabularies: ClassVar = {"infrastructure": (Kind.INFRASTRUCTURE, _("Something else"), False)}

    name = forms.CharField(label=_("Name"), max_length=200)
    infrastructure = forms.ChoiceField(label=_("What it is"), required=False)
    description = forms.CharField(label=_("Description"), required=False, max_length=5000, widget=forms.Textarea)
    access_note = forms.CharField(
        label=_("How others can use it"), required=False, max_length=300, help_text=_("Booking, price, rules.")
    )


class UseCaseForm(PartForm):
    draft_class = operations.UseCaseDraft
    vocabularies: ClassVar = {"sector": (Kind.SECTOR, _("Not stated"), True)}

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What was done, and what came of it"), required=False, max_length=5000, widget=forms.Textarea
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1980, max_value=2100)
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")


class ContactForm(PartForm):
    draft_class = operations.ContactDraft
    vocabularies: ClassVar = {"languages": (Kind.LANGUAGE, None, True)}

    name = forms.CharField(label=_("Name"), max_length=150)
    function = forms.CharField(label=_("Job title"), required=False, max_length=150)
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        max_length=254,
        help_text=_("Shown to people who are signed in, never to the public."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)


class OrganisationForm(_Lists):
    """An organisation of the ecosystem. What it can do is ticked, or named by hand."""

    vocabularies: ClassVar = {
        "country": (Kind.COUNTRY, _("Not stated"), True),
        "sector": (Kind.SECTOR, _("Not stated"), True),
        "languages": (Kind.LANGUAGE, None, True),
    }

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation_type = forms.ChoiceField(label=_("What it is"), choices=ClientType.choices)
    partner_kinds = forms.MultipleChoiceField(
        label=_("What it could be to somebody else's client"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kinds in PARTNER_SORTS.values() for kind in kinds],
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    city = forms.CharField(label=_("Town"), required=False, max_length=120)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    website = forms.URLField(label=_("Website"), required=False, max_length=500, assume_scheme="https")
    offer = forms.CharField(
        label=_("What it offers"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In any language. Hansa reads in it what the organisation can do."),
    )
    concepts = forms.TypedMultipleChoiceField(
        label=_("What it can do"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    named = forms.CharField(
        label=_("More that it can do"),
        required=False,
        max_length=1000,
        help_text=_("Separated by semicolons, for example: machine learning; data protection."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)
    contact_name = forms.CharField(label=_("Contact person"), required=False, max_length=150)
    contact_email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        max_length=254,
        help_text=_("With an address you can ask it by mail whether it agrees to be suggested."),
    )
    showing = forms.ChoiceField(
        label=_("How it wishes to be shown"), choices=Showing.choices, widget=forms.RadioSelect, initial=Showing.ASK
    )

    def __init__(self, *args: Any, concepts: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        """:param concepts: what it can do so far, as id and label"""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["concepts"].choices = list(concepts)
        if not fields["concepts"].choices:
            del self.fields["concepts"]

    def draft(self) -> operations.OrganisationDraft:
        given = dict(self.cleaned_data)
        named = (" ".join(words.split()) for words in given.pop("named").split(";"))
        return operations.OrganisationDraft(
            concept_ids=tuple(given.pop("concepts", ())),
            named=tuple(words for words in named if words),
            partner_kinds=tuple(given.pop("partner_kinds")),
            languages=tuple(given.pop("languages")),
            **given,
        )


class ConfirmForm(forms.Form):
    """Confirm everything above a confidence, in percent."""

    at_least = forms.TypedChoiceField(
        label=_("How sure Hansa is"),
        coerce=int,
        choices=[(90, _("at least 90%")), (75, _("at least 75%")), (50, _("at least 50%"))],
    )
