"""What came out of the collaborations of a hub, or of the network. Source: BP-KPI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, QuerySet

from hansa.collaboration.delivery.models import Collaboration, Feedback
from hansa.collaboration.delivery.queries.rows import IDS, KpiOutcome, kpi_from, kpi_rows
from hansa.collaboration.delivery.states import FeedbackFrom
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.prepared import Prepared, Slot
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
    """Agreements, partners, closed cases, KPIs and clients' ratings in a period. ``latest`` are cases of a hub alone."""

    n_agreements: int
    n_closed: int
    n_partners: int
    n_countries: int
    kpis: tuple[KpiOutcome, ...]
    client_ratings: list[int]
    latest: tuple[ClosedCase, ...] = ()


def outcomes_of_hub(hub_id: int, *, since: date | None, at: datetime) -> Outcomes:
    """Count what came out for a hub, as lead and as partner, and name its latest closed cases."""
    rows = _of_hub.all(hubs=[hub_id], since=since or date.min)
    hubs = [hub for row in rows for hub in directory.hubs_in(row.hub_rows, order=row.party_ids)]
    partners = {hub.id: hub.country for hub in hubs if hub.id != hub_id}
    countries = {country for country in partners.values() if country}
    return _outcomes(rows, len(partners), len(countries), latest=_latest(rows, hub_id, at))


def outcomes_of_network(*, since: date | None) -> Outcomes:
    """Count what came out for all hubs together."""
    rows = _of_network.all(since=since or date.min)
    partners = {party for row in rows for party in row.party_ids}
    return _outcomes(rows, len(partners), len(directory.countries_of(partners)))


def _outcomes(
    rows: Sequence[Any], n_partners: int, n_countries: int, *, latest: tuple[ClosedCase, ...] = ()
) -> Outcomes:
    closed = [row for row in rows if row.closed_at is not None]
    return Outcomes(
        n_agreements=len(rows),
        n_closed=len(closed),
        n_partners=n_partners,
        n_countries=n_countries,
        kpis=_kpis(row.kpi_rows for row in closed),
        client_ratings=[rating for row in closed for rating in row.ratings],
        latest=latest,
    )


def _kpis(rows: Iterable[list[Any] | None]) -> tuple[KpiOutcome, ...]:
    """Return the KPIs of all cases, those that stand first in their agreements first."""
    found = [kpi for of_case in rows for kpi in of_case or ()]
    # Each begins with its position and its id.
    return tuple(kpi_from(kpi) for kpi in sorted(found, key=lambda kpi: kpi[:2]))


def _latest(rows: Sequence[Any], hub_id: int, at: datetime) -> tuple[ClosedCase, ...]:
    closed = sorted((row for row in rows if row.closed_at), key=lambda row: row.closed_at, reverse=True)[:_SHOWN]
    for row in closed:
        partnering.put_standing(row.request, row.standing)
    others = [row.request for row in closed if row.request.lead_id != hub_id]
    shared = partnering.disclosed_each(others, hub_id, at=at) if others else {}
    return tuple(
        ClosedCase(
            ref=row.request.ref,
            # Its own title for the lead, what the gate lets through for a partner.
            title=shared[row.request_id].title if row.request_id in shared else row.request.title,
            lead=row.request.lead.name,
            closed_at=row.closed_at,
            n_hubs=len(row.party_ids),
        )
        for row in closed
    )


def _counted() -> QuerySet[Collaboration]:
    ratings = Feedback.objects.filter(collaboration=OuterRef("pk"), side=FeedbackFrom.CLIENT)
    return Collaboration.objects.filter(starts_on__gte=Slot("since", DateField())).annotate(
        kpi_rows=kpi_rows(), ratings=ArraySubquery(ratings.values("rating"))
    )


_of_network = Prepared(lambda: _counted().only("party_ids", "closed_at"))
_of_hub = Prepared(
    lambda: (
        _counted()
        .filter(party_ids__overlap=Slot("hubs", IDS))
        .select_related("request__lead", "request__client", "request__contact")
        .only(
            *("party_ids", "closed_at"),
            *(f"request__{name}" for name in ("ref", "title", "lead__name", *partnering.READ_BY_GATE)),
        )
        .annotate(
            hub_rows=directory.rows_of_hubs(OuterRef("party_ids")),
            standing=partnering.standing_row(OuterRef("request")),
        )
    )
)
