"""Correcting what the platform read: keep, remove, add, must-have or nice-to-have."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Request, Want
from hansa.collaboration.partnering.operations.case import CannotMove, locked, move, record
from hansa.collaboration.partnering.queries.reading import WANTED_KINDS
from hansa.collaboration.partnering.states import RequestState, WantState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.taxonomy import queries as taxonomy

MAX_WANTS = 40


class CannotCorrect(Refusal):
    """What the need asks for cannot be changed, or not like this."""


class CannotUnderstand(Refusal):
    """The need is not clear enough for a shortlist."""


def _want(request: Request, want_id: int) -> Want:
    want = Want.objects.select_related("concept").filter(request=request, pk=want_id).first()
    if want is None:
        raise CannotCorrect(_("This is no longer part of the need."))
    return want


@transaction.atomic
def keep_want(request: Request, want_id: int, *, by: Actor, at: datetime) -> Want:
    """Say that a suggestion is right, or bring back what was removed.

    :raises CannotCorrect: by a stranger, or once hubs are invited
    """
    return _decide(request, want_id, state=WantState.ACCEPTED, verb="want.accepted", by=by, at=at)


@transaction.atomic
def remove_want(request: Request, want_id: int, *, by: Actor, at: datetime) -> Want:
    """Say that something is not asked for. It stays on the page, to be brought back.

    :raises CannotCorrect: by a stranger, or once hubs are invited
    """
    return _decide(request, want_id, state=WantState.REJECTED, verb="want.rejected", by=by, at=at)


def _decide(request: Request, want_id: int, *, state: WantState, verb: str, by: Actor, at: datetime) -> Want:
    row = locked(request)
    policies.can_correct_wants(by, row).or_raise(CannotCorrect)
    want = _want(row, want_id)
    if want.state != state:
        want.state = state
        want.save(update_fields=["state"])
        facts = {"concept_id": want.concept_id, "confidence": want.confidence}
        record(verb, row, by=by, at=at, facts=facts, subject=want)
    return want


@transaction.atomic
def weigh_want(request: Request, want_id: int, *, must_have: bool, by: Actor, at: datetime) -> Want:
    """Say whether the need can do without it.

    :raises CannotCorrect: by a stranger, or once hubs are invited
    """
    row = locked(request)
    policies.can_correct_wants(by, row).or_raise(CannotCorrect)
    want = _want(row, want_id)
    if want.must_have != must_have:
        want.must_have, want.weight_words = must_have, ""
        want.save(update_fields=["must_have", "weight_words"])
        facts = {"concept_id": want.concept_id, "must_have": must_have}
        record("want.weighed", row, by=by, at=at, facts=facts, subject=want)
    return want


@transaction.atomic
def add_want(request: Request, concept_id: int, *, by: Actor, at: datetime, must_have: bool = True) -> Want:
    """Ask for something the platform did not read. Adding it twice changes nothing.

    :raises CannotCorrect: by a stranger, once hubs are invited, or for what no hub can bring
    """
    row = locked(request)
    policies.can_correct_wants(by, row).or_raise(CannotCorrect)
    concept = taxonomy.entry(concept_id)
    if concept is None or concept.kind not in WANTED_KINDS:
        raise CannotCorrect(_("Choose one of the entries of the list."))
    concept = taxonomy.current(concept)
    existing = Want.objects.filter(request=row)
    if existing.exclude(state=WantState.REJECTED).count() >= MAX_WANTS:
        raise CannotCorrect(_("A need can ask for %(n)s things at most. Remove some first.") % {"n": MAX_WANTS})
    last = existing.aggregate(last=Max("position"))["last"] or 0
    want, created = Want.objects.get_or_create(
        request=row,
        concept_id=concept.id,
        defaults={"must_have": must_have, "state": WantState.ACCEPTED, "position": last + 1},
    )
    if not created and want.state != WantState.ACCEPTED:
        want.state = WantState.ACCEPTED
        want.save(update_fields=["state"])
        created = True
    if created:
        record("want.added", row, by=by, at=at, facts={"concept_id": concept.id}, subject=want)
    return want


@transaction.atomic
def understand(request: Request, *, by: Actor, at: datetime) -> Request:
    """Say that the need is clear: what was not removed is wanted, and the request goes on to the shortlist.

    Again does nothing.

    :raises CannotUnderstand: nothing is asked for, by a stranger, or once hubs are invited
    """
    row = locked(request)
    policies.can_correct_wants(by, row).or_raise(CannotUnderstand)
    if not Want.objects.filter(request=row).exclude(state=WantState.REJECTED).exists():
        raise CannotUnderstand(_("Nothing is asked for yet. Add at least one competence or activity."))
    if row.state == RequestState.SHORTLIST:
        return row
    Want.objects.filter(request=row, state=WantState.SUGGESTED).update(state=WantState.ACCEPTED)
    try:
        moved = move(row, "understand", by=by, at=at, turn_hub_ids=[row.lead_id])
    except CannotMove as no:
        raise CannotUnderstand(no.reason) from no
    request.state = moved.state
    return moved
