"""Lists of requests and invitations, and the overview of the network's cases. Each costs the same at any length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.partnering.models import Invitation, Request
from hansa.collaboration.partnering.queries.case import Turn, requests_visible_to, scenario_of, whose_turn
from hansa.collaboration.partnering.queries.consent import disclosed_each
from hansa.collaboration.partnering.states import OPEN_STATES, InvitationState, RequestState
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as hubs

# What the list can be narrowed to, besides each state.
OPEN, MINE = "open", "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request in a list."""

    ref: str
    title: str
    client_name: str
    scenario: str
    lead_name: str
    state: str
    state_label: str
    created_at: datetime
    turn: Turn
    is_demo: bool


def listed_requests(actor: Actor, *, state: str = OPEN, text: str = "") -> QuerySet[Request]:
    """The requests of the person's hub or client, those that wait for them first, then the latest.

    :param state: a state, ``open``, ``mine`` or empty for all
    """
    rows: QuerySet[Request] = requests_visible_to(actor)
    mine = Q(turn_client=True, client_id__in=actor.client_ids) if actor.client_ids else Q(pk__in=[])
    if actor.hub_id is not None:
        mine |= Q(turn_hub_ids__contains=[actor.hub_id])
    if state == MINE:
        rows = rows.filter(mine)
    elif state == OPEN:
        rows = rows.filter(state__in=OPEN_STATES)
    elif state in RequestState.values:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(client__name__icontains=text.strip()))
    is_mine = Case(When(mine, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(is_mine=is_mine).order_by("-is_mine", "-state_since", "-pk").defer("text", "partner_text")


def request_lines(requests: Sequence[Request], actor: Actor) -> list[RequestLine]:
    """Put requests into words; one query for the names of the hubs they wait for."""
    waiting = {hub_id for request in requests for hub_id in request.turn_hub_ids if hub_id != request.lead_id}
    names = {hub.id: hub.name for hub in hubs.hub_names(waiting)}
    return [
        RequestLine(
            ref=request.ref,
            title=request.title,
            client_name=request.client.name if request.client else "",
            scenario=pgettext("content", scenario_of(request).short),
            lead_name=request.lead.name,
            state=request.state,
            state_label=str(RequestState(request.state).label),
            created_at=request.created_at,
            turn=whose_turn(request, actor, names=names),
            is_demo=request.is_demo,
        )
        for request in requests
    ]


def request_table(requests: Iterable[Request], actor: Actor) -> tuple[list[str], list[list[Any]]]:
    """The same list as heads and rows, for Excel and CSV."""
    heads = [
        _("Reference"),
        _("Title"),
        _("Scenario"),
        _("Client"),
        _("State"),
        _("Since"),
        _("Received"),
        _("Whose turn"),
    ]
    lines = request_lines(list(requests), actor)
    rows = [
        [
            *(line.ref, line.title, line.scenario, line.client_name, line.state_label),
            *(line.turn.since, line.created_at, str(line.turn)),
        ]
        for line in lines
    ]
    return heads, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """One invitation in the list of the invited hub: never more than the gate lets through."""

    ref: str
    title: str
    lead_id: int
    lead_name: str
    state: str
    state_label: str
    n_wants: int
    sent_at: datetime
    answer_by: date | None
    needs_answer: bool


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The invitations that the person's hub received and that were not taken back, and all that it sent."""
    if not actor.works_for_hub:
        return Invitation.objects.none()
    received = Q(hub_id=actor.hub_id) & ~Q(state=InvitationState.WITHDRAWN)
    sent = Q(request__lead_id=actor.hub_id)
    return Invitation.objects.filter(received | sent).select_related("request__client", "request__lead", "hub")


def received_invitations(actor: Actor, *, state: str = "") -> QuerySet[Invitation]:
    """What the person's hub was asked, what waits for its answer first."""
    rows = invitations_visible_to(actor).filter(hub_id=actor.hub_id)
    if state in InvitationState.values:
        rows = rows.filter(state=state)
    waiting = Case(When(state=InvitationState.SENT, then=Value(0)), default=Value(1))
    wants = Invitation.wants.through.objects.filter(invitation=OuterRef("pk")).order_by()
    return rows.annotate(place=waiting, want_ids=ArraySubquery(wants.values("want_id"))).order_by(
        "place", "answer_by", "-sent_at", "-pk"
    )


def invitation_lines(invitations: Sequence[Invitation], actor: Actor, *, at: datetime) -> list[InvitationLine]:
    """Put rows of ``received_invitations`` into words through the consent gate; two queries."""
    assert actor.hub_id is not None
    shared = disclosed_each([invitation.request for invitation in invitations], actor.hub_id, at=at)
    return [
        InvitationLine(
            ref=invitation.ref,
            title=shared[invitation.request_id].title,
            lead_id=invitation.request.lead_id,
            lead_name=invitation.request.lead.name,
            state=invitation.state,
            state_label=str(InvitationState(invitation.state).label),
            n_wants=len(invitation.want_ids) if shared[invitation.request_id].is_open else 0,  # type: ignore[attr-defined]
            sent_at=invitation.sent_at,
            answer_by=invitation.answer_by,
            needs_answer=invitation.state == InvitationState.SENT,
        )
        for invitation in invitations
    ]
