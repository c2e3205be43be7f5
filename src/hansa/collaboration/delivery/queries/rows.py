"""Collaborations and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext

from hansa.collaboration.delivery.models import Collaboration, Document, Feedback, Kpi, KpiResult, Task
from hansa.collaboration.delivery.states import Better
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
    """A KPI with its last value, named in the reader's language. ``is_met`` None means not measured yet."""

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


def outcomes_of(kpis: QuerySet[Kpi]) -> tuple[KpiOutcome, ...]:
    """Return the KPIs with their newest value, in one statement."""
    newest = KpiResult.objects.filter(kpi=OuterRef("pk")).order_by("-at", "-pk")
    rows = kpis.annotate(
        value=Subquery(newest.values("value")[:1]), measured_on=Subquery(newest.values("measured_on")[:1])
    )
    return tuple(
        KpiOutcome(
            id=row.pk,
            name=pgettext("content", row.name),
            unit=pgettext("content", row.unit),
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
    return outcomes_of(collaboration.kpis.all())


def feedback_of(collaboration: Collaboration) -> list[Feedback]:
    return list(collaboration.feedback.select_related("hub", "author").order_by("at"))


def hubs_of(collaboration: Collaboration) -> list[directory.HubName]:
    """Return the team's hubs in the order of the agreement, lead first."""
    return directory.hub_names(collaboration.party_ids)
