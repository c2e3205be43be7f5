"""What later corners and the results page need to know about cases: functions wanted, times taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hansa.collaboration.partnering.models import Invitation, Request, Want
from hansa.collaboration.partnering.states import InvitationState, WantState
from hansa.hubs.taxonomy.states import Kind


def _function_of(activity: str) -> str:
    """Return the function an activity's notation belongs to: ``TBI-2.1`` is part of ``TBI``."""
    return activity.split("-", 1)[0]


def functions_wanted(request_id: int) -> frozenset[str]:
    """Return the functions (``TBI``, ``SFI``, ``IEN``, ``SKT``) of the activities the request wants."""
    activities = Want.objects.filter(request_id=request_id, concept__kind=Kind.ACTIVITY).exclude(
        state=WantState.REJECTED
    )
    return frozenset(_function_of(notation) for notation in activities.values_list("concept__notation", flat=True))


def functions_by_partner(request_id: int) -> dict[int, frozenset[str]]:
    """Return which functions each hub that said yes was asked for, by hub id."""
    rows = Invitation.objects.filter(request_id=request_id, state=InvitationState.ACCEPTED).values_list(
        "hub_id", "wants__concept__kind", "wants__concept__notation"
    )
    found: dict[int, set[str]] = {}
    for hub_id, kind, notation in rows:
        functions = found.setdefault(hub_id, set())
        if kind == Kind.ACTIVITY:
            functions.add(_function_of(notation))
    return {hub_id: frozenset(functions) for hub_id, functions in found.items()}


def coverage_agreed(request_id: int) -> tuple[int, int]:
    """Return (wants somebody of the team answers for, wants of the request)."""
    wanted = set(Want.objects.filter(request_id=request_id, state=WantState.ACCEPTED).values_list("pk", flat=True))
    asked = set(
        Invitation.objects.filter(
            request_id=request_id, state=InvitationState.ACCEPTED, wants__isnull=False
        ).values_list("wants", flat=True)
    )
    own = Want.objects.filter(request_id=request_id, state=WantState.ACCEPTED).exclude(
        pk__in=Invitation.objects.filter(request_id=request_id, wants__isnull=False).values("wants")
    )
    return len((wanted & asked) | set(own.values_list("pk", flat=True))), len(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTimes:
    """When a case was stated, when its team stood, when it closed."""

    created_at: datetime
    team_at: datetime | None
    closed_at: datetime | None


def case_times(*, hub_id: int | None, since: date | None) -> list[CaseTimes]:
    """Return the times of the cases a hub leads (or of all), stated since a day."""
    rows = Request.objects.all() if hub_id is None else Request.objects.filter(lead_id=hub_id)
    if since:
        rows = rows.filter(created_at__date__gte=since)
    return [CaseTimes(**row) for row in rows.values("created_at", "team_at", "closed_at")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """When an invitation was sent and answered."""

    sent_at: datetime
    answered_at: datetime | None


def answer_times(*, hub_id: int | None, since: date | None) -> list[AnswerTimes]:
    """Return the times of the invitations a hub received (or of all), without those taken back."""
    rows = Invitation.objects.exclude(state=InvitationState.WITHDRAWN)
    if hub_id is not None:
        rows = rows.filter(hub_id=hub_id)
    if since:
        rows = rows.filter(sent_at__date__gte=since)
    return [AnswerTimes(**row) for row in rows.values("sent_at", "answered_at")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBrief:
    """What a notice needs to know of a case. ``title`` is for the lead and the client alone."""

    title: str
    lead_id: int
    lead_name: str
    client_id: int
    turn_hub_ids: tuple[int, ...]
    turn_client: bool


def case_brief(ref: str) -> CaseBrief | None:
    """Return the brief of the case at this address; one query."""
    row = Request.objects.filter(ref=ref).select_related("lead").first()
    if row is None:
        return None
    return CaseBrief(
        title=row.title,
        lead_id=row.lead_id,
        lead_name=row.lead.name,
        client_id=row.client_id,
        turn_hub_ids=tuple(row.turn_hub_ids),
        turn_client=row.turn_client,
    )
