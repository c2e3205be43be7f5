"""What each KPI is worked out from: the events of a case, and nothing else. Pure. Source: BP-KPI-01, BP-KPI-02."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of the activity log: what happened to which subject, with its facts."""

    verb: str
    subject_id: int
    facts: Mapping[str, Any]
    at: datetime


Events = Sequence[Event]
_CENT = Decimal("0.01")


def _of(events: Events, *verbs: str) -> list[Event]:
    return [event for event in events if event.verb in verbs]


def _days_from_need(events: Events, until: Event | None) -> Decimal | None:
    stated = next(iter(_of(events, "request.stated")), None)
    if stated is None or until is None:
        return None
    return Decimal(str((until.at - stated.at).total_seconds())) / 86_400


def _days_to_team(events: Events) -> Decimal | None:
    moves = _of(events, "request.moved")
    return _days_from_need(events, next((move for move in moves if move.facts.get("move") == "draft"), None))


def _days_to_signature(events: Events) -> Decimal | None:
    return _days_from_need(events, next(iter(_of(events, "agreement.in_force")), None))


def _needs_covered(events: Events) -> Decimal | None:
    facts = next((event.facts for event in _of(events, "collaboration.started")), {})
    return Decimal(100 * facts["covered"]) / facts["wanted"] if facts.get("wanted") else None


def _milestones_on_time(events: Events) -> Decimal | None:
    """The share of milestones with a go on the day that stood, or before, among those decided for good."""
    decided = [event for event in _of(events, "milestone.decided") if event.facts["decision"] != "change"]
    met = [e for e in decided if e.facts["decision"] == "go" and e.at.date() <= date.fromisoformat(e.facts["due_on"])]
    return Decimal(100 * len(met)) / len(decided) if decided else None


def _deliverables_accepted(events: Events) -> Decimal | None:
    """The share of planned deliverables that the client accepted."""
    planned = {event.subject_id for event in _of(events, "deliverable.planned")}
    planned -= {event.subject_id for event in _of(events, "deliverable.removed")}
    accepted = {event.subject_id for event in _of(events, "deliverable.accepted")}
    return Decimal(100 * len(planned & accepted)) / len(planned) if planned else None


def _hours(events: Events) -> Decimal | None:
    hours = {event.subject_id: Decimal(event.facts["hours"]) for event in _of(events, "time.logged")}
    for event in _of(events, "time.removed"):
        hours.pop(event.subject_id, None)
    return sum(hours.values(), Decimal(0)) if hours else None


def _satisfaction(events: Events) -> Decimal | None:
    said = [event.facts["rating"] for event in _of(events, "feedback.given") if event.facts["side"] == "client"]
    return Decimal(said[-1]) if said else None


def _investment(events: Events) -> Decimal | None:
    amounts = {event.subject_id: Decimal(event.facts["amount_eur"]) for event in _of(events, "investment.recorded")}
    for event in _of(events, "investment.removed"):
        amounts.pop(event.subject_id, None)
    return sum(amounts.values(), Decimal(0)) if amounts else None


def _maturity_change(events: Events) -> Decimal | None:
    newest = {event.facts["moment"]: event.facts for event in _of(events, "maturity.recorded")}
    before, after = newest.get("T0"), newest.get("T1")
    if not before or not after or before["version"] != after["version"]:
        return None
    return Decimal(after["overall"]) - Decimal(before["overall"])


def _tasks_done(events: Events) -> Decimal | None:
    done: set[int] = set()
    for event in _of(events, "task.done", "task.reopened", "task.removed"):
        (done.add if event.verb == "task.done" else done.discard)(event.subject_id)
    return Decimal(len(done)) if _of(events, "task.done") else None


MEASURES: Mapping[str, Callable[[Events], Decimal | None]] = {
    "needs-covered": _needs_covered,
    "days-to-team": _days_to_team,
    "days-to-signature": _days_to_signature,
    "milestones-on-time": _milestones_on_time,
    "deliverables-accepted": _deliverables_accepted,
    "hours-worked": _hours,
    "services-delivered": _tasks_done,
    "satisfaction": _satisfaction,
    "sfi-investment": _investment,
    "maturity-change": _maturity_change,
}
# What is read of the log; an event of this corner that is among them makes the KPIs be worked out again.
COUNTED = frozenset(
    {
        *("request.stated", "request.moved", "agreement.in_force", "collaboration.started", "milestone.decided"),
        *("deliverable.planned", "deliverable.removed", "deliverable.accepted", "time.logged", "time.removed"),
        *("feedback.given", "investment.recorded", "investment.removed", "maturity.recorded"),
        *("task.done", "task.reopened", "task.removed", "measurement.recorded"),
    }
)


def is_computed(key: str) -> bool:
    """Whether what happens says the value. All other KPIs need a recorded measurement."""
    return key in MEASURES


def measured(events: Events, key: str) -> Decimal | None:
    """Return the value of a KPI by its key, to the cent; None while nothing says it. ``events`` in their order."""
    if key in MEASURES:
        value = MEASURES[key](events)
    else:
        found = [event.facts["value"] for event in _of(events, "measurement.recorded") if event.facts["kpi"] == key]
        value = Decimal(found[-1]) if found else None
    return None if value is None else value.quantize(_CENT)
