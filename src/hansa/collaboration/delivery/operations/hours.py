"""Hours worked: enter and remove."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies, queries
from hansa.collaboration.delivery.models import Collaboration, TimeEntry
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.people import operations as accounts
from hansa.hubs.people import queries as people

_DAY = Decimal(24)


class CannotLogTime(Refusal):
    """Hours cannot be entered or removed."""


@transaction.atomic
def log_time(
    collaboration: Collaboration,
    *,
    person_id: int,
    on: date,
    hours: Decimal,
    cost_item: str,
    by: Actor,
    at: datetime,
    task_id: int | None = None,
    note: str = "",
) -> TimeEntry:
    """Enter the hours of one person of the actor's hub on one day, under a cost of the hub's role."""
    collaboration = locked(collaboration)
    policies.can_log_time(by, collaboration).or_raise(CannotLogTime)
    hub_id = by.hub_id or 0
    if person_id not in {person.pk for person in people.people_of_hub(hub_id)}:
        raise CannotLogTime(_("Choose a person of your hub."))
    if cost_item not in {point.id for point in queries.cost_items_of(collaboration, hub_id)}:
        raise CannotLogTime(_("Choose one of the costs of your hub's role."))
    if task_id is not None and not collaboration.tasks.filter(pk=task_id).exists():
        raise CannotLogTime(_("This task was removed meanwhile. Choose another one, or none."))
    _check_day(collaboration, on, at=at)
    _check_hours(person_id, on, hours)
    entry = TimeEntry.objects.create(
        collaboration=collaboration,
        hub_id=hub_id,
        person_id=person_id,
        on=on,
        hours=hours,
        cost_item=cost_item,
        task_id=task_id,
        note=note,
        entered_by_id=by.user_id,
        at=at,
    )
    _tell("time.logged", entry, by=by, at=at)
    return entry


def _check_day(collaboration: Collaboration, on: date, *, at: datetime) -> None:
    if on > at.date():
        raise CannotLogTime(_("The day lies in the future. Enter hours once they are worked."))
    if on < collaboration.request.created_at.date():
        raise CannotLogTime(_("The case began on %(day)s. Enter a day from then on.") % {
            "day": collaboration.request.created_at.date().isoformat()
        })  # fmt: skip


def _check_hours(person_id: int, on: date, hours: Decimal) -> None:
    if not hours.is_finite() or hours <= 0:
        raise CannotLogTime(_("Enter more than 0 hours."))
    # Two entries at once for the same person must not pass the day together.
    accounts.lock_person(person_id)
    known = TimeEntry.objects.filter(person_id=person_id, on=on).aggregate(sum=Sum("hours"))["sum"] or Decimal(0)
    if known + hours > _DAY:
        raise CannotLogTime(
            _("With these, the day would have %(hours)s hours. A day has 24.") % {"hours": known + hours}
        )


@transaction.atomic
def remove_time(entry: TimeEntry, *, by: Actor, at: datetime) -> None:
    """Take back hours of the actor's own hub; the log keeps that they were entered."""
    entry.collaboration = locked(entry.collaboration)
    policies.can_log_time(by, entry.collaboration).or_raise(CannotLogTime)
    if entry.hub_id != by.hub_id:
        raise CannotLogTime(_("Only the hub that entered these hours can remove them."))
    _tell("time.removed", entry, by=by, at=at)
    entry.delete()


def _tell(verb: str, entry: TimeEntry, *, by: Actor, at: datetime) -> None:
    """Log hours without the person: who worked when is the business of its own hub."""
    log(
        verb,
        by=by,
        subject=entry,
        collaboration=entry.collaboration,
        at=at,
        hub_id=entry.hub_id,
        hours=entry.hours,
        cost_item=entry.cost_item,
    )
