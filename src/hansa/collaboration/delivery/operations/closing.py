"""From handing over the results to the closed case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.delivery import policies, queries
from hansa.collaboration.delivery.models import Collaboration, Feedback, KpiResult, Lesson
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import Decision, FeedbackFrom, LessonKind
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import operations as directory


class CannotReport(Refusal):
    """Results cannot be handed to the client."""


class CannotConfirm(Refusal):
    """The client cannot confirm or object."""


class CannotGiveFeedback(Refusal):
    """Feedback cannot be given."""


class CannotClose(Refusal):
    """The case cannot be closed."""


@transaction.atomic
def report(collaboration: Collaboration, *, by: Actor, at: datetime) -> Collaboration:
    """Hand the results to the client, whose turn it becomes; without a client, begin the launch.

    :raises CannotReport: when an agreed KPI has no value yet
    """
    collaboration = locked(collaboration)
    policies.can_report(by, collaboration).or_raise(CannotReport)
    _refuse_before_gates(collaboration)
    unmeasured = collaboration.kpis.filter(is_computed=False).exclude(pk__in=KpiResult.objects.values("kpi_id"))
    if missing := list(unmeasured.values_list("name", flat=True)):
        raise CannotReport(
            _("Record a measurement first for: %(names)s.")
            % {"names": ", ".join(pgettext("content", name) for name in missing)}
        )
    collaboration.reported_at = at
    collaboration.save(update_fields=["reported_at"])
    # Without a client the launch begins: every hub puts its own version into its catalogue.
    has_client = collaboration.request.client_id is not None
    hubs = () if has_client else collaboration.party_ids
    partnering.move(collaboration.request, "report", by=by, at=at, turn_client=has_client, turn_hub_ids=hubs)
    verb = "results.reported" if has_client else "launch.begun"
    log(verb, by=by, subject=collaboration, collaboration=collaboration, at=at, to_client=True)
    return collaboration


def _refuse_before_gates(collaboration: Collaboration) -> None:
    """A new service is launched once the team has decided at every milestone, and not to stop."""
    if collaboration.request.client_id is not None:
        return
    decisions = list(collaboration.milestones.values_list("name", "decision"))
    if Decision.STOP in {decision for _name, decision in decisions}:
        raise CannotReport(_("It was decided at a milestone to stop. End the case on the page of the plan."))
    undecided = [name for name, decision in decisions if decision in {"", Decision.CHANGE}]
    if undecided:
        raise CannotReport(_("Decide at these milestones first: %(names)s.") % {"names": ", ".join(undecided)})


@transaction.atomic
def confirm(collaboration: Collaboration, *, by: Actor, note: str, at: datetime) -> Collaboration:
    """Record that the client stands behind the results. The lead's turn to close."""
    collaboration = locked(collaboration)
    policies.can_confirm(by, collaboration).or_raise(CannotConfirm)
    collaboration.confirmed_at = at
    collaboration.confirmed_by_id = by.user_id
    collaboration.confirmation_note = note
    collaboration.save(update_fields=["confirmed_at", "confirmed_by", "confirmation_note"])
    partnering.hand_over(collaboration.request, hubs=[collaboration.request.lead_id])
    log("results.confirmed", by=by, subject=collaboration, collaboration=collaboration, at=at, to_client=True)
    return collaboration


@transaction.atomic
def object_to(collaboration: Collaboration, *, by: Actor, note: str, at: datetime) -> Collaboration:
    """Send the results back with what is missing; delivery goes on."""
    collaboration = locked(collaboration)
    policies.can_confirm(by, collaboration).or_raise(CannotConfirm)
    if not note.strip():
        raise CannotConfirm(_("Say in a few words what is missing, so that the hubs can mend it."))
    collaboration.reported_at = None
    collaboration.confirmation_note = note
    collaboration.save(update_fields=["reported_at", "confirmation_note"])
    partnering.move(collaboration.request, "resume", by=by, at=at, turn_hub_ids=[collaboration.request.lead_id])
    log("results.disputed", by=by, subject=collaboration, collaboration=collaboration, at=at, to_client=True)
    return collaboration


@transaction.atomic
def give_feedback(collaboration: Collaboration, *, by: Actor, rating: int, text: str, at: datetime) -> Feedback:
    """Say how it went, once per side; saying it again replaces the earlier words."""
    collaboration = locked(collaboration)
    policies.can_give_feedback(by, collaboration).or_raise(CannotGiveFeedback)
    if not 1 <= rating <= 5:
        raise CannotGiveFeedback(_("Choose from 1 (poor) to 5 (very good)."))
    feedback, _created = Feedback.objects.update_or_create(
        collaboration=collaboration,
        side=_side(by, collaboration),
        hub_id=None if collaboration.request.client_id in by.client_ids else by.hub_id,
        defaults={"rating": rating, "text": text, "author_id": by.user_id, "at": at},
    )
    facts = {"side": feedback.side, "rating": rating}
    log("feedback.given", by=by, subject=feedback, collaboration=collaboration, at=at, **facts)
    return feedback


def _side(by: Actor, collaboration: Collaboration) -> FeedbackFrom:
    if collaboration.request.client_id in by.client_ids:
        return FeedbackFrom.CLIENT
    return FeedbackFrom.LEAD if by.hub_id == collaboration.request.lead_id else FeedbackFrom.PARTNER


@transaction.atomic
def close(collaboration: Collaboration, *, by: Actor, lesson: str, at: datetime) -> Collaboration:
    """Close the case: its numbers count from now on, for every hub of the team. Closing twice changes nothing."""
    collaboration = locked(collaboration)
    if collaboration.closed_at and policies.can_give_feedback(by, collaboration):
        return collaboration
    policies.can_close(by, collaboration, n_offering=queries.n_offering(collaboration.request)).or_raise(CannotClose)
    collaboration.closed_at = at
    collaboration.save(update_fields=["closed_at"])
    keep_lesson(collaboration, lesson, by=by, at=at)
    partnering.move(collaboration.request, "close", by=by, at=at)
    if collaboration.request.client_id is not None:
        directory.record_joint_delivery(collaboration.party_ids, at=at)
    log("collaboration.closed", by=by, subject=collaboration, collaboration=collaboration, at=at, to_client=True)
    return collaboration


def keep_lesson(collaboration: Collaboration, lesson: str, *, by: Actor, at: datetime) -> None:
    """Write down the one lesson of an end, if there is one."""
    if lesson.strip():
        Lesson.objects.create(
            collaboration=collaboration,
            kind=LessonKind.OTHER,
            happened=lesson.strip(),
            hub_id=by.hub_id,
            by_id=by.user_id,
            at=at,
        )
