"""What later corners and the results page need to know about cases: functions wanted, times taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, DateField, QuerySet

from hansa.collaboration.partnering.models import Invitation, Request, Want
from hansa.collaboration.partnering.states import InvitationState, RequestState, WantState
from hansa.foundation.prepared import Prepared, Slot
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


def cases_since(launches: Mapping[tuple[int, int], datetime]) -> dict[tuple[int, int], int]:
    """Return how many cases each hub led since a moment that asked for an activity, by hub and concept; one query.

    Cancelled cases do not count.

    :param launches: the moment from which to count, by hub and concept
    """
    counted = dict.fromkeys(launches, 0)
    if not launches:
        return counted
    rows = Want.objects.filter(
        request__lead_id__in={hub_id for hub_id, _concept in launches},
        request__created_at__gte=min(launches.values()),
        request__client__isnull=False,
        concept_id__in={concept_id for _hub, concept_id in launches},
        state=WantState.ACCEPTED,
    ).exclude(request__state=RequestState.CANCELLED)
    for hub_id, concept_id, stated_at in rows.values_list("request__lead_id", "concept_id", "request__created_at"):
        if (hub_id, concept_id) in launches and stated_at >= launches[hub_id, concept_id]:
            counted[hub_id, concept_id] += 1
    return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTimes:
    """When a case was stated, when its team stood, when it closed."""

    created_at: datetime
    team_at: datetime | None
    closed_at: datetime | None


def case_times(*, hub_id: int | None, since: date | None) -> list[CaseTimes]:
    """Return the times of the cases a hub leads (or of all), stated since a day."""
    stated = _stated if hub_id is None else _stated_by_hub
    return [CaseTimes(**row) for row in stated.all(hub=hub_id, since=since or date.min)]


def _cases() -> QuerySet[Request]:
    return Request.objects.filter(created_at__date__gte=Slot("since", DateField()))


_TIMES_OF_CASE = ("created_at", "team_at", "closed_at")
_stated = Prepared(lambda: _cases().values(*_TIMES_OF_CASE))
_stated_by_hub = Prepared(lambda: _cases().filter(lead_id=Slot("hub", BigIntegerField())).values(*_TIMES_OF_CASE))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """When an invitation was sent and answered."""

    sent_at: datetime
    answered_at: datetime | None


def answer_times(*, hub_id: int | None, since: date | None) -> list[AnswerTimes]:
    """Return the times of the invitations a hub received (or of all), without those taken back."""
    sent = _sent if hub_id is None else _sent_to_hub
    return [AnswerTimes(**row) for row in sent.all(hub=hub_id, since=since or date.min)]


def _invitations() -> QuerySet[Invitation]:
    rows = Invitation.objects.exclude(state=InvitationState.WITHDRAWN)
    return rows.filter(sent_at__date__gte=Slot("since", DateField()))


_TIMES_OF_ANSWER = ("sent_at", "answered_at")
_sent = Prepared(lambda: _invitations().values(*_TIMES_OF_ANSWER))
_sent_to_hub = Prepared(lambda: _invitations().filter(hub_id=Slot("hub", BigIntegerField())).values(*_TIMES_OF_ANSWER))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBrief:
    """What a notice needs to know of a case. ``title`` is for the lead and the client alone."""

    title: str
    lead_id: int
    lead_name: str
    client_id: int | None
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
