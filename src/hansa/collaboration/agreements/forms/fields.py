"""The fields of the terms: one per parameter, per party and per KPI, and their values as they are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hansa.collaboration.agreements.queries import KpiTemplate, PartyTerms
from hansa.collaboration.agreements.queries.library import Instrument, Parameter
from hansa.collaboration.agreements.queries.terms import MAX_DAYS, MAX_FEE, MAX_TEXT

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
# Also what is typed with a currency: all amounts are in euro.
_NO_AMOUNT = {"invalid": gettext_lazy("Enter an amount in euro as a number, without a currency.")}


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def words_field(*, most: int = MAX_TEXT, rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def share_fields(share: PartyTerms, of: Instrument) -> dict[str, forms.Field]:
    """Return the fields of one party, as far as the text says something about them."""
    fields: dict[str, forms.Field] = {}
    if of.uses("task_split"):
        fields[f"part_{share.hub_id}"] = words_field(label=_("Part of the work"), initial=share.part)
    if of.uses("effort_split"):
        fields[f"days_{share.hub_id}"] = forms.IntegerField(
            min_value=0, max_value=MAX_DAYS, label=_("Working days"), initial=share.effort_days
        )
    if of.uses("fee_split"):
        fields[f"fee_{share.hub_id}"] = forms.DecimalField(
            min_value=0,
            max_value=MAX_FEE,
            decimal_places=2,
            label=_("Fee in euro"),
            initial=_amount(share.fee_eur),
            error_messages=_NO_AMOUNT,
        )
    return fields


def kpi_fields(kpi: KpiTemplate, *, is_agreed: bool) -> dict[str, forms.Field]:
    unit = f" ({pgettext('content', kpi.unit)})" if kpi.unit else ""
    return {
        f"kpi_{kpi.key}": forms.BooleanField(required=False, label=pgettext("content", kpi.name), initial=is_agreed),
        f"target_{kpi.key}": forms.DecimalField(
            label=_("Target") + unit, max_digits=12, decimal_places=2, initial=plain(kpi.target)
        ),
    }


def parameter_fields(
    parameter: Parameter, value: Any, *, hubs: Sequence[tuple[int, str]], missing: str
) -> dict[str, forms.Field]:
    """Return the fields of a parameter with ``value`` in them: one, or for shares one per hub.

    :param missing: what to say when nothing is entered; empty for the usual words
    """
    fields = _fields_of(parameter, value, hubs)
    if missing:
        for field in fields.values():
            field.error_messages["required"] = missing
    return fields


def _fields_of(parameter: Parameter, value: Any, hubs: Sequence[tuple[int, str]]) -> dict[str, forms.Field]:
    if parameter.kind != "shares":
        return {parameter.name: _parameter_field(parameter, value)}
    shares = value or {}
    return {
        share_name(parameter, hub_id): forms.DecimalField(
            min_value=0,
            max_value=100,
            decimal_places=2,
            label=f"{pgettext('content', parameter.label)}: {name} (%)",
            help_text=pgettext("content", parameter.help),
            initial=shares.get(str(hub_id)),
        )
        for hub_id, name in hubs
    }


def share_name(parameter: Parameter, hub_id: int) -> str:
    """Return the name of the field for one hub's share."""
    return f"{parameter.name}_{hub_id}"


def _parameter_field(parameter: Parameter, value: Any) -> forms.Field:
    common: dict[str, Any] = {
        "label": pgettext("content", parameter.label),
        "help_text": pgettext("content", parameter.help),
    }
    choices = [(choice.value, pgettext("content", choice.label)) for choice in parameter.choices]
    if parameter.kind == "bool":
        widget = forms.RadioSelect
        return forms.ChoiceField(choices=YES_NO, widget=widget, initial="yes" if value else "no", **common)
    if parameter.kind == "choice":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, initial=value, **common)
    if parameter.kind == "list":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, initial=value, **common)
    if parameter.kind == "text":
        return words_field(initial=value, **common)
    if parameter.kind == "date":
        return day_field(initial=value, **common)
    limits = {"min_value": parameter.minimum, "max_value": parameter.maximum}
    if parameter.kind == "int":
        return forms.IntegerField(initial=value, **limits, **common)
    if parameter.kind == "money":
        start = _amount(Decimal(str(value)))
        return forms.DecimalField(decimal_places=2, initial=start, error_messages=_NO_AMOUNT, **limits, **common)
    return forms.DecimalField(decimal_places=1, initial=value, **limits, **common)


def stored(parameter: Parameter, cleaned: Mapping[str, Any], *, hubs: Sequence[tuple[int, str]]) -> Any:
    """Return a clean value as ``Agreement.terms`` keeps it; nothing where nothing was entered."""
    if parameter.kind == "shares":
        shares = {str(hub_id): cleaned.get(share_name(parameter, hub_id)) for hub_id, _name in hubs}
        return {hub_id: plain(share) for hub_id, share in shares.items() if share is not None}
    value = cleaned.get(parameter.name)
    if parameter.kind == "bool":
        return None if value in (None, "") else value == "yes"
    if parameter.kind == "date":
        return value.isoformat() if value else None
    return plain(value) if isinstance(value, Decimal) else value


def _amount(number: Decimal) -> str:
    """Return an amount for a field: with cents only if there are any."""
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:.2f}"


def plain(number: Decimal) -> str:
    """Return a number without the zeros that a database adds."""
    return f"{number.normalize():f}"
