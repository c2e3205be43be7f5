"""Ending a case early, after the team decided at a milestone to stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration
from hansa.collaboration.delivery.operations.closing import keep_lesson
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import Decision
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotStop(Refusal):
    """The case cannot be ended early."""


@transaction.atomic
def stop(collaboration: Collaboration, *, by: Actor, lesson: str, at: datetime) -> Collaboration:
    """Close the case without results. What was spent is shared as the agreement says (``agreements.exit_shares``).

    :raises CannotStop: by anybody but the lead, once the work is over, or when nobody decided to stop
    """
    collaboration = locked(collaboration)
    is_stopped = collaboration.milestones.filter(decision=Decision.STOP).exists()
    policies.can_stop(by, collaboration, is_stopped=is_stopped).or_raise(CannotStop)
    collaboration.closed_at = at
    collaboration.save(update_fields=["closed_at"])
    keep_lesson(collaboration, lesson, by=by, at=at)
    partnering.move(collaboration.request, "stop", by=by, at=at)
    log("collaboration.stopped", by=by, subject=collaboration, collaboration=collaboration, at=at, to_client=True)
    return collaboration
