"""Results counted from what really happened: no number here is typed by anybody. Source: BP-KPI."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.utils.translation import gettext as _

from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor

# Below this many cases a network figure about satisfaction would point at single clients.
SMALL_COUNT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its unit and the sentence that defines it. ``value`` None means nothing to count yet."""

    key: str
    label: str
    value: float | None
    unit: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The figures of one hub, or of the network, for cases stated in a period."""

    since: date | None
    figures: tuple[Figure, ...]
    kpis: tuple[delivery.KpiOutcome, ...]
    closed: tuple[delivery.ClosedCase, ...]


def hub_results(actor: Actor, *, since: date | None, at: datetime) -> Results:
    """Return the results of the actor's hub, as lead and as partner."""
    assert actor.hub_id is not None
    outcomes = delivery.outcomes_of_hub(actor.hub_id, since=since, at=at)
    requests = partnering.case_times(hub_id=actor.hub_id, since=since)
    invitations = partnering.answer_times(hub_id=actor.hub_id, since=since)
    return Results(
        since=since,
        figures=(*_case_figures(requests), *_answer_figures(invitations), *_outcome_figures(outcomes, suppress=False)),
        kpis=outcomes.kpis,
        closed=outcomes.latest,
    )


def network_results(*, since: date | None) -> Results:
    """Return the totals of the network. Cases and clients are not named; small counts about people are held back."""
    outcomes = delivery.outcomes_of_network(since=since)
    requests = partnering.case_times(hub_id=None, since=since)
    invitations = partnering.answer_times(hub_id=None, since=since)
    return Results(
        since=since,
        figures=(*_case_figures(requests), *_answer_figures(invitations), *_outcome_figures(outcomes, suppress=True)),
        kpis=(),
        closed=(),
    )


def _days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 86_400


def _median(values: list[float]) -> float | None:
    return round(median(values), 1) if values else None


def _case_figures(cases: list[partnering.CaseTimes]) -> tuple[Figure, ...]:
    teams = [_days(case.created_at, case.team_at) for case in cases if case.team_at]
    return (
        Figure(key="needs", label=_("Needs taken up"), value=len(cases), unit="", definition=_("Requests stated in the period, counted for the hub that leads them.")),
        Figure(key="teams", label=_("Teams formed"), value=len(teams), unit="", definition=_("Of these, requests whose invited hubs said yes and whose agreement was drafted.")),
        Figure(key="days-to-team", label=_("Days from need to team"), value=_median(teams), unit=_("days"), definition=_("Median of the days between the need being stated and the agreement being drafted.")),
    )  # fmt: skip


def _answer_figures(answers: list[partnering.AnswerTimes]) -> tuple[Figure, ...]:
    times = [_days(answer.sent_at, answer.answered_at) for answer in answers if answer.answered_at]
    return (
        Figure(key="invitations", label=_("Invitations received"), value=len(answers), unit="", definition=_("Invitations of other hubs in the period, without those taken back.")),
        Figure(key="days-to-answer", label=_("Days to answer"), value=_median(times), unit=_("days"), definition=_("Median of the days between an invitation and its answer.")),
    )  # fmt: skip


def _outcome_figures(outcomes: delivery.Outcomes, *, suppress: bool) -> tuple[Figure, ...]:
    ratings = outcomes.client_ratings
    shown = ratings if not suppress or len(ratings) >= SMALL_COUNT else []
    satisfaction = _("Mean of the clients' feedback in closed cases, 1 (poor) to 5 (very good).")
    if len(shown) < len(ratings):
        satisfaction = _("Held back: with fewer than %(n)s cases it would point at single clients.") % {
            "n": SMALL_COUNT
        }
    met = [kpi for kpi in outcomes.kpis if kpi.is_met is not None]
    return (
        Figure(key="agreements", label=_("Agreements in force"), value=outcomes.n_agreements, unit="", definition=_("Agreements that every party signed in the period.")),
        Figure(key="deliveries", label=_("Joint deliveries closed"), value=outcomes.n_closed, unit="", definition=_("Cases closed after the client confirmed the results, as lead or as partner.")),
        Figure(key="partners", label=_("Hubs worked with"), value=outcomes.n_partners, unit="", definition=_("Different hubs in the agreements signed.")),
        Figure(key="countries", label=_("Countries worked with"), value=outcomes.n_countries, unit="", definition=_("Different countries of these hubs.")),
        Figure(key="kpis-met", label=_("Targets reached"), value=round(100 * sum(bool(kpi.is_met) for kpi in met) / len(met)) if met else None, unit="%", definition=_("Share of the KPIs agreed in closed cases whose last value reached its target.")),
        Figure(key="satisfaction", label=_("Client satisfaction"), value=round(sum(shown) / len(shown), 1) if shown else None, unit=_("of 5"), definition=satisfaction),
    )  # fmt: skip
