"""What the delivery page and the list of collaborations show, for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from hansa.collaboration.codesign import queries as codesign
from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Task
from hansa.collaboration.delivery.queries.full import FileLine, Said, TaskLine, whole
from hansa.collaboration.delivery.queries.rows import KpiOutcome
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.actors import Actor
from hansa.hubs.directory.queries import HubInTeam
from hansa.hubs.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything on the delivery page. Partners read what the consent gate lets through; the client sees no tasks.

    ``people`` are those of all hubs of the team, as id and name.
    """

    collaboration: Collaboration
    title: str
    client_name: str
    audience: partnering.Audience
    works_here: bool
    steps: tuple[partnering.Step, ...]
    turn: partnering.Turn
    hubs: tuple[HubInTeam, ...]
    people: tuple[tuple[int, str], ...]
    tasks: tuple[TaskLine, ...]
    files: tuple[FileLine, ...]
    kpis: tuple[KpiOutcome, ...]
    said: tuple[Said, ...]
    lessons: tuple[tuple[str, str], ...]
    default_due_on: date
    n_offering: int = 0


def audience_of(collaboration: Collaboration, actor: Actor) -> partnering.Audience:
    if actor.hub_id == collaboration.request.lead_id:
        return "hub"
    return "partner" if actor.hub_id in collaboration.party_ids else "client"


def title_for(collaboration: Collaboration, *, actor: Actor, at: datetime) -> str:
    """Return the case's title as the actor may read it."""
    if audience_of(collaboration, actor) == "partner":
        return partnering.disclosed(collaboration.request, actor.hub_id or 0, at=at).title
    return collaboration.request.title


def people_of(collaboration: Collaboration) -> tuple[tuple[int, str], ...]:
    """Return the people of all hubs of the team, as id and name."""
    return tuple((person.user_id, person.name) for person in people.members_of_hubs(collaboration.party_ids))


def people_of_one(hub_id: int) -> list[tuple[int, str]]:
    """Return the people of one hub, as id and name."""
    return [(person.pk, person.name or person.email) for person in people.people_of_hub(hub_id)]


def room(ref: str, *, actor: Actor, at: datetime) -> Room | None:
    """Return the page at this address for this reader, or None for whoever may not see it.

    The number of statements does not depend on the rows.
    """
    found = whole(actor, ref)
    if found is None:
        return None
    row, request = found.collaboration, found.collaboration.request
    audience = audience_of(row, actor)
    title, client_name = request.title, request.client.name if request.client else ""
    if audience == "partner":
        partnering.put_standing(request, found.standing)
        shared = partnering.disclosed(request, actor.hub_id or 0, at=at)
        title, client_name = shared.title, shared.client_name
    works_here = bool(policies.works_for_a_party(actor, row))
    return Room(
        collaboration=row,
        title=title,
        client_name=client_name,
        audience=audience,
        works_here=works_here,
        steps=tuple(partnering.progress(request, audience=audience)),
        turn=partnering.whose_turn(request, actor, names={hub.id: hub.name for hub in found.hubs}),
        hubs=found.hubs,
        people=found.people if works_here else (),
        tasks=found.tasks if works_here else (),
        files=tuple(file for file in found.files if file.for_client or audience != "client"),
        kpis=found.kpis,
        said=found.said,
        lessons=found.lessons if works_here else (),
        default_due_on=at.date() + timedelta(days=14),
        n_offering=n_offering(request),
    )


def n_offering(request: Any) -> int:
    """Return how many hubs offer the new service of a case that is being launched; no query for any other case."""
    is_launching = request.client_id is None and request.state == RequestState.CONFIRMING
    return codesign.n_offering(request.ref) if is_launching else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One collaboration in a list."""

    ref: str
    title: str
    lead: str
    state: str
    turn: str
    is_mine: bool
    ends_on: date | None
    n_tasks: int
    n_done: int


def lines_of(rows: Sequence[Collaboration], *, actor: Actor, at: datetime) -> list[Line]:
    """Return the lines of a list page; the same number of queries for one row and for twenty."""
    others = [row.request for row in rows if audience_of(row, actor) == "partner"]
    shared = partnering.disclosed_each(others, actor.hub_id or 0, at=at) if others else {}
    counts = _task_counts(rows)
    lines = []
    for row in rows:
        turn = partnering.whose_turn(row.request, actor)
        n_tasks, n_done = counts.get(row.pk, (0, 0))
        lines.append(
            Line(
                ref=row.request.ref,
                title=shared[row.request_id].title if row.request_id in shared else row.request.title,
                lead=row.request.lead.name,
                state=row.request.get_state_display(),
                turn=turn.sentence,
                is_mine=turn.is_mine,
                ends_on=row.ends_on,
                n_tasks=n_tasks,
                n_done=n_done,
            )
        )
    return lines


def _task_counts(rows: Sequence[Collaboration]) -> dict[int, tuple[int, int]]:
    counts: dict[int, tuple[int, int]] = {}
    done = Task.objects.filter(collaboration__in=[row.pk for row in rows]).values_list("collaboration_id", "done_at")
    for pk, done_at in done:
        n_tasks, n_done = counts.get(pk, (0, 0))
        counts[pk] = (n_tasks + 1, n_done + (done_at is not None))
    return counts


def tasks_due(actor: Actor, *, until: date, limit: int = 20) -> list[Task]:
    """Return the open tasks of the reader (theirs, and their hub's that nobody owns) due until a day; one query."""
    if actor.hub_id is None or not actor.hub_roles:
        return []
    mine = Q(owner_id=actor.user_id) | Q(owner_id=None, hub_id=actor.hub_id)
    rows = Task.objects.filter(
        mine,
        done_at=None,
        due_on__lte=until,
        collaboration__party_ids__contains=[actor.hub_id],
        collaboration__request__state=RequestState.DELIVERING,
    )
    return list(rows.select_related("collaboration__request").order_by("due_on", "pk")[:limit])
