"""Facilities: book, confirm, cancel. Source: BP-JD-05."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies, queries
from hansa.collaboration.delivery.models import Booking, Collaboration
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import BookingState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as hubs

LONGEST = timedelta(days=14)
MOST_EUR = Decimal(1_000_000)


class CannotBook(Refusal):
    """A facility cannot be booked, confirmed or cancelled."""


@transaction.atomic
def book(
    collaboration: Collaboration,
    *,
    facility_id: int,
    starts: datetime,
    ends: datetime,
    time_zone: str,
    purpose: str,
    price_eur: Decimal,
    by: Actor,
    at: datetime,
) -> Booking:
    """Take a facility of one of the team's hubs for some time; confirmed at once if it is the actor's own hub's.

    :param starts: without zone, as the clock in ``time_zone`` shows it; ``ends`` likewise
    :raises CannotBook: among others, when the time is taken: with the next time that is free
    """
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotBook)
    facility = _agreed_facility(collaboration, facility_id)
    starts_at, ends_at = _moment(starts, time_zone), _moment(ends, time_zone)
    _check_time(collaboration, starts_at, ends_at, at=at)
    if not price_eur.is_finite() or not 0 <= price_eur <= MOST_EUR:
        raise CannotBook(_("Enter a price of 0 or more."))
    # Two who book at once come one after the other, so that the second is refused with a free time.
    directory.lock_hub(facility.hub_id)
    fields = {"facility_id": facility.id, "starts_at": starts_at, "ends_at": ends_at, "hub_id": by.hub_id or 0}
    if same := collaboration.bookings.exclude(state=BookingState.CANCELLED).filter(**fields).first():
        return same
    booking = Booking(
        collaboration=collaboration,
        facility_name=facility.name,
        owner_id=facility.hub_id,
        time_zone=time_zone,
        purpose=purpose,
        price_eur=price_eur,
        state=BookingState.CONFIRMED if facility.hub_id == by.hub_id else BookingState.HELD,
        by_id=by.user_id,
        at=at,
        **fields,
    )
    _save(booking)
    _tell("booking.made", booking, by=by, at=at)
    return booking


def _save(booking: Booking) -> None:
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise CannotBook(_taken(booking)) from error


def _agreed_facility(collaboration: Collaboration, facility_id: int) -> hubs.FacilityName:
    if not queries.exchange_agreed(collaboration).facilities:
        raise CannotBook(_("The agreement does not say that facilities are used. Add this clause to it first."))
    facility = next((row for row in hubs.facilities_of(collaboration.party_ids) if row.id == facility_id), None)
    if facility is None:
        raise CannotBook(_("This facility is not in the profile of a hub of the team."))
    return facility


def _moment(clock: datetime, time_zone: str) -> datetime:
    """Return the moment at which a clock shows this.

    :raises CannotBook: it never does, because the hour is skipped in spring
    """
    if time_zone not in queries.time_zones():
        raise CannotBook(_("Choose a time zone from the list."))
    moment = clock.replace(tzinfo=ZoneInfo(time_zone))
    if moment.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(time_zone)).replace(tzinfo=None) != clock:
        raise CannotBook(_("This hour does not exist: the clocks go forward that night. Choose another one."))
    return moment


def _check_time(collaboration: Collaboration, starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    if ends_at <= starts_at:
        raise CannotBook(_("The end must come after the start."))
    if starts_at < at:
        raise CannotBook(_("This time has passed. Choose a later one."))
    if ends_at - starts_at > LONGEST:
        raise CannotBook(_("Book at most 14 days at once."))
    if collaboration.ends_on and ends_at.date() > collaboration.ends_on + timedelta(days=1):
        raise CannotBook(_("This time lies after the end of the work. Choose an earlier one."))


def _taken(booking: Booking) -> str:
    free = queries.next_free(
        booking.facility_id or 0, starts_at=booking.starts_at, length=booking.ends_at - booking.starts_at
    )
    moment = free.astimezone(ZoneInfo(booking.time_zone))
    return _("%(facility)s is taken at this time. The next free time begins on %(day)s at %(time)s.") % {
        "facility": booking.facility_name,
        "day": date_format(moment, "j F Y"),
        "time": date_format(moment, "H:i"),
    }


@transaction.atomic
def confirm_booking(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """Confirm a held time. Only the hub of the facility can."""
    booking = _locked(booking)
    if booking.owner_id != by.hub_id or not by.works_for_hub:
        raise CannotBook(_("Only the hub of the facility can confirm this."))
    if booking.state == BookingState.CANCELLED:
        raise CannotBook(_("This booking was cancelled. Book the time again."))
    if booking.state == BookingState.HELD:
        _move(booking, BookingState.CONFIRMED, "booking.confirmed", by=by, at=at)
    return booking


@transaction.atomic
def cancel_booking(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """Give the time back. The hub that booked, the hub of the facility and the lead can."""
    booking = _locked(booking)
    may = {booking.hub_id, booking.owner_id, booking.collaboration.request.lead_id}
    if not by.works_for_hub or by.hub_id not in may:
        raise CannotBook(_("Only the hub that booked, the hub of the facility or the lead can cancel this."))
    if booking.ends_at <= at:
        raise CannotBook(_("This time is over, so it stays as it is."))
    if booking.state != BookingState.CANCELLED:
        _move(booking, BookingState.CANCELLED, "booking.cancelled", by=by, at=at)
    return booking


def _locked(booking: Booking) -> Booking:
    collaboration = locked(booking.collaboration)
    booking = Booking.objects.get(pk=booking.pk)
    booking.collaboration = collaboration
    return booking


def _move(booking: Booking, state: BookingState, verb: str, *, by: Actor, at: datetime) -> None:
    booking.state = state
    booking.save(update_fields=["state"])
    _tell(verb, booking, by=by, at=at)


def _tell(verb: str, booking: Booking, *, by: Actor, at: datetime) -> None:
    facts = {"facility": booking.facility_name, "starts_at": booking.starts_at, "hub_id": booking.owner_id}
    log(verb, by=by, subject=booking, collaboration=booking.collaboration, at=at, **facts)
