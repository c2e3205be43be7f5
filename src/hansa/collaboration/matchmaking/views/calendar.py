"""A meeting as a file for a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from icalendar import Calendar, Event


def calendar_file(meeting: Any, *, title: str) -> HttpResponse:
    """Return the meeting as iCalendar, with its time zone, place or link and talking points."""
    starts = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    event = Event()
    event.add("uid", f"{meeting.ref}@hansa")
    event.add("dtstamp", meeting.created_at)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=meeting.minutes))
    event.add("summary", title)
    event.add("location", meeting.place or meeting.link)
    if meeting.link:
        event.add("url", meeting.link)
    event.add("description", "\n".join([*meeting.points, meeting.link]).strip())
    calendar = Calendar()
    calendar.add("prodid", "-//Hansa//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="meeting-{meeting.ref}.ics"'
    return response
