"""Facilities and experts that the hubs of a collaboration lend each other. Source: BP-JD-05."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.delivery.models import Booking, Collaboration, Secondment
from hansa.collaboration.delivery.states import MORE_ZONES, ZONES, BookingState


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeAgreed:
    """What the agreement allows; ``expert_days`` are the most working days of one expert."""

    facilities: bool
    experts: bool
    expert_days: int
    expert_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A part of one day that is taken, for the week grid: hours since midnight; other cases have no ``purpose``."""

    day: int
    start: float
    end: float
    purpose: str
    state: str


def exchange_agreed(collaboration: Collaboration) -> ExchangeAgreed:
    values = agreements.values_agreed(collaboration.request_id)
    return ExchangeAgreed(
        facilities=bool(values.get("facilities_used")),
        experts=bool(values.get("experts_used")),
        expert_days=int(values.get("expert_days", 0)),
        expert_place=str(values.get("expert_place", "")),
    )


@cache
def time_zones() -> tuple[str, ...]:
    """Return the time zones that can be chosen."""
    return tuple(sorted({*ZONES.values(), *MORE_ZONES}))


def zone_of(country: str) -> str:
    return ZONES.get(country, "Europe/Brussels")


def bookings_of(collaboration: Collaboration) -> list[Booking]:
    """Return the bookings of this case by time; one query."""
    rows = collaboration.bookings.select_related("owner", "hub")
    return list(rows.defer("owner__description", "owner__search", "hub__description", "hub__search"))


def week_of(facility_id: int, *, monday: date, time_zone: str, collaboration: Collaboration) -> list[Taken]:
    """Return what is taken in the week from ``monday`` on, as the clock in ``time_zone`` shows it; one query."""
    zone = ZoneInfo(time_zone)
    first = datetime.combine(monday, time(), zone)
    rows = Booking.objects.filter(facility_id=facility_id, ends_at__gt=first, starts_at__lt=first + timedelta(days=8))
    found = []
    for row in rows.exclude(state=BookingState.CANCELLED):
        purpose = row.purpose if row.collaboration_id == collaboration.pk else ""
        found += _days(row.starts_at.astimezone(zone), row.ends_at.astimezone(zone), monday, purpose, row.state)
    return found


def _days(starts: datetime, ends: datetime, monday: date, purpose: str, state: str) -> Iterable[Taken]:
    for day in range(7):
        today = monday + timedelta(days=day)
        if starts.date() <= today <= ends.date():
            start = starts.hour + starts.minute / 60 if starts.date() == today else 0.0
            end = ends.hour + ends.minute / 60 if ends.date() == today else 24.0
            if end > start:
                yield Taken(day=day, start=start, end=end, purpose=purpose, state=state)


def next_free(facility_id: int, *, starts_at: datetime, length: timedelta) -> datetime:
    """Return the first moment from ``starts_at`` on at which the facility is free for so long; one query."""
    rows = Booking.objects.filter(facility_id=facility_id, ends_at__gt=starts_at).exclude(state=BookingState.CANCELLED)
    free = starts_at
    for start, end in rows.order_by("starts_at").values_list("starts_at", "ends_at"):
        if start >= free + length:
            break
        free = max(free, end)
    return free


def secondments_of(collaboration: Collaboration) -> list[Secondment]:
    """Return the stays of experts by day; one query."""
    rows = collaboration.secondments.select_related("person", "sender", "receiver")
    return list(rows.defer("sender__description", "sender__search", "receiver__description", "receiver__search"))


def working_days(first: date, last: date) -> int:
    """Return how many days from Monday to Friday lie from ``first`` to ``last``."""
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range((last - first).days + 1))


_STATUS = {"held": "TENTATIVE", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}


def calendar_of(bookings: Sequence[Booking], *, name: str, at: datetime) -> str:
    """Return the bookings as an iCalendar file (RFC 5545); cancelled ones are said to be so."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hansa//EN", f"X-WR-CALNAME:{_escaped(name)}"]
    for row in bookings:
        lines += [
            "BEGIN:VEVENT",
            f"UID:booking-{row.pk}@hansa",
            f"DTSTAMP:{_instant(at)}",
            f"DTSTART:{_instant(row.starts_at)}",
            f"DTEND:{_instant(row.ends_at)}",
            f"SUMMARY:{_escaped(f'{row.facility_name}: {row.purpose}')}",
            f"STATUS:{_STATUS[row.state]}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _instant(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _folded(line: str) -> Iterable[str]:
    """Cut a line after 75 bytes at most; what goes on begins with a space."""
    rest, room = line, 75
    while len(rest.encode()) > room:
        cut = room
        while len(rest[:cut].encode()) > room:
            cut -= 1
        yield rest[:cut]
        rest = f" {rest[cut:]}"
    yield rest
