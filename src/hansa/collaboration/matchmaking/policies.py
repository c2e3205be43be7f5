"""Who may prepare, agree to, release and end a partner request; who may suggest, decide, bring together. Source: BP-MM."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking.models import Match, PartnerRequest
from hansa.collaboration.matchmaking.states import MatchState, Phase
from hansa.collaboration.partnering.policies import finds_match, leads, lets_out, speaks_for_client
from hansa.collaboration.partnering.states import InvitationState, RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no


def can_prepare(actor: Actor, request: object, asked: PartnerRequest | None) -> Verdict:
    """The lead prepares the partner request, and changes it until it is released."""
    verdict = leads(actor, request)  # type: ignore[arg-type]
    if not verdict:
        return verdict
    if not finds_match(request):  # type: ignore[arg-type]
        return No(_("This case looks for hubs, not for a partner of the client."))
    if request.state != RequestState.SHORTLIST:  # type: ignore[attr-defined]
        if request.state == RequestState.NEED:  # type: ignore[attr-defined]
            return No(_("Say first that the need is clear."))
        return No(_("The partner request is with the hubs, so it no longer changes."))
    if asked is not None and asked.phase == Phase.OPEN:
        return No(_("The partner request is with the hubs, so it no longer changes."))
    return YES


def can_agree(actor: Actor, asked: PartnerRequest) -> Verdict:
    """The client agrees to its launch; its hub may write down what the client said elsewhere."""
    if asked.phase not in {Phase.DRAFT, Phase.AGREED}:
        return No(_("The partner request is with the hubs already."))
    return YES if speaks_for_client(actor, asked.request) else leads(actor, asked.request)


def can_release(actor: Actor, asked: PartnerRequest, authorisation: object, *, at: datetime) -> Verdict:
    """The reviewer of the lead hub releases it, once the client agreed and while it is valid."""
    verdict = leads(actor, asked.request)
    if not verdict:
        return verdict
    if asked.phase == Phase.DRAFT:
        return No(_("The client has not agreed to this request yet."))
    if asked.phase != Phase.AGREED:
        return No(_("The partner request is with the hubs already."))
    if actor.user_id != asked.reviewer_id:
        return No(_("%(name)s reads it once more and releases it.") % {"name": asked.reviewer or _("The reviewer")})
    if at.date() > asked.valid_until:
        return No(_("The day until which it is valid has passed. Choose another one."))
    return lets_out(asked.request, authorisation, at=at)  # type: ignore[arg-type]


def can_end(actor: Actor, asked: PartnerRequest) -> Verdict:
    """The lead or the client takes it back from the hubs."""
    if not leads(actor, asked.request) and not speaks_for_client(actor, asked.request):
        return No(_("Only the lead hub or the client can withdraw a partner request."))
    if asked.phase != Phase.OPEN:
        return No(_("Only a request that is with the hubs can be withdrawn."))
    return YES


def can_suggest(
    actor: Actor, invitation: object, asked: PartnerRequest | None, authorisation: object, *, at: datetime
) -> Verdict:
    """Whether the asked hub may suggest somebody now."""
    if not (actor.works_for_hub and actor.hub_id == invitation.hub_id):  # type: ignore[attr-defined]
        return No(_("Only people of the hub that was asked can suggest somebody."))
    if invitation.state not in {InvitationState.SENT, InvitationState.ACCEPTED}:  # type: ignore[attr-defined]
        return No(_("This request no longer waits for answers."))
    if asked is None or asked.phase != Phase.OPEN:
        return No(_("This request no longer waits for answers."))
    if not asked.is_open(at):
        return No(_("The day until which this request was valid has passed."))
    if asked.request.state != RequestState.INVITING:
        return No(_("The lead drafts the agreement already, so nobody can be suggested any more."))
    return lets_out(asked.request, authorisation, at=at)  # type: ignore[arg-type]


def owns(actor: Actor, match: Match) -> Verdict:
    """YES for managers and staff of the hub in whose ecosystem the match is."""
    if actor.works_for_hub and actor.hub_id == match.hub_id:
        return YES
    return No(_("Only people of the hub that knows the organisation can do this."))


def can_take_back(actor: Actor, match: Match) -> Verdict:
    """The hub takes its suggestion back until the lead decided."""
    if match.state not in {MatchState.PREPARED, MatchState.SUGGESTED}:
        return first_no(owns(actor, match), No(_("The lead has decided already.")))
    return owns(actor, match)


def can_decide(actor: Actor, match: Match) -> Verdict:
    """The lead takes a suggestion up or not."""
    if match.state != MatchState.SUGGESTED:
        return first_no(leads(actor, match.request), No(_("This suggestion waits for no decision.")))
    if match.request.state != RequestState.INVITING:
        return first_no(leads(actor, match.request), No(_("The agreement is drafted, so the team no longer changes.")))
    return leads(actor, match.request)


def can_authorise_match(actor: Actor, match: Match) -> Verdict:
    """The hub writes down what its organisation agreed to, with the evidence."""
    if match.state in {MatchState.WITHDRAWN, MatchState.DECLINED}:
        return first_no(owns(actor, match), No(_("This suggestion is over.")))
    return owns(actor, match)


def takes_part(actor: Actor, match: Match) -> Verdict:
    """YES for the people of the two hubs that bring the sides together."""
    return YES if owns(actor, match) or leads(actor, match.request) else No(_("Only the two hubs can do this."))


def can_facilitate(actor: Actor, match: Match) -> Verdict:
    """Whether the two hubs may write in the log now."""
    if match.state != MatchState.TAKEN:
        return No(_("This suggestion was not taken up."))
    if match.request.state == RequestState.CONFIRMING:
        return first_no(
            takes_part(actor, match), No(_("The outcome waits for the client. Nothing changes until it answered."))
        )
    if match.request.state != RequestState.DELIVERING:
        return first_no(takes_part(actor, match), No(_("Bringing together starts when every hub has signed.")))
    return takes_part(actor, match)


def can_record_outcome(actor: Actor, match: Match) -> Verdict:
    """The lead writes down what came of it: it knows the client."""
    return first_no(leads(actor, match.request), can_facilitate(actor, match))


def reads_register(actor: Actor) -> bool:
    """The people of hubs and of the network read the register; clients and visitors do not."""
    return actor.hub_id is not None or bool(actor.network_roles)
