"""Tasks: add, change, tick, remove."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Task
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.people import queries as people


class CannotChangeTask(Refusal):
    """A task cannot be added, changed, ticked or removed."""


def _owner_of(hub_id: int, owner_id: int | None) -> int | None:
    """Return ``owner_id`` if that person works for the hub.

    :raises CannotChangeTask: otherwise
    """
    if owner_id is not None and owner_id not in {person.pk for person in people.people_of_hub(hub_id)}:
        raise CannotChangeTask(_("The person must work for the hub that does the task."))
    return owner_id


def _milestone_of(collaboration: Collaboration, milestone_id: int | None) -> int | None:
    if milestone_id is not None and not collaboration.milestones.filter(pk=milestone_id).exists():
        raise CannotChangeTask(_("This milestone was removed meanwhile. Choose another one, or none."))
    return milestone_id


def _party(collaboration: Collaboration, hub_id: int) -> int:
    if hub_id not in collaboration.party_ids:
        raise CannotChangeTask(_("Choose one of the team's hubs."))
    return hub_id


@transaction.atomic
def add_task(
    collaboration: Collaboration,
    *,
    by: Actor,
    title: str,
    hub_id: int,
    due_on: date,
    owner_id: int | None = None,
    milestone_id: int | None = None,
    at: datetime,
) -> Task:
    """Add a piece of work with its owner and date. Added again while it stands last, it is the first."""
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotChangeTask)
    same = {"title": title, "hub_id": _party(collaboration, hub_id), "due_on": due_on}
    same |= {"owner_id": _owner_of(hub_id, owner_id), "milestone_id": _milestone_of(collaboration, milestone_id)}
    last = collaboration.tasks.order_by("position", "pk").last()
    if last is not None and last.done_at is None and all(getattr(last, name) == value for name, value in same.items()):
        return last
    task = Task.objects.create(collaboration=collaboration, position=collaboration.tasks.count(), **same)
    log(
        "task.added",
        by=by,
        subject=task,
        collaboration=collaboration,
        at=at,
        title=title,
        hub_id=hub_id,
        owner_id=owner_id,
    )
    return task


@transaction.atomic
def change_task(
    task: Task,
    *,
    by: Actor,
    title: str,
    hub_id: int,
    due_on: date,
    owner_id: int | None,
    milestone_id: int | None = None,
    at: datetime,
) -> Task:
    """Change what, who or when, and the milestone it leads to."""
    task.collaboration = locked(task.collaboration)
    policies.can_change_task(by, task).or_raise(CannotChangeTask)
    task.title = title
    task.hub_id = _party(task.collaboration, hub_id)
    task.owner_id = _owner_of(hub_id, owner_id)
    task.due_on = due_on
    task.milestone_id = _milestone_of(task.collaboration, milestone_id)
    task.save(update_fields=["title", "hub", "owner", "due_on", "milestone"])
    log("task.changed", by=by, subject=task, collaboration=task.collaboration, at=at, title=title, owner_id=owner_id)
    return task


@transaction.atomic
def set_done(task: Task, *, done: bool, by: Actor, at: datetime) -> Task:
    """Tick or untick. Asking for what is already so changes nothing."""
    task.collaboration = locked(task.collaboration)
    policies.can_change_task(by, task).or_raise(CannotChangeTask)
    if (task.done_at is not None) == done:
        return task
    task.done_at = at if done else None
    task.done_by_id = by.user_id if done else None
    task.save(update_fields=["done_at", "done_by"])
    log(
        "task.done" if done else "task.reopened",
        by=by,
        subject=task,
        collaboration=task.collaboration,
        at=at,
        title=task.title,
    )
    return task


@transaction.atomic
def remove_task(task: Task, *, by: Actor, at: datetime) -> None:
    """Remove a task; the log keeps its title."""
    task.collaboration = locked(task.collaboration)
    policies.can_change_task(by, task).or_raise(CannotChangeTask)
    log("task.removed", by=by, subject=task, collaboration=task.collaboration, at=at, title=task.title)
    task.delete()
