"""Collaborations and their rows; what came out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from hansa.collaboration.delivery.models import Collaboration, Document, Feedback, Kpi, KpiResult, Task
from hansa.collaboration.delivery.states import Better, FeedbackFrom
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as directory


def collaborations_visible_to(actor: Actor) -> QuerySet[Collaboration]:
    """Return what the actor may see: people of the team's hubs, and the client. Everyone else: nothing."""
    if actor.is_visitor:
        return Collaboration.objects.none()
    seen = Q(request__client_id__in=actor.client_ids)
    if actor.hub_id is not None and actor.hub_roles:
        seen |= Q(party_ids__contains=[actor.hub_id])
    return Collaboration.objects.filter(seen).select_related("request__lead", "request__client", "confirmed_by")


def tasks_of(collaboration: Collaboration) -> list[Task]:
    return list(collaboration.tasks.select_related("hub", "owner"))


def documents_of(collaboration: Collaboration, *, actor: Actor) -> list[Document]:
    """Return the files the actor may open: the client sees only those meant for it."""
    documents = collaboration.documents.select_related("hub", "added_by")
    if actor.hub_id not in collaboration.party_ids:
        documents = documents.filter(for_client=True)
    return list(documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiOutcome:
    """A KPI with its last value. ``is_met`` None means not measured yet."""

    id: int
    name: str
    unit: str
    better: str
    target: Decimal
    baseline: Decimal | None
    value: Decimal | None
    measured_on: date | None
    is_computed: bool

    @property
    def is_met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.target if self.better == Better.HIGHER else self.value <= self.target


def _outcomes_of(kpis: QuerySet[Kpi]) -> tuple[KpiOutcome, ...]:
    """Return the KPIs with their newest value, in one statement."""
    newest = KpiResult.objects.filter(kpi=OuterRef("pk")).order_by("-at", "-pk")
    rows = kpis.annotate(
        value=Subquery(newest.values("value")[:1]), measured_on=Subquery(newest.values("measured_on")[:1])
    )
    return tuple(
        KpiOutcome(
            id=row.pk,
            name=row.name,
            unit=row.unit,
            better=row.better,
            target=row.target,
            baseline=row.baseline,
            value=row.value,
            measured_on=row.measured_on,
            is_computed=row.is_computed,
        )
        for row in rows
    )


def kpis_of(collaboration: Collaboration) -> tuple[KpiOutcome, ...]:
    return _outcomes_of(collaboration.kpis.all())


def feedback_of(collaboration: Collaboration) -> list[Feedback]:
    return list(collaboration.feedback.select_related("hub", "author").order_by("at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCase:
    """A closed case in a hub's results. ``title`` only where the hub may know it."""

    ref: str
    title: str
    lead: str
    closed_at: datetime
    n_hubs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What came out of the agreements of a hub (or of all hubs) in a period."""

    n_agreements: int
    n_partners: int
    n_countries: int
    closed: tuple[ClosedCase, ...]
    kpis: tuple[KpiOutcome, ...]
    client_ratings: list[int]


def outcomes(*, hub_id: int | None, since: date | None) -> Outcomes:
    """Count agreements, partners, closed cases, KPIs and client feedback, for one hub or for the network."""
    mine = Collaboration.objects.all() if hub_id is None else Collaboration.objects.filter(party_ids__contains=[hub_id])
    if since:
        mine = mine.filter(starts_on__gte=since)
    rows = list(
        mine.order_by("-closed_at").values(
            "party_ids", "closed_at", ref=F("request__ref"), title=F("request__title"), lead=F("request__lead__name")
        )
    )
    partners = {party for row in rows for party in row["party_ids"]} - {hub_id}
    closed = mine.filter(closed_at__isnull=False)
    return Outcomes(
        n_agreements=len(rows),
        n_partners=len(partners),
        n_countries=len(directory.countries_of(partners)),
        closed=tuple(
            ClosedCase(
                ref=row["ref"],
                title=row["title"],
                lead=row["lead"],
                closed_at=row["closed_at"],
                n_hubs=len(row["party_ids"]),
            )
            for row in rows
            if row["closed_at"]
        ),
        kpis=_outcomes_of(Kpi.objects.filter(collaboration__in=closed)),
        client_ratings=list(
            Feedback.objects.filter(collaboration__in=closed, side=FeedbackFrom.CLIENT).values_list("rating", flat=True)
        ),
    )


def hubs_of(collaboration: Collaboration) -> list[directory.HubName]:
    """Return the team's hubs in the order of the agreement, lead first."""
    return directory.hub_names(collaboration.party_ids)
