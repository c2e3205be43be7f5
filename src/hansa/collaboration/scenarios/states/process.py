"""The process that all scenarios share: the states of a request and the moves between them. Source: BP-JD, BP-NS, BP-MM."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hansa.foundation.states import Move


class RequestState(models.TextChoices):
    NEED = "need", _("Need")
    SHORTLIST = "shortlist", _("Shortlist")
    INVITING = "inviting", _("Inviting")
    AGREEING = "agreeing", _("Agreement")
    SIGNING = "signing", _("Signing")
    DELIVERING = "delivering", _("Delivery")
    CONFIRMING = "confirming", _("Results")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = frozenset(set(RequestState) - {RequestState.CLOSED, RequestState.CANCELLED})

_S = RequestState
MOVES = {
    "understand": Move(
        sources=frozenset({_S.NEED, _S.SHORTLIST}),
        target=_S.SHORTLIST,
        refusal=_("Hubs are invited already, so what is needed can no longer change here."),
    ),
    "reopen": Move(
        sources=frozenset({_S.SHORTLIST}),
        target=_S.NEED,
        refusal=_("The need can only be reopened before hubs are invited."),
    ),
    "invite": Move(
        sources=frozenset({_S.SHORTLIST, _S.INVITING}),
        target=_S.INVITING,
        refusal=_("Hubs can be invited once the need is clear and before the agreement is drafted."),
    ),
    "reshuffle": Move(
        sources=frozenset({_S.INVITING}),
        target=_S.SHORTLIST,
        refusal=_("Only a request with open invitations can go back to the shortlist."),
    ),
    "draft": Move(
        sources=frozenset({_S.INVITING, _S.SHORTLIST}),
        target=_S.AGREEING,
        refusal=_("An agreement is drafted after the hubs of the team said yes."),
    ),
    "revise": Move(
        sources=frozenset({_S.AGREEING, _S.SIGNING}),
        target=_S.AGREEING,
        refusal=_("The text can no longer change: the agreement is in force."),
    ),
    "ready": Move(
        sources=frozenset({_S.AGREEING}),
        target=_S.SIGNING,
        refusal=_("Signing starts when every party accepted the text."),
    ),
    "start": Move(
        sources=frozenset({_S.SIGNING}), target=_S.DELIVERING, refusal=_("Delivery starts when every party has signed.")
    ),
    "report": Move(
        sources=frozenset({_S.DELIVERING}), target=_S.CONFIRMING, refusal=_("Results are reported during delivery.")
    ),
    "resume": Move(
        sources=frozenset({_S.CONFIRMING}),
        target=_S.DELIVERING,
        refusal=_("Delivery can only be resumed while results wait for the client."),
    ),
    "close": Move(
        sources=frozenset({_S.CONFIRMING}),
        target=_S.CLOSED,
        refusal=_("A case closes after the client confirmed the results."),
    ),
    "stop": Move(
        sources=frozenset({_S.DELIVERING}),
        target=_S.CLOSED,
        refusal=_("Only work that still runs can be stopped."),
    ),
    "cancel": Move(
        sources=frozenset({_S.NEED, _S.SHORTLIST, _S.INVITING, _S.AGREEING, _S.SIGNING}),
        target=_S.CANCELLED,
        refusal=_("A running delivery cannot be cancelled here; end the agreement instead."),
    ),
}
