"""What every operation of this corner starts from and ends with: the case as it is now, and the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.shares import queries
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


def locked_case(case: queries.ShareCase, *, by: Actor, at: datetime, refusal: type[Refusal]) -> queries.ShareCase:
    """Return the case as it is now, its request held until the transaction ends: signing and estimating do not cross."""
    partnering.locked(case.request)
    found = queries.case_for(case.ref, actor=by, at=at)
    if found is None:
        raise refusal(str(queries.NOT_IN_TEAM))
    return found


def log(verb: str, *, by: Actor, subject: Model, ref: str, at: datetime, **facts: Any) -> None:
    """Record what happened for the actor's own hub alone, without amounts: those are its business."""
    hub_ids = [by.hub_id] if by.hub_id else []
    activity.record(verb, actor=by, subject=subject, at=at, case_ref=ref, facts=facts, hub_ids=hub_ids)
