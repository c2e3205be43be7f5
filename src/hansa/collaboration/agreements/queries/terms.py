"""What is negotiated: the values of the parameters, dates, KPIs, and each party's part, effort and fee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.agreements.queries.library import Instrument
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
    """Everything the parties decide. ``parties`` holds the lead first."""

    values: Mapping[str, Any]
    scope: str
    starts_on: date
    ends_on: date
    kpis: tuple[KpiTemplate, ...]
    parties: tuple[PartyTerms, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what ``Agreement.terms`` holds. The parties' shares stand in their own rows."""
        return {
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

    def problem(self, instrument: Instrument) -> str:
        """Return the first thing that cannot stand in an agreement, in a sentence for the user; nothing if all can."""
        for name, problem in instrument.problems(self.values).items():
            return f"{instrument.parameters[name].label}: {problem}"
        if self.ends_on <= self.starts_on:
            return _("The last day of the work must come after the first.")
        if len(self.kpis) > MAX_KPIS:
            return _("At most %(n)s KPIs can be agreed.") % {"n": MAX_KPIS}
        if any(not 0 <= share.effort_days <= MAX_DAYS or not 0 <= share.fee_eur <= MAX_FEE for share in self.parties):
            return _("Effort and fee must be zero or more.")
        return self._text_problem()

    def _text_problem(self) -> str:
        typed = [value for value in self.values.values() if isinstance(value, str)]
        typed += [self.scope, *(share.part for share in self.parties), *(kpi.name + kpi.unit for kpi in self.kpis)]
        if not self.scope.strip() or any(not share.part.strip() for share in self.parties):
            return _("Say what is delivered, and what each hub does.")
        if any(len(text) > MAX_TEXT for text in typed):
            return _("One of the texts is too long. At most %(n)s characters fit.") % {"n": MAX_TEXT}
        return next((problem for text in typed if (problem := problem_in(text))), "")


def terms_from(stored: Mapping[str, Any], *, parties: tuple[PartyTerms, ...]) -> Terms:
    """Return the terms as ``Terms.as_json`` stored them, with the shares from the parties' rows."""
    return Terms(
        values=stored["values"],
        scope=stored["scope"],
        starts_on=date.fromisoformat(stored["starts_on"]),
        ends_on=date.fromisoformat(stored["ends_on"]),
        kpis=tuple(KpiTemplate(**{**kpi, "target": Decimal(kpi["target"])}) for kpi in stored["kpis"]),
        parties=parties,
    )
