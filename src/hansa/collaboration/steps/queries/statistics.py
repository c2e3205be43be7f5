"""How the steps of a scenario go in this network: time, effort, where cases end early, why hubs decline. Source: BP-JD."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median, quantiles

from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import DeclineReason
from hansa.collaboration.scenarios.queries import scenario
from hansa.collaboration.scenarios.states import RequestState
from hansa.foundation.activity import Activity

# A figure about fewer cases, or about cases of fewer hubs, would tell of one of them.
FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFigures:
    """One state of the process. Days and hours are of one case; None where too few cases came through to say."""

    state: str
    name: str
    usual_days: int
    n_cases: int | None
    days: float | None = None
    days_from: float | None = None
    days_to: float | None = None
    hours: float | None = None
    n_dropped: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """``reasons`` are why invitations were declined, as words and number, most frequent first; few ones stand together."""

    n_cases: int | None
    steps: tuple[StepFigures, ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """One case in one state."""

    ref: str
    state: str
    days: float
    dropped: bool


def statistics_of(key: str) -> Statistics:
    """Return the figures of all cases that follow a scenario, in whatever version; four queries at any number.

    What fewer than five cases, or cases of fewer than five hubs, stand behind is left out.
    """
    refs = partnering.refs_of_scenario(key)
    cases = partnering.cases_of_scenario(key)
    leads = {ref: lead_id for ref, lead_id, _at in cases}
    moves = Activity.objects.filter(verb="request.moved", case_ref__in=refs).order_by("case_ref", "at", "pk")
    stays, starts = _stays(moves.values_list("case_ref", "facts", "at"), {ref: at for ref, _lead, at in cases})
    worked = _hours_by_state(starts, delivery.hours_by_day(refs))
    steps = [_figures(key, state, stays, worked, leads) for state in RequestState if state not in _OVER]
    declined = Counter(partnering.decline_reasons(key))
    return Statistics(
        n_cases=len(leads) if _enough(leads, leads) else None, steps=tuple(steps), reasons=_reasons(declined)
    )


_OVER = frozenset({RequestState.CLOSED, RequestState.CANCELLED})


def _stays(
    rows: Iterable[tuple[str, dict[str, str], datetime]], created: dict[str, datetime]
) -> tuple[list[_Stay], dict[str, list[tuple[datetime, str]]]]:
    """Return each stay of a case in a state, and per case when which state began."""
    starts = {ref: [(at, RequestState.NEED.value)] for ref, at in created.items()}
    stays = []
    for ref, facts, at in rows:
        if ref not in starts:
            continue
        since, state = starts[ref][-1]
        days = (at - since).total_seconds() / 86400
        dropped = facts["to"] == RequestState.CANCELLED
        stays.append(_Stay(ref=ref, state=state, days=days, dropped=dropped))
        starts[ref].append((at, facts["to"]))
    return stays, starts


def _hours_by_state(
    starts: dict[str, list[tuple[datetime, str]]], worked: Iterable[tuple[str, object, Decimal]]
) -> dict[tuple[str, str], float]:
    """Return hours by case and state: those of a day count for the state in which the day began."""
    found: dict[tuple[str, str], float] = {}
    for ref, on, hours in worked:
        spans = starts.get(ref, [])
        days = [at.date() for at, _state in spans]
        at = bisect_right(days, on) - 1  # type: ignore[type-var]
        state = spans[max(at, 0)][1] if spans else ""
        found[ref, state] = found.get((ref, state), 0.0) + float(hours)
    return found


def _figures(
    key: str, state: RequestState, stays: Sequence[_Stay], worked: dict[tuple[str, str], float], leads: dict[str, int]
) -> StepFigures:
    here = [stay for stay in stays if stay.state == state]
    usual = scenario(key).usual_days(frozenset({state.value}))
    refs = {stay.ref for stay in here}
    if not _enough(refs, leads):
        return StepFigures(state=state, name=str(state.label), usual_days=usual, n_cases=None)
    # A case that came here twice stayed as long as both times together.
    days = sorted(sum(stay.days for stay in here if stay.ref == ref) for ref in refs)
    low, _middle, high = quantiles(days, n=4, method="inclusive")
    dropped = {stay.ref for stay in here if stay.dropped}
    hours = [worked[ref, state] for ref in refs if (ref, state) in worked]
    return StepFigures(
        state=state,
        name=str(state.label),
        usual_days=usual,
        n_cases=len(refs),
        days=median(days),
        days_from=low,
        days_to=high,
        hours=median(hours) if _enough({ref for ref in refs if (ref, state) in worked}, leads) else None,
        n_dropped=len(dropped) if not dropped or _enough(dropped, leads) else None,
    )


def _enough(refs: Iterable[str], leads: dict[str, int]) -> bool:
    found = [leads[ref] for ref in refs if ref in leads]
    return len(found) >= FEWEST and len(set(found)) >= FEWEST


def _reasons(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return reasons with their numbers; those given fewer than five times are joined, and left out if still few."""
    labels = dict(DeclineReason.choices)
    shown = [(str(labels[reason]), n) for reason, n in counted.most_common() if n >= FEWEST and reason in labels]
    rest = sum(counted.values()) - sum(n for _label, n in shown)
    if rest >= FEWEST:
        shown.append(("", rest))
    return tuple(shown)
