"""What every operation of this corner starts and ends with: the locked case, one line of the activity log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from hansa.collaboration.codesign.models import Canvas
from hansa.collaboration.partnering.operations.case import locked
from hansa.foundation import activity
from hansa.foundation.actors import Actor


def locked_canvas(request: Any) -> tuple[Any, Canvas]:
    """Lock the case, so that of two people who write at once one comes after the other; return it with its canvas."""
    row = locked(request)
    canvas, _created = Canvas.objects.get_or_create(request=row)
    return row, canvas


def record(
    verb: str,
    request: Any,
    *,
    by: Actor,
    at: datetime,
    team: Collection[int],
    subject: Any = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Write what happened; every hub of the team reads it."""
    activity.record(
        verb,
        actor=by,
        subject=subject or request,
        at=at,
        case_ref=request.ref,
        hub_ids=list(team),
        facts=facts,
    )
