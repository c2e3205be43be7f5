"""Facilities: agenda, week, booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.states import BookingState
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.foundation.pages import reads, run_form, writes
from hansa.hubs.directory import queries as directory

_TONES = {BookingState.HELD: "f3", BookingState.CONFIRMED: "f1"}
PILLS = {BookingState.HELD: "warn", BookingState.CONFIRMED: "good", BookingState.CANCELLED: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A booking of the agenda, with what the reader may do about it."""

    booking: Any
    when: str
    tone: str
    may_confirm: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Something taken, for ``{% week %}``."""

    day: int
    start: float
    end: float
    text: str
    tone: str


@reads
def facilities(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is booked for the case, and the week of one facility."""
    return _page(request, load_frame(request, ref, hubs_only=True))


def _page(request: HttpRequest, frame: queries.Frame, form: Any = None) -> HttpResponse:
    row = frame.collaboration
    found = directory.facilities_of(row.party_ids)
    asked = request.POST.get("facility_id") or request.GET.get("facility", "")
    chosen = next((facility for facility in found if str(facility.id) == asked), found[0] if found else None)
    may_add = bool(chosen and policies.can_work(request.actor, row))
    shown: dict[str, Any] = {}
    if chosen is not None:
        monday = _monday(request.GET.get("week", ""))
        zone = queries.zone_of(chosen.country)
        taken = queries.week_of(chosen.id, monday=monday, time_zone=zone, collaboration=row)
        shown = {
            "zone": zone,
            "monday": monday,
            "blocks": [_block(part) for part in taken],
            "earlier": f"?facility={chosen.id}&week={monday - timedelta(days=7)}",
            "later": f"?facility={chosen.id}&week={monday + timedelta(days=7)}",
        }
        if may_add:
            first = {"facility_id": chosen.id, "time_zone": zone, "on": monday}
            blank = form if form is not None and form.fields else _booking_form(frame, found, initial=first)
            shown["booking_form"] = blank
    return show(
        request,
        frame,
        "facilities",
        form=form,
        facilities=[(facility, frame.name_of(facility.hub_id)) for facility in found],
        chosen=chosen,
        agreed=queries.exchange_agreed(row).facilities,
        lines=[_line(request, frame, booking) for booking in queries.bookings_of(row)],
        **shown,
    )


def _monday(text: str) -> date:
    """Return the Monday of the week asked for, or of this week."""
    try:
        day = date.fromisoformat(text)
        day -= timedelta(days=day.weekday())
        # Room for the week before and after.
        return min(max(day, date(2000, 1, 3)), date(2100, 1, 4))
    except ValueError:
        today = timezone.localdate()
        return today - timedelta(days=today.weekday())


def _block(part: queries.Taken) -> Block:
    return Block(part.day, part.start, part.end, part.purpose or _("Taken"), _TONES[BookingState(part.state)])


def _line(request: HttpRequest, frame: queries.Frame, booking: Any) -> Line:
    now, hub_id = timezone.now(), request.actor.hub_id
    stands = booking.state != BookingState.CANCELLED and booking.ends_at > now
    may = {booking.hub_id, booking.owner_id, frame.collaboration.request.lead_id}
    return Line(
        booking=booking,
        when=_when(booking),
        tone=PILLS[BookingState(booking.state)],
        may_confirm=stands and booking.state == BookingState.HELD and hub_id == booking.owner_id,
        may_cancel=stands and hub_id in may,
    )


def _when(booking: Any) -> str:
    zone = ZoneInfo(booking.time_zone)
    starts, ends = booking.starts_at.astimezone(zone), booking.ends_at.astimezone(zone)
    last = date_format(ends, "H:i") if ends.date() == starts.date() else date_format(ends, "D j M, H:i")
    return f"{date_format(starts, 'D j M Y, H:i')}–{last} ({starts.tzname()})"


def _booking_form(frame: queries.Frame, found: Any, *args: Any, **kwargs: Any) -> forms.BookingForm:
    choices = [(facility.id, f"{facility.name}, {frame.name_of(facility.hub_id)}") for facility in found]
    return forms.BookingForm(*args, facilities=choices, time_zones=queries.time_zones(), **kwargs)


@writes
def book(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    found = directory.facilities_of(frame.collaboration.party_ids)
    return run_form(
        request,
        _booking_form(frame, found, request.POST),
        lambda data: operations.book(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Booked."),
        to=place("facilities", ref),
        again=lambda form: _page(request, frame, form),
    )


def _act(request: HttpRequest, ref: str, pk: int, act: Any, done: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    booking = get_object_or_404(frame.collaboration.bookings, pk=pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: act(booking, by=request.actor, at=timezone.now()),
        done=done,
        to=place("facilities", ref),
        again=lambda form: _page(request, frame, form),
    )


@writes
def confirm_booking(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return _act(request, ref, pk, operations.confirm_booking, _("Confirmed."))


@writes
def cancel_booking(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return _act(request, ref, pk, operations.cancel_booking, _("Cancelled. The time is free again."))


@reads
def calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """Send the bookings of the case as a file for calendars."""
    frame = load_frame(request, ref, hubs_only=True)
    text = queries.calendar_of(queries.bookings_of(frame.collaboration), name=frame.title, at=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bookings.ics"'
    return response
