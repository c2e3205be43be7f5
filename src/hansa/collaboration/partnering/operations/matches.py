"""What matchmaking changes in invitations: a suggestion waits for the lead, a match was taken up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Invitation, Request, TeamPick
from hansa.collaboration.partnering.operations.case import locked, move
from hansa.collaboration.partnering.operations.invitations import CannotAnswer, hand_over_answers
from hansa.collaboration.partnering.states import InvitationState, RequestState
from hansa.foundation.actors import Actor
from hansa.hubs.directory import operations as directory


@transaction.atomic
def suggestion_waits(invitation: Invitation, *, since: datetime | None) -> None:
    """Say that a suggestion of the invited hub waits for the lead, or that none does any more, and hand the turn over."""
    request = locked(invitation.request)
    Invitation.objects.filter(pk=invitation.pk).update(suggested_at=since)
    invitation.suggested_at = since
    hand_over_answers(request)


@transaction.atomic
def accept_match(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Make the hub that suggested a match one of the team, since the lead takes the match up.

    :raises CannotAnswer: by a stranger, or the invitation is over
    """
    request = locked(invitation.request)
    row = Invitation.objects.get(pk=invitation.pk)
    policies.leads(by, request).or_raise(CannotAnswer)
    if row.state == InvitationState.ACCEPTED:
        return
    if row.state != InvitationState.SENT:
        raise CannotAnswer(_("This invitation is over."))
    suggested_at = row.suggested_at or at
    row.state, row.answered_at, row.suggested_at = InvitationState.ACCEPTED, suggested_at, None
    row.save(update_fields=["state", "answered_at", "suggested_at"])
    directory.record_reply(row.hub_id, days=(suggested_at - row.sent_at).total_seconds() / 86400)
    hand_over_answers(request)


@transaction.atomic
def end_unanswered(request: Request, *, by: Actor, at: datetime) -> list[int]:
    """End every invitation that waits, since the partner request is over; return the hubs. The caller tells them.

    Where no hub is in the team yet, the lead is back where it chooses whom to ask.
    """
    row = locked(request)
    waiting = Invitation.objects.filter(request=row, state=InvitationState.SENT)
    hub_ids = sorted(waiting.values_list("hub_id", flat=True))
    waiting.update(state=InvitationState.WITHDRAWN, suggested_at=None)
    TeamPick.objects.filter(request=row, hub_id__in=hub_ids).delete()
    has_team = Invitation.objects.filter(request=row, state=InvitationState.ACCEPTED).exists()
    if row.state == RequestState.INVITING and not has_team:
        move(row, "reshuffle", by=by, at=at, turn_hub_ids=[row.lead_id])
    else:
        hand_over_answers(row)
    request.state = row.state
    return hub_ids
