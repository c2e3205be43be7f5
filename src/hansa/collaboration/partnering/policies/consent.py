"""The one consent gate: what of a request may leave its hub, to whom, when. Denies by default. Source: BP-AUTH."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, Protocol

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
# The same for an organisation that a hub suggests as a match. It is shown to the hub that asked, and to nobody else.
MATCH_FIELDS: dict[str, tuple[Anonymity, Stage]] = {
    "organisation_type": (Anonymity.A1, "invited"),
    "sector": (Anonymity.A1, "invited"),
    "country": (Anonymity.A1, "invited"),
    "offers": (Anonymity.A1, "invited"),
    "languages": (Anonymity.A1, "invited"),
    "profile": (Anonymity.A2, "invited"),
    "name": (Anonymity.A3, "signed"),
    "person": (Anonymity.A4, "signed"),
}
_FIELDS_OF = {"client": FIELDS, "match": MATCH_FIELDS}
# The name in the network's register of agreements reached: shown to every hub, and only where that was agreed to.
REGISTER_NAME = "register_name"
# What a lead may keep back beyond the client's wish, where it would give the client away.
WITHHOLDABLE = ("sector", "country", "region", "size", "client_type")
# What a client may leave out itself: the same, and the languages.
SPARABLE = (*WITHHOLDABLE, "languages")
_ORDER = list(Anonymity)
_SIGNED_STATES = frozenset({RequestState.DELIVERING, RequestState.CONFIRMING, RequestState.CLOSED})


class Guarded(Protocol):
    """What the gate guards: the client of a request, or a match. ``guards`` tells which, ``owner_hub_id`` whose it is."""

    pk: Any
    guards: str
    withheld: Any

    @property
    def owner_hub_id(self) -> int: ...


class Authorised(Protocol):
    """What somebody agreed to. ``guarded`` is what it is about: kind and id."""

    level: str
    in_register: bool
    expires_at: Any
    withdrawn_at: Any

    @property
    def guarded(self) -> tuple[str, int]: ...


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


def is_in_force(authorisation: Authorised | None, *, at: datetime, guards: str = "client") -> Verdict:
    """Whether the agreement of a client, or of a match, holds now."""
    is_client = guards == "client"
    if authorisation is None and is_client:
        return No(_("The client has not agreed that anything about its request leaves its hub."))
    if authorisation is None:
        return No(_("The organisation has not agreed that anything about it leaves its hub."))
    if authorisation.withdrawn_at is not None and authorisation.withdrawn_at <= at:
        return No(
            _("The client has withdrawn its agreement.")
            if is_client
            else _("The organisation has withdrawn its agreement.")
        )
    if authorisation.expires_at is not None and authorisation.expires_at <= at:
        return No(
            _("The client's agreement has expired.") if is_client else _("The organisation's agreement has expired.")
        )
    return YES


# What an idea of the lead itself, without a client, shows to those it invites.
_OWN_FIELDS = frozenset({"wants", "text", "languages"})


def may_disclose(
    guarded: Guarded,
    authorisation: Authorised | None,
    *,
    to: Recipient,
    field: str,
    at: datetime,
) -> Verdict:
    """Whether ``field`` of a request's client, or of a match, may be shown to the recipient now, and if not, why.

    Pages, mails, exports and agreements ask nobody else. The hub whose client or match it is reads everything.
    Source: BP-AUTH, BP-MM-05.

    :param field: one of ``FIELDS`` or ``MATCH_FIELDS``, or ``REGISTER_NAME``; an unknown one is refused, so that a new
        field stays inside until it is listed
    """
    if to.hub_id is None:
        return No(_("Nothing is shown without knowing to whom."))
    if to.hub_id == guarded.owner_hub_id and not to.network:
        return YES
    if isinstance(guarded, Request) and guarded.client_id is None:
        return YES if field in _OWN_FIELDS else No(_("This case has no client."))
    held = is_in_force(authorisation, at=at, guards=guarded.guards)
    if not held or authorisation is None:
        return held
    if authorisation.guarded != (guarded.guards, guarded.pk):
        return No(_("This agreement is about something else."))
    if field == REGISTER_NAME:
        return _may_register(guarded, authorisation)
    fields = _FIELDS_OF.get(guarded.guards, {})
    if field not in fields:
        return No(_("This never leaves the hub."))
    verdict = _reaches(guarded, authorisation, to, field)
    return _lets_through(guarded, authorisation, to, field, needs=fields[field]) if verdict else verdict


def _reaches(guarded: Guarded, authorisation: Any, to: Recipient, field: str) -> Verdict:
    """Whether the recipient is one for whom it was agreed to: a match, the hub that asked; a client, its audience."""
    if isinstance(guarded, Request):
        return first_no(reaches(authorisation, to), covers(authorisation, guarded, field))
    is_asker = to.hub_id == _request_of(guarded).lead_id and not to.network
    return YES if is_asker else No(_("Only the hub that looks for a partner reads this."))


def _request_of(guarded: Any) -> Request:
    return guarded if isinstance(guarded, Request) else guarded.request


def _may_register(guarded: Guarded, authorisation: Authorised) -> Verdict:
    """The register is for every hub, so it asks for more: a tick of its own."""
    if not authorisation.in_register:
        return No(_("The register does not name this organisation."))
    if _ORDER.index(Anonymity(authorisation.level)) < _ORDER.index(Anonymity.A3):
        return _not_agreed(guarded)
    if stage_of(_request_of(guarded)) != "signed":
        return No(_("This is shown once every hub of the team has signed."))
    return YES


def _not_agreed(guarded: Guarded) -> Verdict:
    if guarded.guards == "client":
        return No(_("The client has not agreed to show this."))
    return No(_("The organisation has not agreed to show this."))


def _lets_through(
    guarded: Guarded, authorisation: Authorised, to: Recipient, field: str, *, needs: tuple[Anonymity, Stage]
) -> Verdict:
    level, from_stage = needs
    if _ORDER.index(Anonymity(authorisation.level)) < _ORDER.index(level):
        return _not_agreed(guarded)
    # The hub that asked for a match is in its own team.
    has_agreed = to.has_agreed or guarded.guards == "match"
    if from_stage == "signed" and not (has_agreed and stage_of(_request_of(guarded)) == "signed"):
        return No(_("This is shown once every hub of the team has signed."))
    if field in guarded.withheld:
        return No(_("The lead hub keeps this back.") if guarded.guards == "client" else _("The hub keeps this back."))
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
