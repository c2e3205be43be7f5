"""What statistics of a scenario are made of: addresses, leads, starts, reasons; never what a case is about."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from hansa.collaboration.partnering.models import Invitation, Request
from hansa.collaboration.partnering.states import InvitationState


def refs_of_scenario(key: str) -> QuerySet[Request, str]:
    """The addresses of all cases that follow a scenario; for a subquery."""
    return Request.objects.filter(scenario=key).values_list("ref", flat=True)


def cases_of_scenario(key: str) -> list[tuple[str, int, datetime]]:
    """Address, lead and first moment of each case; one query."""
    return list(Request.objects.filter(scenario=key).values_list("ref", "lead_id", "created_at"))


def decline_reasons(key: str) -> list[str]:
    """Why hubs declined to take part in such cases, one entry for each that gave a reason; one query."""
    declined = Invitation.objects.filter(request__scenario=key, state=InvitationState.DECLINED)
    return list(declined.exclude(decline_reason="").values_list("decline_reason", flat=True))
