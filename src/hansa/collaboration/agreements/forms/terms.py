"""The form of the terms: clauses, values, dates, KPIs, and what each party does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hansa.collaboration.agreements.forms.fields import (
    day_field,
    kpi_fields,
    parameter_fields,
    share_fields,
    share_name,
    stored,
    words_field,
)
from hansa.collaboration.agreements.queries import KpiTemplate, PartyTerms, Terms
from hansa.collaboration.agreements.queries.composing import completed
from hansa.collaboration.agreements.queries.library import Instrument, ModelClause, Parameter
from hansa.collaboration.agreements.queries.terms import asked_in, is_given, value_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The fields of one party."""

    name: str
    part: forms.BoundField | None
    numbers: list[forms.BoundField]


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiLine:
    """Whether a KPI is agreed, and its target."""

    name: str
    bound: str
    keep: forms.BoundField
    target: forms.BoundField


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The parameters of one clause that are not asked up front. ``is_out``: the clause is not taken."""

    key: str
    title: str
    caution: str
    is_out: bool
    fields: list[forms.BoundField]


class TermsForm(forms.Form):
    """Everything the parties decide, with ``start`` filled in.

    ``hubs`` names the parties, lead first; ``kpis`` are the KPIs to choose from, those of ``start`` unless given.
    ``earliest`` is the day before which nothing can begin.
    """

    starts_on = day_field(label=gettext_lazy("First day of the work"))
    ends_on = day_field(label=gettext_lazy("Last day of the work"))
    scope = words_field(
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
        earliest: date,
        kpis: Sequence[KpiTemplate] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.instrument, self._start, self._hubs, self._earliest = instrument, start, hubs, earliest
        self._kpis = start.kpis if kpis is None else tuple(kpis)
        for name in ("starts_on", "ends_on", "scope"):
            self.fields[name].initial = getattr(start, name)
        for clause in instrument.clauses:
            for p in clause.parameters:
                value = start.values.get(p.name, p.default)
                is_vital = clause.void is not None and p.name in clause.void.parameters
                says = pgettext("content", clause.void.says) if clause.void and is_vital else ""
                self.fields |= parameter_fields(p, value, hubs=hubs, missing=says)
        for share in start.parties:
            self.fields |= share_fields(share, instrument)
        agreed = {kpi.key for kpi in start.kpis}
        for kpi in self._kpis:
            self.fields |= kpi_fields(kpi, is_agreed=kpi.key in agreed)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses ticked, before what they need is added; those of the start when nothing was ticked at all."""
        ticked = self.data.getlist("clauses") if hasattr(self.data, "getlist") else self.data.get("clauses", ())
        return tuple(ticked) or self._start.clauses

    @property
    def values(self) -> dict[str, Any]:
        """The values entered so far, those of the start where none can be read."""
        cleaned = getattr(self, "cleaned_data", {})
        read = {
            name: stored(parameter, cleaned, hubs=self._hubs)
            for name, parameter in self.instrument.parameters.items()
            if name in cleaned or parameter.kind == "shares"
        }
        return {**self._start.values, **{name: value for name, value in read.items() if is_given(value)}}

    @property
    def front(self) -> list[forms.BoundField]:
        """The questions asked before everything else, in their order."""
        asked = [p for p in self.instrument.parameters.values() if p.front]
        return [self[p.name] for p in sorted(asked, key=lambda p: p.front)]

    @property
    def shares(self) -> list[Share]:
        names = dict(self._hubs)
        return [
            Share(
                name=names[share.hub_id],
                part=self._bound(f"part_{share.hub_id}"),
                numbers=[
                    bound for kind in ("days", "fee") if (bound := self._bound(f"{kind}_{share.hub_id}")) is not None
                ],
            )
            for share in self._start.parties
        ]

    def _bound(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None

    @property
    def asks_for_shares(self) -> bool:
        """Whether the text says what each party does or gets."""
        return any(share.part or share.numbers for share in self.shares)

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
        standing = {clause.key for clause in self._standing(self.values)}
        groups = [
            Group(
                key=clause.key,
                title=pgettext("content", clause.title),
                caution=pgettext("content", clause.caution) if clause.caution else "",
                is_out=clause.key not in standing,
                fields=[self[name] for p in clause.parameters if not p.front for name in self._names(p)],
            )
            for clause in self.instrument.clauses
        ]
        return [group for group in groups if group.fields]

    def _names(self, parameter: Parameter) -> list[str]:
        if parameter.kind != "shares":
            return [parameter.name]
        return [share_name(parameter, hub_id) for hub_id, _name in self._hubs]

    def _standing(self, values: dict[str, Any]) -> tuple[ModelClause, ...]:
        return self.instrument.standing(completed(self.instrument, self.clauses), values)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day of the work must come after the first."))
        if starts_on and starts_on < self._earliest:
            self.add_error("starts_on", _("The first day of the work lies in the past. Choose a later day."))
        self._check_parameters()
        return values

    def _check_parameters(self) -> None:
        """Say what is missing where it counts, and forget what was typed wrongly where it does not."""
        answers = self.values
        counts = {p.name for clause in self._standing(answers) for p in asked_in(clause, answers)}
        for name, parameter in self.instrument.parameters.items():
            fields = self._names(parameter)
            if name not in counts:
                for field in fields:
                    self._errors.pop(field, None)
                continue
            is_read = not any(field in self._errors for field in fields)
            if is_read and (problem := value_problem(parameter, answers, earliest=self._earliest)):
                self.add_error(fields[-1], problem)

    def terms(self) -> Terms:
        """Return what was decided; only after ``is_valid``."""
        values = self.cleaned_data
        clauses = completed(self.instrument, self.clauses)
        return Terms(
            clauses=clauses,
            values=self.values,
            scope=values["scope"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            kpis=tuple(self._kpi(kpi) for kpi in self._kpis if values[f"kpi_{kpi.key}"])
            if "kpi-review" in clauses
            else (),
            parties=tuple(
                PartyTerms(
                    hub_id=share.hub_id,
                    part=values.get(f"part_{share.hub_id}", share.part),
                    effort_days=values.get(f"days_{share.hub_id}", share.effort_days),
                    fee_eur=values.get(f"fee_{share.hub_id}", share.fee_eur),
                )
                for share in self._start.parties
            ),
        )

    def _kpi(self, kpi: KpiTemplate) -> KpiTemplate:
        return KpiTemplate(
            key=kpi.key,
            name=kpi.name,
            unit=kpi.unit,
            better=kpi.better,
            target=self.cleaned_data[f"target_{kpi.key}"],
            computed=kpi.computed,
        )
