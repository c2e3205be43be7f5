"""Moving a request along its states, and handing the turn over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Invitation, Request, RequestNote
from hansa.collaboration.partnering.operations.disclosures import record_disclosures
from hansa.collaboration.partnering.states import MOVES, OPEN_STATES, InvitationState, RequestState
from hansa.collaboration.scenarios import queries as scenarios
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotMove(Refusal):
    """The request is not in a state from which this step is possible."""


class CannotCancel(Refusal):
    """The request cannot be cancelled, or not by this person."""


def locked(request: Request) -> Request:
    """Return the row as it is now, held until the transaction ends. Every writer of a request starts here."""
    return Request.objects.select_for_update(of=("self",)).select_related("lead", "client").get(pk=request.pk)


def hand_over(request: Request, *, hubs: Iterable[int] = (), client: bool = False) -> None:
    """Store whose turn it is; nobody's, when both are left out. The caller's activity row tells them."""
    request.turn_hub_ids = sorted(set(hubs))
    request.turn_client = client
    request.save(update_fields=["turn_hub_ids", "turn_client"])


@transaction.atomic
def move(
    request: Request,
    move_name: str,
    *,
    by: Actor,
    at: datetime,
    turn_hub_ids: Iterable[int] = (),
    turn_client: bool = False,
) -> Request:
    """Take the request one step along ``states.MOVES`` and say whose turn it is then.

    Locks the row, so that of two people who take the same step one is refused. Writes one ``request.moved`` row, which
    statistics read; whoever must be told is told by the caller's own row. ``request`` is brought up to date as well.

    :raises CannotMove: from another state; the reason is fit for the user's eyes
    :raises KeyError: for a move that does not exist
    """
    row = locked(request)
    policies.can_go_on(row, move_name).or_raise(CannotMove)
    before = row.state
    row.state = MOVES[move_name].target
    if row.state != before:
        row.state_since = at
    row.turn_hub_ids = sorted(set(turn_hub_ids))
    row.turn_client = turn_client
    if move_name == "draft" and row.team_at is None:
        row.team_at = at
    if row.state not in OPEN_STATES:
        row.closed_at = at
    row.save(update_fields=["state", "state_since", "turn_hub_ids", "turn_client", "team_at", "closed_at"])
    if row.state == RequestState.DELIVERING and before == RequestState.SIGNING:
        _show_names(row, at=at)
    if row.state != before:
        record("request.moved", row, by=by, at=at, facts={"move": move_name, "from": before, "to": row.state})
    for name in ("state", "state_since", "turn_hub_ids", "turn_client", "team_at", "closed_at"):
        setattr(request, name, getattr(row, name))
    return row


def _show_names(row: Request, *, at: datetime) -> None:
    """Now that every hub has signed, they may read who the client is, if the client said so."""
    accepted = Invitation.objects.filter(request=row, state=InvitationState.ACCEPTED)
    record_disclosures(row, accepted.values_list("hub_id", flat=True), at=at)


def record(
    verb: str,
    request: Request,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, Any] | None = None,
    partners: Iterable[int] = (),
    to_client: bool = False,
    subject: Any = None,
) -> None:
    """Write an activity row of the case: the lead reads it, and whoever is named."""
    activity.record(
        verb,
        actor=by,
        subject=subject or request,
        at=at,
        case_ref=request.ref,
        facts=facts,
        hub_ids=[request.lead_id, *partners],
        client_ids=[request.client_id] if to_client and request.client_id else (),
    )


def tell_steps_done(request: Request, *, done: Iterable[str]) -> None:
    """Keep which steps beside the product's own are done, so that moves wait for the others. The row must be locked."""
    request.done_steps = sorted(set(done))
    request.save(update_fields=["done_steps"])


@transaction.atomic
def follow(request: Request, *, key: str, version: str, by: Actor, at: datetime) -> Request:
    """Let the case follow another scenario of the network from now on, before hubs are invited.

    :raises CannotMove: by a stranger, too late, or for one that is not offered for such a case
    """
    row = locked(request)
    policies.can_follow(by, row).or_raise(CannotMove)
    own = scenarios.scenario(row.scenario, row.scenario_version)
    offered = {(one, number) for one, number, _title in scenarios.offered(own.base)}
    if (key, version) not in offered:
        raise CannotMove(_("This scenario is not offered for such a case. Choose one of the list."))
    facts = {"from": f"{row.scenario} {row.scenario_version}", "to": f"{key} {version}"}
    row.scenario, row.scenario_version = key, version
    row.done_steps = [one for one in row.done_steps if scenarios.scenario(key, version).step(one)]
    row.save(update_fields=["scenario", "scenario_version", "done_steps"])
    record("request.followed", row, by=by, at=at, facts=facts)
    request.scenario, request.scenario_version = key, version
    return row


@transaction.atomic
def cancel(request: Request, *, by: Actor, at: datetime, reason: str) -> Request:
    """End the request before delivery. Invitations without an answer are taken back, and everybody concerned is told.

    :raises CannotCancel: without a reason, by a stranger, or once delivery runs
    """
    row = locked(request)
    policies.can_cancel(by, row).or_raise(CannotCancel)
    reason = reason.strip()
    if not reason:
        raise CannotCancel(_("Say why, so that everybody concerned knows."))
    live = Invitation.objects.filter(request=row, state__in=(InvitationState.SENT, InvitationState.ACCEPTED))
    partners = list(live.values_list("hub_id", flat=True))
    Invitation.objects.filter(request=row, state=InvitationState.SENT).update(state=InvitationState.WITHDRAWN)
    moved = move(request, "cancel", by=by, at=at)
    is_client = not policies.leads(by, row)
    # Not among the facts: partners read the activity, and the reason may name the client.
    RequestNote.objects.create(request=moved, author_id=by.user_id, from_client=is_client, text=reason[:4000], at=at)
    record("request.cancelled", moved, by=by, at=at, partners=partners, to_client=True)
    return moved
