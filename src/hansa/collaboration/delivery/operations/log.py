"""One line of the activity log for this corner's operations, and the KPIs that it changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery

from hansa.collaboration.delivery import queries
from hansa.collaboration.delivery.models import Collaboration, KpiResult
from hansa.collaboration.delivery.states import COUNTED, measured
from hansa.foundation import activity
from hansa.foundation.actors import Actor


def log(
    verb: str,
    *,
    by: Actor,
    subject: models.Model,
    collaboration: Collaboration,
    at: datetime,
    to_client: bool = False,
    **facts: Any,
) -> None:
    """Record what happened, readable by the team's hubs, and by the client when ``to_client``; count the KPIs anew."""
    activity.record(
        verb,
        actor=by,
        subject=subject,
        at=at,
        case_ref=collaboration.request.ref,
        facts=facts,
        hub_ids=collaboration.party_ids,
        client_ids=[client_id] if to_client and (client_id := collaboration.request.client_id) else [],
    )
    if verb in COUNTED:
        _count(collaboration, at=at)


def _count(collaboration: Collaboration, *, at: datetime) -> None:
    """Work out the KPIs from the log, and keep what differs from the newest value."""
    newest = KpiResult.objects.filter(kpi=OuterRef("pk")).order_by("-at", "-pk").values("value")[:1]
    events = queries.events_of(collaboration)
    for kpi in collaboration.kpis.annotate(newest=Subquery(newest)):
        value = measured(events, kpi.key)
        if value is not None and value != kpi.newest:
            KpiResult.objects.create(
                kpi=kpi, value=value, measured_on=at.date(), hub_id=collaboration.request.lead_id, at=at
            )


def locked(collaboration: Collaboration) -> Collaboration:
    """Return the collaboration with its row locked, so that closing and working cannot cross."""
    return Collaboration.objects.select_for_update(of=("self",)).select_related("request").get(pk=collaboration.pk)
