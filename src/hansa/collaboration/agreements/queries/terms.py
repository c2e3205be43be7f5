"""What is negotiated: clauses, values of their parameters, dates, KPIs, and each party's part, effort and fee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements.queries.composing import choice_problem
from hansa.collaboration.agreements.queries.library import Instrument, ModelClause, Parameter, equal_shares, holds
from hansa.collaboration.agreements.queries.templates import KpiTemplate
from hansa.collaboration.agreements.queries.wording import problem_in

MAX_TEXT = 1_000
MAX_KPIS = 20
MAX_DAYS = 2_000
MAX_FEE = Decimal(10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyTerms:
    """One party's share. ``part`` says in words what it does."""

    hub_id: int
    part: str
    effort_days: int
    fee_eur: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything the parties decide. ``clauses`` are those taken; ``parties`` holds the lead first."""

    clauses: tuple[str, ...]
    values: Mapping[str, Any]
    scope: str
    starts_on: date
    ends_on: date
    kpis: tuple[KpiTemplate, ...]
    parties: tuple[PartyTerms, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what ``Agreement.terms`` holds. The parties' shares stand in their own rows."""
        return {
            "clauses": list(self.clauses),
            "values": dict(self.values),
            "scope": self.scope,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "kpis": [
                {
                    "key": kpi.key,
                    "name": kpi.name,
                    "unit": kpi.unit,
                    "better": kpi.better,
                    "target": str(kpi.target),
                    "computed": kpi.computed,
                }
                for kpi in self.kpis
            ],
        }

    def problem(self, of: Instrument, *, earliest: date) -> str:
        """Return the first thing that cannot stand in an agreement, in a sentence for the user; nothing if all can.

        :param earliest: the day before which no work can begin and no stay of an expert
        """
        return (
            choice_problem(of, self.clauses, self.values)
            or self._value_problem(of, earliest)
            or self._date_problem(earliest)
            or self._share_problem()
            or self._text_problem()
        )

    def _value_problem(self, of: Instrument, earliest: date) -> str:
        hub_ids = {str(share.hub_id) for share in self.parties}
        for clause in of.standing(self.clauses, self.values):
            if problem := void_problem(clause, self.values):
                return problem
            for parameter in asked_in(clause, self.values):
                label = pgettext("content", parameter.label)
                if problem := value_problem(parameter, self.values, earliest=earliest):
                    return f"{label}: {problem}"
                if parameter.kind == "shares" and set(self.values[parameter.name]) != hub_ids:
                    return f"{label}: {_('Enter the share of each party.')}"
        return ""

    def _date_problem(self, earliest: date) -> str:
        if self.ends_on <= self.starts_on:
            return _("The last day of the work must come after the first.")
        if self.starts_on < earliest:
            return _("The first day of the work lies in the past. Choose a later day.")
        return ""

    def _share_problem(self) -> str:
        if len(self.kpis) > MAX_KPIS:
            return _("At most %(n)s KPIs can be agreed.") % {"n": MAX_KPIS}
        if any(not 0 <= share.effort_days <= MAX_DAYS or not 0 <= share.fee_eur <= MAX_FEE for share in self.parties):
            return _("Effort and fee must be zero or more.")
        return ""

    def _text_problem(self) -> str:
        typed = [value for value in self.values.values() if isinstance(value, str)]
        typed += [self.scope, *(share.part for share in self.parties), *(kpi.name + kpi.unit for kpi in self.kpis)]
        if not self.scope.strip() or any(not share.part.strip() for share in self.parties):
            return _("Say what is delivered, and what each hub does.")
        if any(len(text) > MAX_TEXT for text in typed):
            return _("One of the texts is too long. At most %(n)s characters fit.") % {"n": MAX_TEXT}
        return next((problem for text in typed if (problem := problem_in(text))), "")


def asked_in(clause: ModelClause, values: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """Return the parameters of a clause that count with these values."""
    return tuple(parameter for parameter in clause.parameters if holds(parameter.when, values))


def void_problem(clause: ModelClause, values: Mapping[str, Any]) -> str:
    """Return the sentence that says why a clause would be void, when a value is missing that it cannot do without."""
    if clause.void is None or all(is_given(values.get(name)) for name in clause.void.parameters):
        return ""
    return pgettext("content", clause.void.says)


def is_given(value: Any) -> bool:
    """Say whether anything was entered."""
    return value is not None and value != [] and value != {} and str(value).strip() != ""


def value_problem(parameter: Parameter, values: Mapping[str, Any], *, earliest: date) -> str:
    """Return what is wrong with the value of a parameter, also beside the day that must come first."""
    value = values.get(parameter.name)
    if (problem := parameter.problem(value)) or parameter.kind != "date":
        return problem
    first = values.get(parameter.after)
    # The days are compared as texts: both are YYYY-MM-DD.
    if first and value < first:
        return _("This day must not come before the first.")
    return _("This day lies in the past.") if value < earliest.isoformat() else ""


def terms_from(stored: Mapping[str, Any], *, of: Instrument, parties: tuple[PartyTerms, ...]) -> Terms:
    """Return the terms as ``Terms.as_json`` stored them, with the shares from the parties' rows.

    What the library has asked for only since is as in the model text.
    """
    facts = {**stored, "equal_shares": equal_shares([share.hub_id for share in parties]), "lead_country": ""}
    return Terms(
        clauses=tuple(stored.get("clauses", of.default_keys)),
        values=of.prefilled(facts) | stored["values"],
        scope=stored["scope"],
        starts_on=date.fromisoformat(stored["starts_on"]),
        ends_on=date.fromisoformat(stored["ends_on"]),
        kpis=tuple(KpiTemplate(**{**kpi, "target": Decimal(kpi["target"])}) for kpi in stored["kpis"]),
        parties=parties,
    )
