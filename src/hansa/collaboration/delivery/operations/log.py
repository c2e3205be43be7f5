"""One line of the activity log for this corner's operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from hansa.collaboration.delivery.models import Collaboration
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
    """Record what happened, readable by the team's hubs, and by the client when ``to_client``."""
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


def locked(collaboration: Collaboration) -> Collaboration:
    """Return the collaboration with its row locked, so that closing and working cannot cross."""
    return Collaboration.objects.select_for_update(of=("self",)).select_related("request").get(pk=collaboration.pk)
