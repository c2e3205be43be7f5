"""Milestones: set, change, remove, decide."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Milestone, MilestoneDecision
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import Decision
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotPlan(Refusal):
    """A milestone cannot be set, changed or removed."""


class CannotDecideMilestone(Refusal):
    """A milestone cannot be decided."""


@transaction.atomic
def set_milestone(
    collaboration: Collaboration,
    *,
    name: str,
    due_on: date,
    criterion: str,
    decider_id: int | None,
    by: Actor,
    at: datetime,
    milestone_id: int | None = None,
) -> Milestone:
    """Add a milestone, or change the open one of this id.

    :param decider_id: the hub that decides; None for the client
    """
    collaboration = locked(collaboration)
    policies.can_plan(by, collaboration).or_raise(CannotPlan)
    _check_day(collaboration, due_on, at=at)
    _check_decider(collaboration, decider_id)
    fields = {"name": name, "due_on": due_on, "criterion": criterion, "decider_id": decider_id}
    if milestone_id is None:
        milestone, _is_new = Milestone.objects.get_or_create(collaboration=collaboration, decision="", **fields)
        verb = "milestone.set"
    else:
        milestone = _open_one(collaboration, milestone_id)
        Milestone.objects.filter(pk=milestone.pk).update(**fields)
        milestone.refresh_from_db()
        verb = "milestone.changed"
    log(verb, by=by, subject=milestone, collaboration=collaboration, at=at, to_client=True, due_on=due_on, name=name)
    return milestone


def _check_day(collaboration: Collaboration, due_on: date, *, at: datetime) -> None:
    if due_on < at.date():
        raise CannotPlan(_("The day of the milestone has passed. Choose today or a later day."))
    if due_on < collaboration.starts_on:
        raise CannotPlan(_("The milestone lies before the first day of the work. Choose a later day."))
    if collaboration.ends_on and due_on > collaboration.ends_on:
        raise CannotPlan(
            _("The work ends on %(day)s. Choose a day up to then, or agree on a longer time first.")
            % {"day": collaboration.ends_on.isoformat()}
        )


def _check_decider(collaboration: Collaboration, decider_id: int | None) -> None:
    if decider_id is None and collaboration.request.client_id is None:
        raise CannotPlan(_("This case has no client. Choose the hub that decides."))
    if decider_id is not None and decider_id not in collaboration.party_ids:
        raise CannotPlan(_("Choose one of the team's hubs, or the client."))


def _open_one(collaboration: Collaboration, milestone_id: int) -> Milestone:
    milestone = collaboration.milestones.filter(pk=milestone_id).first()
    if milestone is None:
        raise CannotPlan(_("This milestone was removed meanwhile."))
    if not milestone.is_open:
        raise CannotPlan(_("This milestone was decided, so it stays as it is."))
    return milestone


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: Actor, at: datetime) -> None:
    """Remove a milestone at which nothing was decided; its tasks stay."""
    collaboration = locked(milestone.collaboration)
    policies.can_plan(by, collaboration).or_raise(CannotPlan)
    milestone = _open_one(collaboration, milestone.pk)
    if milestone.decision:
        raise CannotPlan(_("Something was decided at this milestone, so it stays."))
    log("milestone.removed", by=by, subject=milestone, collaboration=collaboration, at=at, name=milestone.name)
    milestone.delete()


@transaction.atomic
def decide(
    milestone: Milestone,
    *,
    decision: str,
    reason: str,
    new_due_on: date | None,
    by: Actor,
    at: datetime,
) -> Milestone:
    """Decide whether the work goes on. A change needs a later day, on which it is decided again."""
    milestone.collaboration = collaboration = locked(milestone.collaboration)
    milestone.refresh_from_db(fields=["decision", "due_on", "decider"])
    policies.can_decide(by, milestone).or_raise(CannotDecideMilestone)
    _check_decision(collaboration, milestone, decision, reason.strip(), new_due_on, at=at)
    stood_on = milestone.due_on
    MilestoneDecision.objects.create(
        milestone=milestone, decision=decision, reason=reason.strip(), due_on=stood_on, by_id=by.user_id, at=at
    )
    milestone.decision = decision
    if decision == Decision.CHANGE and new_due_on is not None:
        milestone.due_on = new_due_on
    milestone.save(update_fields=["decision", "due_on"])
    log(
        "milestone.decided",
        by=by,
        subject=milestone,
        collaboration=collaboration,
        at=at,
        to_client=True,
        decision=decision,
        due_on=stood_on,
        name=milestone.name,
    )
    return milestone


def _check_decision(
    collaboration: Collaboration,
    milestone: Milestone,
    decision: str,
    reason: str,
    new_due_on: date | None,
    *,
    at: datetime,
) -> None:
    if decision not in Decision.values:
        raise CannotDecideMilestone(_("Choose to go on, to change or to stop."))
    if decision != Decision.GO and not reason:
        raise CannotDecideMilestone(_("Say why in a few words, so that the others know what to do."))
    if decision != Decision.CHANGE:
        return
    if new_due_on is None or new_due_on < at.date():
        raise CannotDecideMilestone(_("Say on which day it is decided again: today or later."))
    if collaboration.ends_on and new_due_on > collaboration.ends_on:
        raise CannotDecideMilestone(_("The new day lies after the end of the work. Agree on a change of scope first."))
