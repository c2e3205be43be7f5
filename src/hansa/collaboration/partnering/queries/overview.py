"""The network's cases for its steward: how many, how old, where they are stuck. Nothing about clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, DurationField, ExpressionWrapper, F, IntegerField, Min, QuerySet, Value, When
from django.utils.translation import pgettext

from hansa.collaboration.partnering.models import Invitation, Request
from hansa.collaboration.partnering.queries.case import scenario_of
from hansa.collaboration.partnering.states import OPEN_STATES, InvitationState, RequestState
from hansa.collaboration.scenarios.queries import scenario, scenarios
from hansa.collaboration.scenarios.states import Stage
from hansa.hubs.directory import queries as hubs

# All scenarios have the same stages; the columns bear the names of this one.
_COLUMNS = "JD"
# A case is stuck once it has taken twice the time a step usually takes.
STUCK_AFTER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCell:
    """The open cases of one hub (or of all) in one stage. ``oldest_days`` is empty without cases."""

    key: str
    count: int = 0
    oldest_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLine:
    hub_id: int
    name: str
    cells: tuple[StageCell, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case: where it stands and for how long, in days. ``usual_days`` is how long its step usually takes."""

    ref: str
    hub_name: str
    stage: str
    state_label: str
    days: int
    usual_days: int
    is_stuck: bool
    waits_for_client: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHub:
    """A hub that was invited and has nobody who could answer. ``since`` is when it was first asked."""

    id: int
    name: str
    slug: str
    since: datetime


def asked_without_people() -> list[AskedHub]:
    """Hubs with an open invitation that nobody can read, longest first. One query."""
    rows = (
        Invitation.objects.filter(state=InvitationState.SENT, request__state__in=OPEN_STATES)
        .exclude(hub_id__in=hubs.with_people())
        .values_list("hub_id", "hub__name", "hub__slug")
        .annotate(since=Min("sent_at"))
        .order_by("since")
    )
    return [AskedHub(id=pk, name=name, slug=slug, since=since) for pk, name, slug, since in rows]


def stage_names() -> list[tuple[str, str]]:
    return [(stage.key, _name_of(stage)) for stage in scenario(_COLUMNS).stages]


def _name_of(stage: Stage) -> str:
    return pgettext("content", stage.names["hub"])


def hub_lines(*, at: datetime) -> list[HubLine]:
    """Counts and the oldest age per stage for every hub that leads open cases, most cases first. Two queries."""
    counted = (
        Request.objects.filter(state__in=OPEN_STATES)
        .values("lead_id", "state")
        .annotate(n=Count("pk"), oldest=Min("state_since"))
        .order_by()
    )
    by_hub: dict[int, dict[str, tuple[int, datetime]]] = {}
    for row in counted:
        stage = _stage_of(row["state"]).key
        n, oldest = by_hub.setdefault(row["lead_id"], {}).get(stage, (0, row["oldest"]))
        by_hub[row["lead_id"]][stage] = (n + row["n"], min(oldest, row["oldest"]))
    names = {hub.id: hub.name for hub in hubs.hub_names(by_hub)}
    lines = [
        HubLine(
            hub_id=hub_id,
            name=names.get(hub_id, ""),
            cells=tuple(_cell(stage.key, stages.get(stage.key), at=at) for stage in scenario(_COLUMNS).stages),
            total=sum(n for n, _oldest in stages.values()),
        )
        for hub_id, stages in by_hub.items()
    ]
    return sorted(lines, key=lambda line: (-line.total, line.name.casefold()))


def _cell(key: str, found: tuple[int, datetime] | None, *, at: datetime) -> StageCell:
    return StageCell(key=key, count=found[0], oldest_days=_days(found[1], at)) if found else StageCell(key=key)


def cases_by_age(*, at: datetime, stage: str = "", hub_id: int | None = None) -> QuerySet[Request]:
    """Open cases, those furthest beyond the usual time of their step first."""
    whens = [
        When(scenario=usual.id, state=state, then=Value(max(1, usual.usual_days(frozenset({state})))))
        for usual in scenarios().values()
        for state in sorted(OPEN_STATES)
    ]
    pressure = ExpressionWrapper((Value(at) - F("state_since")) / F("usual"), output_field=DurationField())
    rows = Request.objects.filter(state__in=OPEN_STATES).only(
        "ref", "scenario", "scenario_version", "state", "state_since", "turn_client", "lead__name"
    )
    if states := next((item.states for item in scenario(_COLUMNS).stages if item.key == stage), None):
        rows = rows.filter(state__in=states)
    if hub_id is not None:
        rows = rows.filter(lead_id=hub_id)
    return (
        rows.select_related("lead")
        .annotate(usual=Case(*whens, default=Value(1), output_field=IntegerField()))
        .annotate(pressure=pressure)
        .order_by("-pressure", "pk")
    )


def case_lines(requests: Sequence[Request], *, at: datetime) -> list[CaseLine]:
    return [
        CaseLine(
            ref=request.ref,
            hub_name=request.lead.name,
            stage=_name_of(scenario_of(request).stage_in(request.state) or _stage_of(request.state)),
            state_label=str(RequestState(request.state).label),
            days=_days(request.state_since, at),
            usual_days=request.usual,  # type: ignore[attr-defined]
            is_stuck=at - request.state_since > timedelta(days=STUCK_AFTER * request.usual),  # type: ignore[attr-defined]
            waits_for_client=request.turn_client,
        )
        for request in requests
    ]


def _stage_of(state: str) -> Stage:
    stage = scenario(_COLUMNS).stage_in(state)
    assert stage is not None
    return stage


def _days(since: datetime, at: datetime) -> int:
    return max(0, (at - since).days)
