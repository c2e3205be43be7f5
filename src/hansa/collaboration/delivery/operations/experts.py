"""Experts who work at another hub for a limited time. Source: BP-JD-05."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.collaboration.delivery import policies, queries
from hansa.collaboration.delivery.models import Collaboration, Secondment
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.people import operations as accounts
from hansa.hubs.people import queries as people

MOST_EUR = Decimal(1_000_000)


class CannotSecond(Refusal):
    """An expert cannot be lent, or the stay cannot be changed."""


@transaction.atomic
def second(
    collaboration: Collaboration,
    *,
    person_id: int,
    receiver_id: int,
    starts_on: date,
    ends_on: date,
    place: str,
    cost_eur: Decimal,
    by: Actor,
    at: datetime,
) -> Secondment:
    """Lend an expert of the actor's hub to another hub of the team, within what the agreement allows."""
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotSecond)
    agreed = queries.exchange_agreed(collaboration)
    if not agreed.experts:
        raise CannotSecond(_("The agreement does not say that experts are lent. Add this clause to it first."))
    if person_id not in {person.pk for person in people.people_of_hub(by.hub_id or 0)}:
        raise CannotSecond(_("Choose a person of your hub."))
    if receiver_id == by.hub_id or receiver_id not in collaboration.party_ids:
        raise CannotSecond(_("Choose another hub of the team that receives the expert."))
    if not cost_eur.is_finite() or not 0 <= cost_eur <= MOST_EUR:
        raise CannotSecond(_("Enter a cost of 0 or more."))
    accounts.lock_person(person_id)
    _check_days(collaboration, person_id, starts_on, ends_on, most=agreed.expert_days, at=at)
    secondment = Secondment.objects.create(
        collaboration=collaboration,
        person_id=person_id,
        sender_id=by.hub_id,
        receiver_id=receiver_id,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place,
        cost_eur=cost_eur,
        at=at,
    )
    _tell("secondment.agreed", secondment, by=by, at=at)
    return secondment


def _check_days(
    collaboration: Collaboration, person_id: int, starts_on: date, ends_on: date, *, most: int, at: datetime
) -> None:
    if ends_on < starts_on:
        raise CannotSecond(_("The last day must not come before the first."))
    if starts_on < at.date():
        raise CannotSecond(_("The stay must not begin in the past."))
    if starts_on < collaboration.starts_on or (collaboration.ends_on and ends_on > collaboration.ends_on):
        raise CannotSecond(_("The stay must lie within the time of the agreement."))
    stays = Secondment.objects.filter(person_id=person_id)
    if stays.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise CannotSecond(_("This expert is lent at that time already."))
    spent = sum(
        queries.working_days(stay.starts_on, stay.ends_on) for stay in stays.filter(collaboration=collaboration)
    )
    asked = queries.working_days(starts_on, ends_on)
    if spent + asked > most:
        rest = ngettext(
            "The agreement allows %(most)s working day for one expert. This stay would make it %(n)s.",
            "The agreement allows %(most)s working days for one expert. This stay would make it %(n)s.",
            most,
        )
        raise CannotSecond(rest % {"most": most, "n": spent + asked})


@transaction.atomic
def tick_papers(
    secondment: Secondment, *, a1_on: date | None, notice_on: date | None, by: Actor, at: datetime
) -> Secondment:
    """Say since when the A1 certificate and the notice of a posted worker are there; None for not yet."""
    secondment.collaboration = locked(secondment.collaboration)
    _check_sender(secondment, by)
    if any(day is not None and day > at.date() for day in (a1_on, notice_on)):
        raise CannotSecond(_("The day lies in the future. Enter it once the paper is there."))
    secondment.a1_on, secondment.notice_on = a1_on, notice_on
    secondment.save(update_fields=["a1_on", "notice_on"])
    _tell("secondment.papers_ticked", secondment, by=by, at=at, a1_on=a1_on, notice_on=notice_on)
    return secondment


@transaction.atomic
def end_secondment(secondment: Secondment, *, by: Actor, at: datetime) -> None:
    """End a stay today, or take back one that has not begun."""
    secondment.collaboration = locked(secondment.collaboration)
    _check_sender(secondment, by)
    if secondment.ends_on < at.date():
        raise CannotSecond(_("This stay is over, so it stays as it is."))
    _tell("secondment.ended", secondment, by=by, at=at)
    if secondment.starts_on > at.date():
        secondment.delete()
        return
    secondment.ends_on = at.date()
    secondment.save(update_fields=["ends_on"])


def _check_sender(secondment: Secondment, by: Actor) -> None:
    policies.works_for_a_party(by, secondment.collaboration).or_raise(CannotSecond)
    if by.hub_id != secondment.sender_id:
        raise CannotSecond(_("Only the hub that sends the expert can change this."))


def _tell(verb: str, secondment: Secondment, *, by: Actor, at: datetime, **facts: Any) -> None:
    days = {"starts_on": secondment.starts_on, "ends_on": secondment.ends_on}
    log(verb, by=by, subject=secondment, collaboration=secondment.collaboration, at=at, **days, **facts)
