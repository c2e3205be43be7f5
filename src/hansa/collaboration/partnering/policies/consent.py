"""The one consent gate: what of a request may leave its hub, to whom, when. Denies by default. Source: BP-AUTH."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import ClientAuthorisation, Request
from hansa.collaboration.partnering.policies.audience import Recipient, covers, reaches
from hansa.collaboration.partnering.policies.cases import leads, speaks_for_client
from hansa.collaboration.partnering.states import OPEN_STATES, Anonymity, AuthorisationState, RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no

Stage = Literal["invited", "signed"]

# Each field with the lowest level at which it leaves, and the earliest stage.
FIELDS: dict[str, tuple[Anonymity, Stage]] = {
    "wants": (Anonymity.A1, "invited"),
    "client_type": (Anonymity.A1, "invited"),
    "sector": (Anonymity.A1, "invited"),
    "country": (Anonymity.A1, "invited"),
    "region": (Anonymity.A1, "invited"),
    "size": (Anonymity.A1, "invited"),
    "languages": (Anonymity.A1, "invited"),
    "text": (Anonymity.A2, "invited"),
    "client_name": (Anonymity.A3, "signed"),
    "contact": (Anonymity.A4, "signed"),
}
# What a lead may keep back beyond the client's wish, where it would give the client away.
WITHHOLDABLE = ("sector", "country", "region", "size", "client_type")
# What a client may leave out itself: the same, and the languages.
SPARABLE = (*WITHHOLDABLE, "languages")
_ORDER = list(Anonymity)
_SIGNED_STATES = frozenset({RequestState.DELIVERING, RequestState.CONFIRMING, RequestState.CLOSED})


def stage_of(request: Request) -> Stage:
    """A hub of the team counts as signed once the agreement is in force."""
    return "signed" if request.state in _SIGNED_STATES else "invited"


def fields_at(level: Anonymity, *, without: Iterable[str] = ()) -> list[str]:
    """Return the fields a client agrees to with a level, less what it leaves out."""
    kept = set(without) & set(SPARABLE)
    return [
        name
        for name, (needed, _stage) in FIELDS.items()
        if _ORDER.index(needed) <= _ORDER.index(level) and name not in kept
    ]


def lets_out(request: Request, authorisation: ClientAuthorisation | None, *, at: datetime) -> Verdict:
    """Whether anything of the case may leave the lead hub now: its own idea may, a client's need if the client said so."""
    if request.client_id is None:
        return YES
    held = is_in_force(authorisation, at=at)
    if held and authorisation is not None and authorisation.level == Anonymity.A0:
        return No(_("The client wants nothing to leave your hub, so no hub can be invited."))
    return held


def is_in_force(authorisation: ClientAuthorisation | None, *, at: datetime) -> Verdict:
    """Whether the client's agreement holds now."""
    if authorisation is None:
        return No(_("The client has not agreed that anything about its request leaves its hub."))
    if authorisation.withdrawn_at is not None and authorisation.withdrawn_at <= at:
        return No(_("The client has withdrawn its agreement."))
    if authorisation.expires_at is not None and authorisation.expires_at <= at:
        return No(_("The client's agreement has expired."))
    return YES


# What an idea of the lead itself, without a client, shows to those it invites.
_OWN_FIELDS = frozenset({"wants", "text", "languages"})


def may_disclose(
    request: Request,
    authorisation: ClientAuthorisation | None,
    *,
    to: Recipient,
    field: str,
    at: datetime,
) -> Verdict:
    """Whether ``field`` of the request may be shown to the recipient now, and if not, why.

    Pages, mails, exports and agreements ask nobody else. The lead hub reads everything of its own request.

    :param field: one of ``FIELDS``; an unknown one is refused, so that a new field stays inside until it is listed
    """
    if to.hub_id is None:
        return No(_("Nothing is shown without knowing to whom."))
    if to.hub_id == request.lead_id and not to.network:
        return YES
    if request.client_id is None:
        return YES if field in _OWN_FIELDS else No(_("This case has no client."))
    held = is_in_force(authorisation, at=at)
    if not held or authorisation is None:
        return held
    if authorisation.request_id != request.pk:
        return No(_("This agreement of the client is for another request."))
    if field not in FIELDS:
        return No(_("This never leaves the lead hub."))
    verdict = first_no(reaches(authorisation, to), covers(authorisation, request, field))
    return _lets_through(request, authorisation, to, field) if verdict else verdict


def _lets_through(request: Request, authorisation: ClientAuthorisation, to: Recipient, field: str) -> Verdict:
    level, from_stage = FIELDS[field]
    if _ORDER.index(Anonymity(authorisation.level)) < _ORDER.index(level):
        return No(_("The client has not agreed to show this."))
    if from_stage == "signed" and not (to.has_agreed and stage_of(request) == "signed"):
        return No(_("This is shown once every hub of the team has signed."))
    if field in request.withheld:
        return No(_("The lead hub keeps this back."))
    return YES


def can_authorise(actor: Actor, request: Request) -> Verdict:
    """The client decides; its hub may write down what the client agreed to elsewhere, with the evidence."""
    if request.client_id is None:
        return No(_("This case has no client."))
    if request.state not in OPEN_STATES:
        return No(_("This request is closed."))
    if speaks_for_client(actor, request):
        return YES
    return leads(actor, request)


def can_withdraw_authorisation(actor: Actor, request: Request) -> Verdict:
    """The client may always withdraw, also of a closed request; so may its hub when the client tells it."""
    return YES if speaks_for_client(actor, request) else leads(actor, request)


def state_of_authorisation(
    request: Request, authorisation: ClientAuthorisation | None, *, at: datetime
) -> AuthorisationState:
    """Where the client's agreement stands now. ``authorisation`` may be one that ended."""
    if authorisation is None:
        return AuthorisationState.AWAITING_CLIENT
    if authorisation.withdrawn_at is not None and authorisation.withdrawn_at <= at:
        return AuthorisationState.WITHDRAWN
    if authorisation.expires_at is not None and authorisation.expires_at <= at:
        return AuthorisationState.EXPIRED
    if authorisation.level == Anonymity.A0:
        return AuthorisationState.DRAFT
    if request.state in _SIGNED_STATES - {RequestState.CLOSED}:
        return _NAMED_AT.get(Anonymity(authorisation.level), AuthorisationState.MATCHED)
    return _STATE_AT.get(RequestState(request.state), AuthorisationState.AUTHORISED)


_NAMED_AT = {Anonymity.A3: AuthorisationState.NAMED_UNDER_NDA, Anonymity.A4: AuthorisationState.INTRODUCED}
_STATE_AT = {
    RequestState.INVITING: AuthorisationState.PUBLISHED_ANONYMOUS,
    RequestState.AGREEING: AuthorisationState.MATCHED,
    RequestState.SIGNING: AuthorisationState.MATCHED,
    RequestState.CLOSED: AuthorisationState.CLOSED_SUCCESS,
    RequestState.CANCELLED: AuthorisationState.CLOSED_NO_MATCH,
}
