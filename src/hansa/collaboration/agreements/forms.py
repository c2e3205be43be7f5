"""Forms of the agreement: terms, wordings, answers, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hansa.collaboration.agreements.queries import KpiTemplate, PartyTerms, Terms
from hansa.collaboration.agreements.queries.library import Instrument, Parameter
from hansa.collaboration.agreements.queries.terms import MAX_DAYS, MAX_FEE, MAX_TEXT

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _words(*, most: int = MAX_TEXT, rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The three fields of one party."""

    name: str
    part: forms.BoundField
    effort_days: forms.BoundField
    fee_eur: forms.BoundField


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiLine:
    """Whether a KPI is agreed, and its target."""

    name: str
    bound: str
    keep: forms.BoundField
    target: forms.BoundField


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The parameters of one clause that are not asked up front."""

    title: str
    caution: str
    fields: list[forms.BoundField]


class TermsForm(forms.Form):
    """Everything the parties decide, with ``start`` filled in.

    ``hubs`` names the parties, lead first; ``kpis`` are the KPIs to choose from, those of ``start`` unless given.
    """

    starts_on = _day(label=gettext_lazy("First day of the work"))
    ends_on = _day(label=gettext_lazy("Last day of the work"))
    scope = _words(
        label=gettext_lazy("What the team delivers"),
        help_text=gettext_lazy("Every party reads this. Do not name the client."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        instrument: Instrument,
        start: Terms,
        hubs: Sequence[tuple[int, str]],
        kpis: Sequence[KpiTemplate] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self._instrument, self._start, self._hubs = instrument, start, hubs
        self._kpis = start.kpis if kpis is None else tuple(kpis)
        for name in ("starts_on", "ends_on", "scope"):
            self.fields[name].initial = getattr(start, name)
        for name, parameter in instrument.parameters.items():
            self.fields[name] = parameter_field(parameter, start.values.get(name, parameter.default))
        for share in start.parties:
            self.fields |= _share_fields(share)
        agreed = {kpi.key for kpi in start.kpis}
        for kpi in self._kpis:
            self.fields |= _kpi_fields(kpi, is_agreed=kpi.key in agreed)

    @property
    def front(self) -> list[forms.BoundField]:
        """The questions asked before everything else, in their order."""
        asked = [p for p in self._instrument.parameters.values() if p.front]
        fixed = [p for p in self._instrument.parameters.values() if p.name == "liability_cap_eur"]
        return [self[p.name] for p in sorted([*asked, *fixed], key=lambda p: (p.front or 1, not p.front))]

    @property
    def shares(self) -> list[Share]:
        names = dict(self._hubs)
        return [
            Share(
                name=names[share.hub_id],
                part=self[f"part_{share.hub_id}"],
                effort_days=self[f"days_{share.hub_id}"],
                fee_eur=self[f"fee_{share.hub_id}"],
            )
            for share in self._start.parties
        ]

    @property
    def kpis(self) -> list[KpiLine]:
        return [
            KpiLine(
                name=kpi.name,
                bound=_("at least") if kpi.better == "higher" else _("at most"),
                keep=self[f"kpi_{kpi.key}"],
                target=self[f"target_{kpi.key}"],
            )
            for kpi in self._kpis
        ]

    @property
    def groups(self) -> list[Group]:
        asked = {bound.name for bound in self.front}
        groups = [
            Group(
                title=pgettext("content", clause.title),
                caution=pgettext("content", clause.caution),
                fields=[self[p.name] for p in clause.parameters if not p.per_party and p.name not in asked],
            )
            for clause in self._instrument.clauses
        ]
        return [group for group in groups if group.fields]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day of the work must come after the first."))
        return values

    def terms(self) -> Terms:
        """Return what was decided; only after ``is_valid``."""
        values = self.cleaned_data
        return Terms(
            values={name: _stored(p, values[name]) for name, p in self._instrument.parameters.items()},
            scope=values["scope"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            kpis=tuple(
                KpiTemplate(
                    key=kpi.key,
                    name=kpi.name,
                    unit=kpi.unit,
                    better=kpi.better,
                    target=values[f"target_{kpi.key}"],
                    computed=kpi.computed,
                )
                for kpi in self._kpis
                if values[f"kpi_{kpi.key}"]
            ),
            parties=tuple(
                PartyTerms(
                    hub_id=share.hub_id,
                    part=values[f"part_{share.hub_id}"],
                    effort_days=values[f"days_{share.hub_id}"],
                    fee_eur=values[f"fee_{share.hub_id}"],
                )
                for share in self._start.parties
            ),
        )


def _share_fields(share: PartyTerms) -> dict[str, forms.Field]:
    return {
        f"part_{share.hub_id}": _words(label=_("Part of the work"), initial=share.part),
        f"days_{share.hub_id}": forms.IntegerField(
            min_value=0, max_value=MAX_DAYS, label=_("Working days"), initial=share.effort_days
        ),
        f"fee_{share.hub_id}": forms.DecimalField(
            min_value=0, max_value=MAX_FEE, decimal_places=2, label=_("Fee in euro"), initial=_amount(share.fee_eur)
        ),
    }


def _kpi_fields(kpi: KpiTemplate, *, is_agreed: bool) -> dict[str, forms.Field]:
    unit = f" ({pgettext('content', kpi.unit)})" if kpi.unit else ""
    return {
        f"kpi_{kpi.key}": forms.BooleanField(required=False, label=pgettext("content", kpi.name), initial=is_agreed),
        f"target_{kpi.key}": forms.DecimalField(
            label=_("Target") + unit, max_digits=12, decimal_places=2, initial=_plain(kpi.target)
        ),
    }


def parameter_field(parameter: Parameter, value: Any) -> forms.Field:
    """Return the field of a parameter, with ``value`` in it, in the reader's language."""
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
        return _words(initial=value, **common)
    limits = {"min_value": parameter.minimum, "max_value": parameter.maximum}
    if parameter.kind == "int":
        return forms.IntegerField(initial=value, **limits, **common)
    places, start = (2, _amount(Decimal(str(value)))) if parameter.kind == "money" else (1, value)
    return forms.DecimalField(decimal_places=places, initial=start, **limits, **common)


def _stored(parameter: Parameter, value: Any) -> Any:
    """Return a clean value as ``Agreement.terms`` keeps it."""
    if parameter.kind == "bool":
        return value == "yes"
    return _plain(value) if isinstance(value, Decimal) else value


def _amount(number: Decimal) -> str:
    """Return an amount for a field: with cents only if there are any."""
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:.2f}"


def _plain(number: Decimal) -> str:
    """Return a number without the zeros that a database adds."""
    return f"{number.normalize():f}"


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
