"""What the clock does: reminders, and the end of partner requests whose day has passed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from hansa.collaboration.matchmaking.models import PartnerRequest
from hansa.collaboration.matchmaking.operations.asking import expire
from hansa.collaboration.matchmaking.operations.log import log
from hansa.collaboration.partnering import queries as cases
from hansa.collaboration.partnering.policies import lets_out
from hansa.foundation.actors import SYSTEM

# The lead is told so long before a request ends; hubs that have not answered, halfway there.
BEFORE_THE_END = timedelta(days=3)


def mind(*, at: datetime) -> None:
    """End what is no longer valid, and remind lead and hubs, each once. A second run changes nothing."""
    running = PartnerRequest.objects.filter(released_at__isnull=False, ended_at=None)
    for asked in running.select_related("request__lead").order_by("pk"):
        if not asked.is_open(at):
            expire(asked, at=at)
        else:
            _remind(asked, at=at)


@transaction.atomic
def _remind(asked: PartnerRequest, *, at: datetime) -> None:
    row = PartnerRequest.objects.select_for_update(of=("self",)).select_related("request__lead").get(pk=asked.pk)
    assert row.released_at is not None
    if row.ended_at is not None or not lets_out(row.request, cases.authorisation_of(row.request), at=at):
        return
    halfway = row.released_at.date() + (row.valid_until - row.released_at.date()) / 2
    if row.hubs_reminded_at is None and at.date() >= halfway:
        row.hubs_reminded_at = at
        for ref, hub_id in cases.unanswered_invitations(row.request_id):
            log("partner_request.reminded", request=row.request, subject=row, by=SYSTEM, at=at, hub_ids=[hub_id],
                hub_id=hub_id, invitation=ref)  # fmt: skip
    if row.lead_reminded_at is None and at.date() + BEFORE_THE_END >= row.valid_until:
        row.lead_reminded_at = at
        log("partner_request.expiring", request=row.request, subject=row, by=SYSTEM, at=at)
    row.save(update_fields=["hubs_reminded_at", "lead_reminded_at"])
