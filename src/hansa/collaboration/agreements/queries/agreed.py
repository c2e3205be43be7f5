"""What a signed agreement says, for the corners above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hansa.collaboration.agreements.models import Agreement
from hansa.collaboration.agreements.queries.templates import KpiTemplate, kpi_templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The hubs of the agreement (lead first), the days it runs, and the KPIs in its text."""

    hub_ids: tuple[int, ...]
    starts_on: date | None
    ends_on: date | None
    kpis: tuple[KpiTemplate, ...]
