"""Changes of scope, agreed by every hub, and incidents. Source: BP-JD-06."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import ChangeAnswer, Collaboration, Incident, ScopeChange
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import ChangeState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotChangeScope(Refusal):
    """A change of scope cannot be proposed or answered."""


class CannotReportIncident(Refusal):
    """An incident cannot be reported or followed up."""


@transaction.atomic
def propose_change(
    collaboration: Collaboration, *, title: str, what: str, touches_terms: bool, by: Actor, at: datetime
) -> ScopeChange:
    """Propose to change what was agreed. The proposing hub agrees by it."""
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotChangeScope)
    fields = {"title": title, "what": what, "touches_terms": touches_terms, "hub_id": by.hub_id}
    if same := collaboration.changes.filter(state=ChangeState.PROPOSED, **fields).first():
        return same
    change = ScopeChange.objects.create(collaboration=collaboration, by_id=by.user_id, at=at, **fields)
    log("change.proposed", by=by, subject=change, collaboration=collaboration, at=at)
    _answer(change, agrees=True, reason="", by=by, at=at)
    return change


@transaction.atomic
def answer_change(change: ScopeChange, *, agrees: bool, reason: str, by: Actor, at: datetime) -> ScopeChange:
    """Agree or refuse for a hub. The last hub that agrees makes it stand; one that refuses ends it."""
    collaboration = locked(change.collaboration)
    change = ScopeChange.objects.get(pk=change.pk)
    change.collaboration = collaboration
    policies.can_work(by, collaboration).or_raise(CannotChangeScope)
    if change.state != ChangeState.PROPOSED:
        raise CannotChangeScope(_("This change was settled already."))
    if change.answers.filter(hub_id=by.hub_id).exists():
        raise CannotChangeScope(_("Your hub has answered already."))
    if not agrees and not reason.strip():
        raise CannotChangeScope(_("Say why in a few words, so that the others can propose something else."))
    return _answer(change, agrees=agrees, reason=reason.strip(), by=by, at=at)


def _answer(change: ScopeChange, *, agrees: bool, reason: str, by: Actor, at: datetime) -> ScopeChange:
    ChangeAnswer.objects.create(change=change, hub_id=by.hub_id, agrees=agrees, reason=reason, by_id=by.user_id, at=at)
    answered = set(change.answers.filter(agrees=True).values_list("hub_id", flat=True))
    if agrees and not answered >= set(change.collaboration.party_ids):
        return change
    change.state = ChangeState.AGREED if agrees else ChangeState.REFUSED
    change.settled_at = at
    if agrees and change.touches_terms:
        change.after_version = agreements.version_number_of(change.collaboration.request_id)
    change.save(update_fields=["state", "settled_at", "after_version"])
    verb = "change.agreed" if agrees else "change.refused"
    log(verb, by=by, subject=change, collaboration=change.collaboration, at=at, touches_terms=change.touches_terms)
    return change


@transaction.atomic
def report_incident(
    collaboration: Collaboration,
    *,
    happened_on: date,
    what: str,
    effect: str,
    done: str,
    for_client: bool,
    by: Actor,
    at: datetime,
) -> Incident:
    """Write down what went wrong, visible to the team, and to the client when said so."""
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotReportIncident)
    if happened_on > at.date():
        raise CannotReportIncident(_("The day lies in the future. Enter the day on which it happened."))
    if happened_on < collaboration.request.created_at.date():
        raise CannotReportIncident(_("The day lies before the case began. Check it."))
    fields = {"happened_on": happened_on, "what": what, "effect": effect, "hub_id": by.hub_id}
    incident, is_new = Incident.objects.get_or_create(
        collaboration=collaboration,
        **fields,
        defaults={"done": done, "for_client": for_client, "by_id": by.user_id, "at": at},
    )
    if is_new:
        log("incident.reported", by=by, subject=incident, collaboration=collaboration, at=at, to_client=for_client)
    return incident


@transaction.atomic
def follow_up(incident: Incident, *, done: str, for_client: bool, by: Actor, at: datetime) -> Incident:
    """Say what was done about an incident. What the client was shown stays shown."""
    collaboration = locked(incident.collaboration)
    policies.can_work(by, collaboration).or_raise(CannotReportIncident)
    incident.done = done
    incident.for_client = incident.for_client or for_client
    incident.save(update_fields=["done", "for_client"])
    to_client = incident.for_client
    log("incident.followed_up", by=by, subject=incident, collaboration=collaboration, at=at, to_client=to_client)
    return incident
