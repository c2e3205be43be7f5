"""Forms of services and aid: they turn what is typed into clean values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.aid.states import Category, LinkKind, ServiceStatus
from hansa.foundation.numbers import EuroField, NumberField

Choices = Sequence[tuple[Any, Any]]


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("There is no such day. Write it as 2026-11-24.")},
        **options,
    )


def basis_choices(bases: Iterable[Any], *, empty: Any) -> Choices:
    """Return legal bases as choices; one that ends says when."""
    return [("", empty), *((basis.id, _basis_words(basis)) for basis in bases)]


def _basis_words(basis: Any) -> str:
    if basis.valid_until is None:
        return basis.name
    until = translated("until %(day)s") % {"day": date_format(basis.valid_until, "j M Y")}
    return f"{basis.name}, {until}"


class ServiceForm(forms.Form):
    """One service. A price left empty is taken from the line of the price list that was chosen."""

    case = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)
    client_id = forms.TypedChoiceField(label=_("Client"), coerce=int, empty_value=None)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    description = forms.CharField(
        label=_("Short description of the service"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    n_attendees = forms.IntegerField(label=_("Number of attendees"), min_value=0, max_value=1_000_000, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=ServiceStatus.choices)
    price_item = forms.ChoiceField(label=_("From the price list"), required=False)
    price_eur = EuroField(label=_("Price, €"), help_text=_("What the service is worth on the market."), required=False)
    invoiced_eur = EuroField(label=_("Invoiced to the client, €"), initial=Decimal(0))
    legal_basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    granted_on = _day(_("Day of the grant"), help_text=_("When the client got the right to it: mostly the signing."))
    aid_eur = EuroField(
        label=_("Aid to report, €"), help_text=_("Leave it empty: it is worked out from your settings."), required=False
    )
    other_aid_eur = EuroField(
        label=_("Other aid for the same costs, €"),
        help_text=_("Ask the client: any public money for the same service. Zero if there is none."),
        required=False,
    )
    aid_note = forms.CharField(label=_("Specific information on State aid"), max_length=1000, required=False)
    technologies = forms.MultipleChoiceField(
        label=_("Technologies used"), required=False, widget=forms.CheckboxSelectMultiple
    )
    technology_words = forms.CharField(label=_("Which other technology"), max_length=300, required=False)
    investment_eur = EuroField(label=_("Investment triggered, €"), required=False)
    investment_type = forms.CharField(label=_("Type of investment"), max_length=120, required=False)
    investment_words = forms.CharField(label=_("More about the investment"), max_length=300, required=False)
    capacities = forms.CharField(
        label=_("Capacities of the Digital Europe Programme used"), max_length=300, required=False
    )
    capacity_words = forms.CharField(label=_("How they were used"), max_length=300, required=False)
    content_id = forms.CharField(
        label=_("Content ID"),
        help_text=_("The number that the reporting tool gave to this service."),
        max_length=40,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        clients: Choices,
        prices: Sequence[Any],
        bases: Iterable[Any],
        technologies: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.prices = {str(item.pk): item for item in prices}
        self.fields["client_id"].choices = [("", _("Choose a client")), *clients]
        self.fields["price_item"].choices = [
            ("", _("Not from the list")),
            *((key, f"{item.name}, € {number_format(item.price_eur)}") for key, item in self.prices.items()),
        ]
        self.fields["legal_basis"].choices = basis_choices(bases, empty=_("Not decided yet"))
        self.fields["technologies"].choices = [(key, entry.label) for key, entry in technologies.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        item = self.prices.get(data.pop("price_item", ""))
        if item is not None and data.get("price_eur") is None and "price_eur" not in self.errors:
            data["price_eur"] = item.price_eur
            data["legal_basis"] = data.get("legal_basis") or item.legal_basis
        if data.get("price_eur") is None and "price_eur" not in self.errors:
            self.add_error("price_eur", translated("Write the price, or choose a line of the price list."))
        return data


class SettingsForm(forms.Form):
    national_share = NumberField(
        label=_("National share, per cent"),
        help_text=_("How much of the aid national or regional money pays. The share of the Union is no State aid."),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    default_basis = forms.ChoiceField(label=_("Legal basis, unless a service says otherwise"), required=False)
    granting_authority = forms.CharField(
        label=_("Granting authority"),
        help_text=_("Who grants the aid: a ministry, a region, or your hub."),
        max_length=200,
        required=False,
    )
    edih_name = forms.CharField(label=_("Name of the hub in the reporting tool"), max_length=200, required=False)
    edih_country = forms.CharField(label=_("Country as the reporting tool writes it"), max_length=80, required=False)

    def __init__(self, *args: Any, bases: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["default_basis"].choices = basis_choices(bases, empty=_("None"))


class PriceForm(forms.Form):
    name = forms.CharField(label=_("Service"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    price_eur = EuroField(label=_("Market price, €"))
    legal_basis = forms.ChoiceField(label=_("Legal basis"), required=False)

    def __init__(self, *args: Any, bases: Iterable[Any], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_price_%s")
        super().__init__(*args, **kwargs)
        self.fields["legal_basis"].choices = basis_choices(bases, empty=_("As in the settings"))


class FactsForm(forms.Form):
    """What State aid and the reporting tool ask about a client."""

    nace = forms.CharField(label=_("Sector (NACE code)"), max_length=12, required=False)
    is_primary_producer = forms.BooleanField(
        label=_("Primary production of farm or fishery products"),
        help_text=_("De minimis aid of the general rule is not for this work."),
        required=False,
    )
    customer_id = forms.CharField(label=_("Customer ID"), max_length=60, required=False)
    country_words = forms.CharField(label=_("Customer country"), max_length=80, required=False)
    region_words = forms.CharField(label=_("Customer region"), max_length=120, required=False)
    sector_words = forms.CharField(label=_("Customer primary sector"), max_length=200, required=False)
    size_words = forms.CharField(label=_("Customer staff size"), max_length=80, required=False)
    type_words = forms.CharField(label=_("Customer type"), max_length=80, required=False)


class LinkForm(forms.Form):
    other_id = forms.TypedChoiceField(label=_("One of your clients"), coerce=int, empty_value=None, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    identifier = forms.CharField(label=_("VAT or register number"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind of link"), choices=LinkKind.choices)

    def __init__(self, *args: Any, clients: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_link_%s")
        super().__init__(*args, **kwargs)
        if clients:
            self.fields["other_id"].choices = [("", _("Another undertaking")), *clients]
        else:
            del self.fields["other_id"]


class DeclaredAidForm(forms.Form):
    authority = forms.CharField(label=_("Who granted it"), max_length=200)
    amount_eur = EuroField(label=_("Amount, €"))
    granted_on = _day(_("Day of the grant"))
    member_state = forms.ChoiceField(label=_("Country"))
    beneficiary = forms.CharField(
        label=_("Who got it"), help_text=_("Empty: the client itself."), max_length=200, required=False
    )

    def __init__(self, *args: Any, countries: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_aid_%s")
        super().__init__(*args, **kwargs)
        self.fields["member_state"].choices = countries


class DeclareForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=200)
    function = forms.CharField(label=_("Your function"), max_length=200)
    is_whole = forms.BooleanField(label=_("Both lists are whole: nothing and nobody is missing."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_declare_%s")
        super().__init__(*args, **kwargs)


class IssueForm(forms.Form):
    function = forms.CharField(label=_("Your function"), max_length=200)


class RegisteredForm(forms.Form):
    registered_on = _day(_("Entered on"), required=False)
