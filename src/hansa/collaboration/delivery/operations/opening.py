"""A signed agreement becomes a collaboration with tasks and KPIs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.codesign import queries as codesign
from hansa.collaboration.delivery.models import Collaboration, Kpi, Milestone, Task
from hansa.collaboration.delivery.operations.log import log
from hansa.collaboration.delivery.states import is_computed
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.policies import finds_match
from hansa.foundation.actors import SYSTEM
from hansa.foundation.tasks import defer
from hansa.hubs.directory import queries as directory

_DEFAULT_WEEKS = 10
# Parts are due so long before the last day, so that the report can speak of them.
_BEFORE_THE_END = timedelta(days=7)


@transaction.atomic
def open_collaboration(request_id: int, *, at: datetime) -> Collaboration:
    """Set up the tasks of the functions wanted and the KPIs agreed. A second call changes nothing."""
    agreed = agreements.agreed(request_id)
    starts_on = agreed.starts_on or at.date()
    collaboration, is_new = Collaboration.objects.select_related("request").get_or_create(
        request_id=request_id,
        defaults={
            "starts_on": starts_on,
            "ends_on": agreed.ends_on or starts_on + timedelta(weeks=_DEFAULT_WEEKS),
            "party_ids": list(agreed.hub_ids),
        },
    )
    if not is_new:
        return collaboration
    if finds_match(collaboration.request):
        # There is nothing to deliver but two sides that meet: matchmaking notes whose name is shown from now on.
        defer("matchmaking.show_names", request_id=request_id)
    else:
        _plan_tasks(collaboration, partnering.functions_wanted(request_id), parts=agreed.parts)
    _set_kpis(collaboration, agreed)
    _plan_pilots(collaboration)
    covered, wanted = partnering.coverage_agreed(request_id)
    log(
        "collaboration.started",
        by=SYSTEM,
        subject=collaboration,
        collaboration=collaboration,
        at=at,
        to_client=True,
        covered=covered,
        wanted=wanted,
    )
    return collaboration


def _plan_tasks(collaboration: Collaboration, functions: frozenset[str], *, parts: Mapping[int, str]) -> None:
    """Plan what the templates name; who has nothing by them gets the part that it agreed to, in the agreement's words."""
    lead, *partners = collaboration.party_ids
    asked = partnering.functions_by_partner(collaboration.request_id)

    def doer(task: agreements.TaskTemplate) -> int:
        # What no partner was asked for is left to the lead, as the agreement says.
        able = [hub_id for hub_id in partners if task.function in asked.get(hub_id, frozenset())]
        return lead if task.role == "lead" else (*able, lead)[0]

    planned = [
        (task.title, doer(task), collaboration.starts_on + timedelta(days=task.days))
        for task in agreements.task_templates(functions)
    ]
    busy = {hub_id for _title, hub_id, _due_on in planned}
    handover = max(collaboration.starts_on, collaboration.ends_on - _BEFORE_THE_END)
    planned += [(_as_title(parts[hub_id]), hub_id, handover) for hub_id in partners if hub_id not in busy]
    Task.objects.bulk_create(
        Task(collaboration=collaboration, title=title, hub_id=hub_id, due_on=due_on, position=position)
        for position, (title, hub_id, due_on) in enumerate(planned)
    )


def _plan_pilots(collaboration: Collaboration) -> None:
    """Make milestones of the pilots on the canvas of a new service; the hub that runs a pilot decides at it."""
    canvas = codesign.canvas_terms(collaboration.request_id) if collaboration.request.client_id is None else None
    dated = [pilot for pilot in canvas.pilots if pilot.done_by] if canvas else []
    names = {hub.id: hub.name for hub in directory.hub_names(pilot.hub_id for pilot in dated)}
    for pilot in dated:
        if pilot.hub_id not in collaboration.party_ids or pilot.done_by is None or canvas is None:
            continue
        facts = {"hub": names[pilot.hub_id], "n": pilot.n_clients, "score": canvas.go_score or ""}
        # Names of milestones are kept as they are written, in the language of the agreement.
        rated = (
            "%(n)s clients tried it and rate it %(score)s of 5 or better."
            if canvas.go_score
            else "%(n)s clients tried it."
        )
        due_on = min(max(pilot.done_by, collaboration.starts_on), collaboration.ends_on or pilot.done_by)
        Milestone.objects.create(
            collaboration=collaboration,
            name=f"Pilot of {names[pilot.hub_id]}"[:200],
            due_on=due_on,
            criterion=rated % facts,
            decider_id=pilot.hub_id,
        )


def _as_title(part: str) -> str:
    return f"{part[:1].upper()}{part[1:200]}"


def _set_kpis(collaboration: Collaboration, agreed: agreements.Agreed) -> None:
    Kpi.objects.bulk_create(
        Kpi(
            collaboration=collaboration,
            key=kpi.key,
            name=kpi.name,
            unit=kpi.unit,
            better=kpi.better,
            target=kpi.target,
            is_computed=is_computed(kpi.key),
            position=position,
        )
        for position, kpi in enumerate(agreed.kpis)
    )
