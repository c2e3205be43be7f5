"""Whether the others see the sums of a hub."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hansa.collaboration.shares import policies, queries
from hansa.collaboration.shares.models import Release
from hansa.collaboration.shares.operations.log import locked_case, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotRelease(Refusal):
    """The sums of a hub cannot be shown or hidden."""


@transaction.atomic
def release(case: queries.ShareCase, *, shows_money: bool, by: Actor, at: datetime) -> Release:
    """Show the sums of the actor's hub (a partner to the lead, the lead to its partners), or hide them from now on."""
    case = locked_case(case, by=by, at=at, refusal=CannotRelease)
    policies.can_release(by, case.request, case.hub_ids).or_raise(CannotRelease)
    row, _is_new = Release.objects.update_or_create(
        request=case.request,
        hub_id=case.hub_id,
        defaults={"shows_money": shows_money, "by_id": by.user_id, "at": at},
    )
    log("release.changed", by=by, subject=row, ref=case.ref, at=at, shows_money=shows_money)
    return row
