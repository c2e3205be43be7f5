"""What came out of the collaborations of a hub, or of the network. Source: BP-KPI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hansa.collaboration.delivery.models import Collaboration, Feedback, Kpi
from hansa.collaboration.delivery.queries.rows import KpiOutcome, outcomes_of
from hansa.collaboration.delivery.states import FeedbackFrom
from hansa.collaboration.partnering import queries as partnering
from hansa.hubs.directory import queries as directory

# A results page shows the latest closed cases; the figures count all of them.
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCase:
    """A closed case in a hub's results, titled as the consent gate lets that hub read it."""

    ref: str
    title: str
    lead: str
    closed_at: datetime
    n_hubs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Agreements, partners, closed cases, KPIs and clients' ratings in a period."""

    n_agreements: int
    n_closed: int
    n_partners: int
    n_countries: int
    kpis: tuple[KpiOutcome, ...]
    client_ratings: list[int]


def outcomes(*, hub_id: int | None, since: date | None) -> Outcomes:
    """Count what came out, for one hub (as lead or partner) or for the network."""
    mine = Collaboration.objects.all() if hub_id is None else Collaboration.objects.filter(party_ids__contains=[hub_id])
    if since:
        mine = mine.filter(starts_on__gte=since)
    rows = list(mine.values_list("party_ids", "closed_at"))
    partners = {party for party_ids, _closed in rows for party in party_ids} - {hub_id}
    closed = mine.filter(closed_at__isnull=False)
    ratings = Feedback.objects.filter(collaboration__in=closed, side=FeedbackFrom.CLIENT)
    return Outcomes(
        n_agreements=len(rows),
        n_closed=sum(closed_at is not None for _parties, closed_at in rows),
        n_partners=len(partners),
        n_countries=len(directory.countries_of(partners)),
        kpis=outcomes_of(Kpi.objects.filter(collaboration__in=closed)),
        client_ratings=list(ratings.values_list("rating", flat=True)),
    )


def closed_cases(hub_id: int, *, since: date | None, at: datetime) -> tuple[ClosedCase, ...]:
    """Return the latest closed cases of a hub, as lead and as partner."""
    mine = Collaboration.objects.filter(party_ids__contains=[hub_id], closed_at__isnull=False)
    if since:
        mine = mine.filter(starts_on__gte=since)
    rows = list(mine.select_related("request__lead", "request__client").order_by("-closed_at")[:_SHOWN])
    titles = _titles(rows, hub_id, at)
    return tuple(
        ClosedCase(
            ref=row.request.ref,
            title=titles[row.request_id],
            lead=row.request.lead.name,
            closed_at=row.closed_at,
            n_hubs=len(row.party_ids),
        )
        for row in rows
        if row.closed_at is not None
    )


def _titles(rows: Sequence[Collaboration], hub_id: int, at: datetime) -> dict[int, str]:
    """Return each case's title: its own for the lead, what the gate lets through for a partner."""
    others = [row.request for row in rows if row.request.lead_id != hub_id]
    shared = partnering.disclosed_each(others, hub_id, at=at) if others else {}
    return {
        row.request_id: shared[row.request_id].title if row.request_id in shared else row.request.title for row in rows
    }
