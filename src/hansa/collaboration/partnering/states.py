"""The states of a request and of an invitation, the allowed moves, and whose turn it is. Source: BP-JD."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise as StrPromise
from django.utils.translation import gettext_lazy as _

from hansa.foundation.states import Move

# The scenario that a request follows.
SCENARIO = "JD"


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
    "cancel": Move(
        sources=frozenset({_S.NEED, _S.SHORTLIST, _S.INVITING, _S.AGREEING, _S.SIGNING}),
        target=_S.CANCELLED,
        refusal=_("A running delivery cannot be cancelled here; end the agreement instead."),
    ),
}


class InvitationState(models.TextChoices):
    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Interested")
    DECLINED = "declined", _("Not now")
    WITHDRAWN = "withdrawn", _("Taken back")


class DeclineReason(models.TextChoices):
    CAPACITY = "capacity", _("No free capacity")
    COMPETENCE = "competence", _("Not our competence")
    MONEY = "money", _("Not enough money")
    LANGUAGE = "language", _("Language")
    CONFLICT = "conflict", _("Conflict of interest")
    OTHER = "other", _("Another reason")


class Anonymity(models.TextChoices):
    """How much of a client may leave its hub. Source: BP-AUTH."""

    A0 = "A0", _("Nothing")
    A1 = "A1", _("Sector, need, large region and size; no free text")
    A2 = "A2", _("The need in checked words, without names")
    A3 = "A3", _("The need without names; once all have signed, the organisation's name")
    A4 = "A4", _("The need without names; once all have signed, the organisation and its contact person")


class WantState(models.TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    ACCEPTED = "accepted", _("Wanted")
    REJECTED = "rejected", _("Not wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of the tracker: the states it spans, and its names, notes and pages by audience. Durations: scenario."""

    key: str
    states: frozenset[str]
    names: Mapping[str, StrPromise]
    notes: Mapping[str, StrPromise]
    pages: Mapping[str, str]


def _by_audience(hub: StrPromise, client: StrPromise, partner: StrPromise) -> Mapping[str, StrPromise]:
    return {"hub": hub, "client": client, "partner": partner}


STAGES: tuple[Stage, ...] = (
    Stage(
        key="need",
        states=frozenset({_S.NEED}),
        names=_by_audience(_("Need"), _("Your need"), _("Need")),
        notes=_by_audience(_("Check what is asked for"), _("Your hub reads it"), _("The lead reads the need")),
        pages={"hub": "partnering:request", "client": "partnering:request"},
    ),
    Stage(
        key="shortlist",
        states=frozenset({_S.SHORTLIST}),
        names=_by_audience(_("Shortlist"), _("Looking for hubs"), _("Shortlist")),
        notes=_by_audience(_("Pick partners"), _("Your hub looks for the right hubs"), _("The lead picks partners")),
        pages={"hub": "partnering:shortlist"},
    ),
    Stage(
        key="inviting",
        states=frozenset({_S.INVITING}),
        names=_by_audience(_("Invite"), _("Asking hubs"), _("Invitation")),
        notes=_by_audience(_("Hubs answer"), _("Hubs are asked, without your name"), _("Hubs answer")),
        pages={"hub": "partnering:invite"},
    ),
    Stage(
        key="agreeing",
        states=frozenset({_S.AGREEING, _S.SIGNING}),
        names=_by_audience(_("Agree"), _("Hubs agree"), _("Agreement")),
        notes=_by_audience(_("Read and sign"), _("The hubs write down who does what"), _("Read and sign")),
        pages={"hub": "agreements:agreement", "partner": "agreements:agreement"},
    ),
    Stage(
        key="delivering",
        states=frozenset({_S.DELIVERING}),
        names=_by_audience(_("Deliver"), _("Work"), _("Delivery")),
        notes=_by_audience(_("Do what was agreed"), _("The hubs work for you"), _("Do what was agreed")),
        pages={
            "hub": "delivery:room",
            "client": "delivery:room",
            "partner": "delivery:room",
        },
    ),
    Stage(
        key="confirming",
        states=frozenset({_S.CONFIRMING}),
        names=_by_audience(_("Results"), _("Results"), _("Results")),
        notes=_by_audience(
            _("The client confirms, you close"),
            _("Confirm what was reached"),
            _("The client confirms, the lead closes"),
        ),
        pages={
            "hub": "delivery:room",
            "client": "delivery:room",
            "partner": "delivery:room",
        },
    ),
)
