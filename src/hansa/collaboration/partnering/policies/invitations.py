"""Who may invite, take back, answer and ask. Source: BP-JD."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import ClientAuthorisation, Invitation, Request
from hansa.collaboration.partnering.policies.cases import can_go_on, leads
from hansa.collaboration.partnering.policies.consent import lets_out
from hansa.collaboration.partnering.states import InvitationState, RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no


def can_invite(actor: Actor, request: Request, authorisation: ClientAuthorisation | None, *, at: datetime) -> Verdict:
    """Whether hubs can be asked now: the lead's people, the right stage, and the client's agreement."""
    return first_no(
        leads(actor, request),
        can_go_on(request, "invite"),
        lets_out(request, authorisation, at=at),
    )


def can_take_back(actor: Actor, invitation: Invitation) -> Verdict:
    """The lead may take an invitation back until it is answered."""
    verdict = leads(actor, invitation.request)
    if verdict and invitation.state != InvitationState.SENT:
        return No(_state_reason(invitation))
    return verdict


def can_let_go(actor: Actor, invitation: Invitation) -> Verdict:
    """The lead may do without a hub that said yes, until the agreement is drafted."""
    verdict = leads(actor, invitation.request)
    if verdict and invitation.state != InvitationState.ACCEPTED:
        return No(_("Only a hub that said yes can be let go."))
    if verdict and invitation.request.state != RequestState.INVITING:
        return No(_("The team can no longer change: an agreement is drafted."))
    return verdict


def is_asked(actor: Actor, invitation: Invitation) -> Verdict:
    if actor.works_for_hub and actor.hub_id == invitation.hub_id:
        return YES
    return No(_("Only people of the invited hub can answer."))


def can_answer(
    actor: Actor, invitation: Invitation, authorisation: ClientAuthorisation | None, *, at: datetime
) -> Verdict:
    """Whether the invited hub may say yes or no now."""
    verdict = is_asked(actor, invitation)
    if not verdict:
        return verdict
    if invitation.state != InvitationState.SENT:
        return No(_state_reason(invitation))
    # From the shortlist the lead looks for further hubs; what it sent before stays open.
    if invitation.request.state not in {RequestState.INVITING, RequestState.SHORTLIST}:
        return No(_("This request no longer waits for answers."))
    return lets_out(invitation.request, authorisation, at=at)


def can_ask(actor: Actor, invitation: Invitation) -> Verdict:
    """Whether the actor may write in the thread between lead and invited hub."""
    if not is_asked(actor, invitation) and not leads(actor, invitation.request):
        return No(_("Only the lead and the invited hub read and write here."))
    if invitation.state in {InvitationState.DECLINED, InvitationState.WITHDRAWN}:
        return No(_("This invitation is over, so nothing can be asked any more."))
    return YES


def _state_reason(invitation: Invitation) -> str:
    if invitation.state == InvitationState.WITHDRAWN:
        return _("This invitation was taken back.")
    return _("This invitation was answered already.")
