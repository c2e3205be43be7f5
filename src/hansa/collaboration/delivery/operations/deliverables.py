"""Deliverables: plan, hand over, accept or send back. Source: BP-JD-06."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Deliverable, Handover
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import HandoverState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotHandOver(Refusal):
    """A deliverable cannot be planned, handed over or answered."""


@transaction.atomic
def plan_deliverable(
    collaboration: Collaboration, *, name: str, hub_id: int, due_on: date | None, by: Actor, at: datetime
) -> Deliverable:
    """Say what a hub is to hand over. The same twice is one."""
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotHandOver)
    if hub_id not in collaboration.party_ids:
        raise CannotHandOver(_("Choose one of the team's hubs."))
    if due_on is not None and due_on < collaboration.starts_on:
        raise CannotHandOver(_("The day lies before the first day of the work. Choose a later one."))
    fields = {"name": name, "hub_id": hub_id, "due_on": due_on}
    if same := collaboration.deliverables.filter(state=HandoverState.OPEN, **fields).first():
        return same
    deliverable = Deliverable.objects.create(collaboration=collaboration, **fields)
    _tell("deliverable.planned", deliverable, by=by, at=at)
    return deliverable


@transaction.atomic
def remove_deliverable(deliverable: Deliverable, *, by: Actor, at: datetime) -> None:
    """Take a deliverable out of the plan that was not handed over yet."""
    deliverable = _locked(deliverable)
    _may_change(deliverable, by)
    if deliverable.state != HandoverState.OPEN:
        raise CannotHandOver(_("It was handed over already, so it stays."))
    _tell("deliverable.removed", deliverable, by=by, at=at)
    deliverable.delete()


@transaction.atomic
def hand_over(deliverable: Deliverable, *, note: str, document_id: int | None, by: Actor, at: datetime) -> Handover:
    """Hand a deliverable to the client, or a new version of one that was sent back."""
    deliverable = _locked(deliverable)
    _may_change(deliverable, by)
    if deliverable.state == HandoverState.HANDED:
        raise CannotHandOver(_("It is with the client already. Wait for the answer."))
    if deliverable.state == HandoverState.ACCEPTED:
        raise CannotHandOver(_("It was accepted already."))
    if document_id is not None:
        document = deliverable.collaboration.documents.filter(pk=document_id).first()
        if document is None or not document.for_client:
            raise CannotHandOver(_("Choose a file that the client may see."))
    handover = Handover.objects.create(
        deliverable=deliverable,
        number=deliverable.handovers.count() + 1,
        note=note,
        document_id=document_id,
        by_id=by.user_id,
        at=at,
    )
    _move(deliverable, HandoverState.HANDED)
    _tell("deliverable.handed_over", deliverable, by=by, at=at, number=handover.number)
    return handover


@transaction.atomic
def answer_handover(
    deliverable: Deliverable, *, number: int, accepts: bool, reason: str, by: Actor, at: datetime
) -> Deliverable:
    """Accept the version of this number, or send it back and say what is missing."""
    deliverable = _locked(deliverable)
    policies.can_accept(by, deliverable.collaboration).or_raise(CannotHandOver)
    newest = deliverable.handovers.last()
    if newest is None or deliverable.state != HandoverState.HANDED:
        raise CannotHandOver(_("There is nothing to answer at the moment."))
    if newest.number != number:
        raise CannotHandOver(_("A newer version was handed over meanwhile. Look at it first."))
    if not accepts and not reason.strip():
        raise CannotHandOver(_("Say in a few words what is missing, so that the hub can mend it."))
    newest.answer = HandoverState.ACCEPTED if accepts else HandoverState.SENT_BACK
    newest.reason, newest.answered_by_id, newest.answered_at = reason.strip(), by.user_id, at
    newest.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    _move(deliverable, HandoverState(newest.answer))
    _tell("deliverable.accepted" if accepts else "deliverable.sent_back", deliverable, by=by, at=at, number=number)
    return deliverable


def _locked(deliverable: Deliverable) -> Deliverable:
    collaboration = locked(deliverable.collaboration)
    deliverable = Deliverable.objects.select_related("hub").get(pk=deliverable.pk)
    deliverable.collaboration = collaboration
    return deliverable


def _may_change(deliverable: Deliverable, by: Actor) -> None:
    policies.can_work(by, deliverable.collaboration).or_raise(CannotHandOver)
    if not policies.can_change_work_of(by, deliverable.collaboration, hub_id=deliverable.hub_id):
        raise CannotHandOver(_("Only %(hub)s or the lead can hand this over.") % {"hub": deliverable.hub.name})


def _move(deliverable: Deliverable, state: HandoverState) -> None:
    deliverable.state = state
    deliverable.save(update_fields=["state"])


def _tell(verb: str, deliverable: Deliverable, *, by: Actor, at: datetime, **facts: int) -> None:
    collaboration = deliverable.collaboration
    log(verb, by=by, subject=deliverable, collaboration=collaboration, at=at, to_client=True, **facts)
