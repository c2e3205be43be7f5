"""The KPIs of a collaboration, worked out from the activity log. Source: BP-KPI-02."""

from __future__ import annotations

from decimal import Decimal

from hansa.collaboration.delivery.models import Collaboration
from hansa.collaboration.delivery.states import COUNTED, Event, measured
from hansa.foundation.activity import Activity


def events_of(collaboration: Collaboration) -> list[Event]:
    """Return what happened in the case and is counted, in its order; one query."""
    rows = Activity.objects.filter(case_ref=collaboration.request.ref, verb__in=COUNTED).order_by("pk")
    return [
        Event(verb=verb, subject_id=subject_id, facts=facts, at=at)
        for verb, subject_id, facts, at in rows.values_list("verb", "subject_id", "facts", "at")
    ]


def recomputed(collaboration: Collaboration) -> dict[int, Decimal | None]:
    """Return the value of each KPI by its id, from the log alone; two queries."""
    events = events_of(collaboration)
    return {pk: measured(events, key) for pk, key in collaboration.kpis.values_list("pk", "key")}
