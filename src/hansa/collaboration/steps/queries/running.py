"""The general steps of a case as one reader sees them, and those that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext

from hansa.collaboration.partnering import policies as cases
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.scenarios.queries import scenarios
from hansa.collaboration.scenarios.states import ScenarioStep
from hansa.collaboration.steps import policies
from hansa.collaboration.steps.models import StepEntry
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Verdict
from hansa.hubs.directory import queries as hubs


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """What one side handed in, as label and value; ``side`` is empty for the client."""

    pk: int
    side: str
    by: str
    at: datetime
    answers: tuple[tuple[str, Any], ...]
    note: str
    file_name: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A general step. ``waiting`` names the sides that have not answered, the client as an empty name."""

    step: ScenarioStep
    name: str
    is_open: bool
    is_done: bool
    due_on: date | None
    is_late: bool
    waiting: tuple[str, ...]
    entries: tuple[ShownEntry, ...]
    may_answer: Verdict
    is_mine: bool
    after: tuple[str, ...] = field(default=())


def case_for(actor: Actor, ref: str) -> Any | None:
    """The case at this address, if the person works on it: for its lead, its client, or a hub that said yes."""
    own = partnering.requests_visible_to(actor).filter(ref=ref).first()
    return own or partnering.shared_requests(actor).filter(ref=ref).first()


def steps_of(request: Any, actor: Actor, *, at: datetime) -> list[ShownStep]:
    """Return the general steps that the person sees, in order; three queries whatever their number."""
    scenario = partnering.scenario_of(request)
    is_client = bool(cases.speaks_for_client(actor, request))
    is_lead = bool(cases.leads(actor, request))
    partner_ids = partnering.partner_ids(request)
    names = {hub.id: hub.name for hub in hubs.hub_names([request.lead_id, *partner_ids])}
    entries = list(StepEntry.objects.filter(request=request, taken_back_at=None).select_related("author"))
    open_keys = {step.key for step in scenario.open_steps(request.state, done=request.done_steps)}
    shown = []
    for step in scenario.steps:
        sides = policies.sides_of(step, lead_id=request.lead_id, partner_ids=partner_ids)
        for_partner = actor.hub_id in sides
        if not step.is_general or not (is_lead or (is_client and step.names.client) or for_partner):
            continue
        own = [entry for entry in entries if entry.key == step.key]
        answered = {entry.hub_id for entry in own}
        due_on = _due_on(request, step)
        is_open = step.key in open_keys
        may = policies.can_answer(actor, request, step, sides=sides)
        shown.append(
            ShownStep(
                step=step,
                name=pgettext("content", step.names.client if is_client else step.names.hub),
                is_open=is_open,
                is_done=step.key in request.done_steps,
                due_on=due_on if is_open else None,
                is_late=is_open and due_on is not None and due_on < at.date(),
                waiting=tuple(names.get(side, "") if side else "" for side in sides if side not in answered),
                entries=tuple(
                    _entry(entry, step, names, actor) for entry in own if _reads(actor, request, step, entry)
                ),
                may_answer=may,
                is_mine=is_open and bool(may) and policies.side_of(actor, request) not in answered,
                after=tuple(_names_of(scenario, step, request.done_steps)),
            )
        )
    return shown


def _reads(actor: Actor, request: Any, step: ScenarioStep, entry: StepEntry) -> bool:
    return policies.can_read_answers(actor, request, step, hub_id=entry.hub_id)


def _names_of(scenario: Any, step: ScenarioStep, done: Sequence[str]) -> list[str]:
    before = (scenario.step(key) for key in step.after if key not in done)
    return [pgettext("content", other.names.hub) for other in before if other is not None]


def _entry(entry: StepEntry, step: ScenarioStep, names: dict[int, str], actor: Actor) -> ShownEntry:
    return ShownEntry(
        pk=entry.pk,
        side=names.get(entry.hub_id, "") if entry.hub_id else "",
        by=str(entry.author or ""),
        at=entry.at,
        answers=tuple(
            (one.label, entry.answers[one.key]) for one in step.fields if entry.answers.get(one.key) not in (None, "")
        ),
        note=entry.note,
        file_name=entry.file_name,
        is_mine=entry.hub_id == actor.hub_id,
    )


def _due_on(request: Any, step: ScenarioStep) -> date | None:
    if not step.deadline_days:
        return None
    return (request.state_since + timedelta(days=step.deadline_days)).date()


def file_of(actor: Actor, request: Any, pk: int) -> StepEntry | None:
    """The file handed in with an entry, if the person reads it."""
    entry = StepEntry.objects.filter(request=request, pk=pk, taken_back_at=None).exclude(file="").first()
    step = partnering.scenario_of(request).step(entry.key) if entry else None
    if entry is None or step is None or not _reads(actor, request, step, entry):
        return None
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingStep:
    """A general step that waits for the reader. ``title`` is empty for a partner, as on every list."""

    ref: str
    title: str
    lead: str
    name: str
    since: datetime
    due_on: date | None


def waiting_for(actor: Actor, *, at: datetime, limit: int = 20) -> list[WaitingStep]:
    """Return the general steps that the reader's side has to answer, those due first.

    One query for those who have none: only cases of scenarios that stewards made have general steps.
    """
    if actor.is_visitor:
        return []
    own = ~Q(scenario__in=list(scenarios()))
    cases_ = list(partnering.requests_visible_to(actor).open().filter(own)[:limit])
    if actor.works_for_hub:
        cases_ += list(partnering.shared_requests(actor).open().filter(own)[:limit])
    found = []
    for request in cases_:
        is_partner = not (cases.leads(actor, request) or cases.speaks_for_client(actor, request))
        for shown in steps_of(request, actor, at=at):
            if shown.is_mine:
                found.append(
                    WaitingStep(
                        ref=request.ref,
                        title="" if is_partner else request.title,
                        lead=request.lead.name,
                        name=shown.name,
                        since=request.state_since,
                        due_on=shown.due_on,
                    )
                )
    return sorted(found, key=lambda item: (item.due_on or date.max, item.since))
