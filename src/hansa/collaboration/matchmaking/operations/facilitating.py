"""Bringing both sides together: requirements line by line, meetings, notes. Source: BP-MM-04."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import policies
from hansa.collaboration.matchmaking.models import LogEntry, Match, Meeting, Requirement
from hansa.collaboration.matchmaking.operations.disclosing import locked_match
from hansa.collaboration.matchmaking.operations.log import log
from hansa.collaboration.matchmaking.states import Fit, NoteKind, SeenBy
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

MOST_LINES = 60
MOST_POINTS = 3
FARTHEST = timedelta(days=366)
# The same words again within this time are a second press of the button.
_TWICE = timedelta(minutes=2)


class CannotFacilitate(Refusal):
    """The log of the facilitation cannot be written like this."""


@transaction.atomic
def add_requirement(match: Match, *, wanted: str, offered: str, seen_by: str, by: Actor, at: datetime) -> Requirement:
    """Write down one thing the client needs, and what the match says to it; it is open until somebody settles it.

    The same thing a second time is the first.
    """
    request, row = locked_match(match)
    policies.can_facilitate(by, row).or_raise(CannotFacilitate)
    if not wanted.strip():
        raise CannotFacilitate(_("Say what is needed."))
    if (earlier := row.requirements.filter(wanted=wanted.strip()[:500], hub_id=by.hub_id).first()) is not None:
        return earlier
    last = row.requirements.aggregate(last=Max("position"))["last"] or 0
    if row.requirements.count() >= MOST_LINES:
        raise CannotFacilitate(_("At most %(n)s lines fit here. Join some of them.") % {"n": MOST_LINES})
    line = Requirement.objects.create(
        match=row,
        wanted=wanted.strip()[:500],
        offered=offered.strip()[:500],
        seen_by=SeenBy(seen_by),
        hub_id=by.hub_id,  # type: ignore[misc]
        position=last + 1,
    )
    log("requirement.added", request=request, subject=line, by=by, at=at, hub_ids=_readers(row, seen_by, by))
    return line


@transaction.atomic
def settle(line: Requirement, *, fit: str, offered: str, by: Actor, at: datetime) -> Requirement:
    """Say how what is offered fits what is needed; the hub that says so last stands beside it."""
    request, row = locked_match(line.match)
    policies.can_facilitate(by, row).or_raise(CannotFacilitate)
    if fit not in Fit.values:
        raise CannotFacilitate(_("Choose one of the options."))
    line = Requirement.objects.get(pk=line.pk)
    line.fit, line.offered = fit, offered.strip()[:500]
    is_settled = fit != Fit.OPEN
    line.settled_by_id, line.settled_at = (by.hub_id, at) if is_settled else (None, None)
    line.save(update_fields=["fit", "offered", "settled_by", "settled_at"])
    log(
        "requirement.settled",
        request=request,
        subject=line,
        by=by,
        at=at,
        hub_ids=_readers(row, line.seen_by, by),
        fit=fit,
    )
    return line


def _readers(row: Match, seen_by: str, by: Actor) -> list[int]:
    """Who reads of it in the log of the case, besides the lead."""
    return [] if seen_by == SeenBy.OWN and by.hub_id == row.request.lead_id else [row.hub_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """When (a time of day in ``zone``), how long, where, what to talk about, in which language, with whose help."""

    starts_at: datetime
    zone: str
    minutes: int
    place: str = ""
    link: str = ""
    points: tuple[str, ...] = ()
    language: str = ""
    interpreter: str = ""
    seen_by: str = SeenBy.CLIENT


@transaction.atomic
def arrange(match: Match, draft: MeetingDraft, *, by: Actor, at: datetime) -> Meeting:
    """Arrange a meeting of both sides. The same meeting a second time is the first.

    :raises CannotFacilitate: by a stranger, in the past, without a place or a link, or too many points
    """
    request, row = locked_match(match)
    policies.can_facilitate(by, row).or_raise(CannotFacilitate)
    points = [" ".join(point.split())[:200] for point in draft.points if point.strip()]
    if draft.starts_at <= at:
        raise CannotFacilitate(_("The meeting must lie in the future."))
    if draft.starts_at > at + FARTHEST:
        raise CannotFacilitate(_("A meeting is at most a year ahead. Choose an earlier day."))
    if not 5 <= draft.minutes <= 720:
        raise CannotFacilitate(_("A meeting lasts from 5 minutes to 12 hours."))
    if not draft.place.strip() and not draft.link:
        raise CannotFacilitate(_("Say where you meet, or give a link."))
    if len(points) > MOST_POINTS:
        raise CannotFacilitate(_("Three points are enough for a meeting."))
    ZoneInfo(draft.zone)
    meeting, is_new = Meeting.objects.get_or_create(
        match=row,
        starts_at=draft.starts_at,
        cancelled_at=None,
        defaults={
            "zone": draft.zone,
            "minutes": draft.minutes,
            "place": draft.place.strip()[:200],
            "link": draft.link,
            "points": points,
            "language": draft.language,
            "interpreter": draft.interpreter.strip()[:200],
            "seen_by": SeenBy(draft.seen_by),
            "hub_id": by.hub_id,
            "created_by_id": by.user_id,
            "created_at": at,
        },
    )
    if is_new:
        log(
            "meeting.arranged" if draft.seen_by == SeenBy.CLIENT else "meeting.noted", request=request, subject=meeting, by=by, at=at,
            hub_ids=_readers(row, draft.seen_by, by), to_client=draft.seen_by == SeenBy.CLIENT,
        )  # fmt: skip
    return meeting


@transaction.atomic
def call_off(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Call a meeting off; it stays in the log. Twice is once."""
    request, row = locked_match(meeting.match)
    policies.can_facilitate(by, row).or_raise(CannotFacilitate)
    if Meeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(cancelled_at=at):
        log(
            "meeting.cancelled", request=request, subject=meeting, by=by, at=at,
            hub_ids=_readers(row, meeting.seen_by, by), to_client=meeting.seen_by == SeenBy.CLIENT,
        )  # fmt: skip


@transaction.atomic
def note(match: Match, *, kind: str, text: str, seen_by: str, by: Actor, at: datetime) -> LogEntry:
    """Write down help with language or culture, an interpreter, or a note, and who reads it. Twice at once is once."""
    request, row = locked_match(match)
    policies.can_facilitate(by, row).or_raise(CannotFacilitate)
    if not text.strip():
        raise CannotFacilitate(_("Write a few words."))
    just_now = row.log.filter(text=text.strip()[:4000], author_id=by.user_id, at__gt=at - _TWICE)
    if (earlier := just_now.first()) is not None:
        return earlier
    entry = LogEntry.objects.create(
        match=row,
        kind=NoteKind(kind),
        text=text.strip()[:4000],
        seen_by=SeenBy(seen_by),
        hub_id=by.hub_id,  # type: ignore[misc]
        author_id=by.user_id,
        at=at,
    )
    log("facilitation.noted", request=request, subject=entry, by=by, at=at, hub_ids=_readers(row, seen_by, by))
    return entry
