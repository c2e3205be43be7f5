"""One invitation as its two sides read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet

from hansa.collaboration.partnering.models import Invitation, InvitationNote, Request
from hansa.collaboration.partnering.queries.consent import SharedNeed, SharedWant, disclosed
from hansa.collaboration.partnering.queries.lists import invitations_visible_to
from hansa.collaboration.partnering.states import DeclineReason, InvitationState, RequestState
from hansa.foundation.actors import Actor
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_NAMED = frozenset(
    {
        RequestState.AGREEING,
        RequestState.SIGNING,
        RequestState.DELIVERING,
        RequestState.CONFIRMING,
        RequestState.CLOSED,
    }
)

_LIVE = (InvitationState.SENT, InvitationState.ACCEPTED)


def full_invitation(actor: Actor, ref: str) -> Invitation | None:
    """The invitation at this address, if the person may see it, with all that its page needs, in one query.

    ``want_ids`` are the wants this hub is asked for, ``other_countries`` one entry per other hub with a live invitation,
    ``request.held`` is the client's agreement in force.
    """
    invitation = _in_full(actor).filter(ref=ref).first()
    if invitation is not None:
        # A relation that matches no row leaves no attribute behind.
        held = invitation.request.held = getattr(invitation, "held", None)
        if held is not None:
            held.asked_ids = [invitation.hub_id] if invitation.state in _LIVE else []
            held.agreed_ids = [invitation.hub_id] if invitation.state == InvitationState.ACCEPTED else []
    return invitation


def _in_full(actor: Actor) -> QuerySet[Invitation]:
    others = Invitation.objects.filter(request=OuterRef("request_id"), state__in=_LIVE).exclude(pk=OuterRef("pk"))
    asked = Invitation.wants.through.objects.filter(invitation=OuterRef("pk")).order_by("pk")
    return (
        invitations_visible_to(actor)
        .annotate(
            held=FilteredRelation("request__authorisations", condition=Q(request__authorisations__withdrawn_at=None)),
            want_ids=ArraySubquery(asked.values("want_id")),
            other_countries=ArraySubquery(others.order_by("hub__country").values("hub__country")),
        )
        .select_related("request__contact", "held", "answered_by")
        .defer(
            "request__text",
            "request__lead__description",
            "request__lead__search",
            "hub__description",
            "hub__search",
        )
    )


def unanswered_invitations(request_id: int) -> list[tuple[str, int]]:
    """Return address and hub of the invitations whose hub has said nothing yet; one query."""
    rows = Invitation.objects.filter(request_id=request_id, state=InvitationState.SENT, suggested_at=None)
    return list(rows.order_by("pk").values_list("ref", "hub_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage:
    """What the invited hub reads; the lead sees the same, so that it knows what it showed."""

    need: SharedNeed
    wants: tuple[SharedWant, ...]
    other_wants: tuple[SharedWant, ...]
    n_others: int
    countries: tuple[str, ...]
    notes: tuple[InvitationNote, ...]
    names_are_known: bool


def invitation_page(invitation: Invitation, *, at: datetime) -> InvitationPage:
    """Read one invitation through the consent gate; two queries for one of ``full_invitation``."""
    request: Request = invitation.request
    shared = disclosed(request, invitation.hub_id, at=at)
    asked = set(invitation.want_ids)  # type: ignore[attr-defined]
    others: list[str] = invitation.other_countries  # type: ignore[attr-defined]
    countries = taxonomy.vocabulary(Kind.COUNTRY)
    names = sorted({countries[code].label if code in countries else code for code in others if code})
    notes = InvitationNote.objects.filter(invitation=invitation).select_related("author", "hub")
    return InvitationPage(
        need=shared,
        wants=tuple(want for want in shared.wants if want.id in asked),
        other_wants=tuple(want for want in shared.wants if want.id not in asked),
        n_others=len(others),
        countries=tuple(names),
        notes=tuple(notes.only("text", "at", "author__name", "author__email", "hub__name")),
        names_are_known=request.state in _NAMED,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """An invitation the lead sent, for its own page."""

    ref: str
    hub_id: int
    hub_name: str
    state: str
    state_label: str
    sent_at: datetime
    answer_by: date | None
    reason: str
    note: str
    n_notes: int


def hubs_that_said_yes(request_id: int) -> list[int]:
    """Return the ids of the hubs that accepted their invitation, in the order they were asked; one query."""
    rows = Invitation.objects.filter(request_id=request_id, state=InvitationState.ACCEPTED)
    return list(rows.order_by("sent_at", "pk").values_list("hub_id", flat=True))


def sent_invitations(request: Request) -> list[SentLine]:
    """All invitations of a request of ``full_request``, those that wait first; no query."""
    order = {InvitationState.SENT: 0, InvitationState.ACCEPTED: 1, InvitationState.DECLINED: 2}
    lines = [
        SentLine(
            ref=row["ref"],
            hub_id=row["hub"],
            hub_name=row["name"],
            state=row["state"],
            state_label=str(InvitationState(row["state"]).label),
            sent_at=datetime.fromisoformat(row["sent_at"]),
            answer_by=date.fromisoformat(row["answer_by"]) if row["answer_by"] else None,
            reason=str(DeclineReason(row["reason"]).label) if row["reason"] else "",
            note=row["note"],
            n_notes=row["n_notes"] or 0,
        )
        for row in request.invitation_rows  # type: ignore[attr-defined]
    ]
    return sorted(lines, key=lambda line: order.get(InvitationState(line.state), 3))
