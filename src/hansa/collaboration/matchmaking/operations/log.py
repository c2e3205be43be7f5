"""One line of the activity log for this corner's operations. Names of matches never stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from hansa.foundation import activity
from hansa.foundation.actors import Actor


def log(
    verb: str,
    *,
    request: Any,
    subject: models.Model,
    by: Actor,
    at: datetime,
    hub_ids: Iterable[int] = (),
    to_client: bool = False,
    **facts: Any,
) -> None:
    """Record what happened in a case, readable by its lead, by the hubs named, and by the client when ``to_client``."""
    activity.record(
        verb,
        actor=by,
        subject=subject,
        at=at,
        case_ref=request.ref,
        facts=facts,
        hub_ids=[request.lead_id, *hub_ids],
        client_ids=[request.client_id] if to_client and request.client_id else (),
    )
