"""One collaboration with everything its page shows, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import pgettext

from hansa.collaboration.delivery.models import Collaboration, Document, Feedback, Lesson, Task
from hansa.collaboration.delivery.queries.rows import IDS, KpiOutcome, kpi_from, kpi_rows, reach_of, seen_by
from hansa.collaboration.delivery.states import FeedbackFrom
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.prepared import Prepared, Rows, Slot
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.queries import HubInTeam
from hansa.hubs.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task as the page lists it. ``owner`` is empty while nobody has it."""

    id: int
    title: str
    hub_id: int
    hub: str
    owner: str
    due_on: date
    is_done: bool

    @property
    def shown_title(self) -> str:
        """The title in the reader's language if it is one of the planned tasks, else as somebody wrote it."""
        return pgettext("content", self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file as the page lists it; ``size`` in bytes."""

    id: int
    name: str
    size: int
    for_client: bool
    hub_id: int
    hub: str
    added_at: datetime
    scan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one side said about the cooperation; the client has no ``hub``."""

    side: str
    hub: str
    rating: int
    text: str
    author_id: int

    @property
    def side_name(self) -> str:
        return str(FeedbackFrom(self.side).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A collaboration with its rows, before anybody asked who reads it.

    Hubs are in the order of the agreement; people, those of all hubs, are id and name; ``standing`` is for the gate;
    lessons are what happened and what to do the next time.
    """

    collaboration: Collaboration
    standing: list[Any] | None
    hubs: tuple[HubInTeam, ...]
    people: tuple[tuple[int, str], ...]
    tasks: tuple[TaskLine, ...]
    files: tuple[FileLine, ...]
    kpis: tuple[KpiOutcome, ...]
    said: tuple[Said, ...]
    lessons: tuple[tuple[str, str], ...]


def whole(actor: Actor, ref: str) -> Whole | None:
    """Return the collaboration at this address, if the actor may see it; one statement."""
    row = _whole.first(ref=ref, **reach_of(actor))
    if row is None:
        return None
    hubs = directory.hubs_in(row.hub_rows, order=row.party_ids)
    names = {hub.id: hub.name for hub in hubs}
    return Whole(
        collaboration=row,
        standing=row.standing,
        hubs=hubs,
        people=people.people_in(row.people_rows),
        tasks=tuple(_task(task, names) for task in row.task_rows or ()),
        files=tuple(_file(file, names) for file in row.file_rows or ()),
        kpis=tuple(kpi_from(kpi) for kpi in row.kpi_rows or ()),
        said=tuple(_said(said, names) for said in row.said_rows or ()),
        lessons=tuple((happened, next_time) for happened, next_time in row.lesson_rows or ()),
    )


def _build() -> QuerySet[Collaboration]:
    here = Q(collaboration=OuterRef("pk"))
    return (
        seen_by(hubs=Slot("hubs", IDS), clients=Slot("clients", IDS))
        .filter(request__ref=Slot("ref", CharField()))
        .select_related("request__contact")
        .only(*_OWN, *(f"request__{name}" for name in (*_OF_REQUEST, *partnering.READ_BY_GATE)))
        .annotate(
            standing=partnering.standing_row(OuterRef("request")),
            hub_rows=directory.rows_of_hubs(OuterRef("party_ids")),
            people_rows=people.rows_of_people(OuterRef("party_ids")),
            task_rows=Rows(Task.objects.filter(here), *_TASK),
            file_rows=Rows(Document.objects.filter(here), *_FILE),
            kpi_rows=kpi_rows(),
            lesson_rows=Rows(Lesson.objects.filter(here), "happened", "next_time"),
            said_rows=Rows(Feedback.objects.filter(here).order_by("at"), *_SAID),
        )
        # There is one at most. PostgreSQL guesses more and would plan the statement anew each time.
    )[:1]


_OWN = ("starts_on", "ends_on", "confirmed_at", "confirmation_note", "closed_at", "party_ids")
_OF_REQUEST = (
    "ref",
    "title",
    "scenario",
    "scenario_version",
    "state",
    "state_since",
    "turn_hub_ids",
    "turn_client",
    "lead__name",
)


_TASK = ("id", "title", "hub_id", Coalesce(NullIf("owner__name", Value("")), "owner__email"), "due_on", "done_at")
_FILE = ("id", "name", "size", "for_client", "hub_id", "added_at", "scan")
_SAID = ("side", "hub_id", "rating", "text", "author_id")
_whole = Prepared(_build)


def _task(row: list[Any], names: Mapping[int, str]) -> TaskLine:
    id, title, hub_id, owner, due_on, done_at = row
    return TaskLine(
        id=id,
        title=title,
        hub_id=hub_id,
        hub=names.get(hub_id, ""),
        owner=owner or "",
        due_on=date.fromisoformat(due_on),
        is_done=done_at is not None,
    )


def _file(row: list[Any], names: Mapping[int, str]) -> FileLine:
    id, name, size, for_client, hub_id, added_at, scan = row
    return FileLine(
        id=id,
        name=name,
        size=size,
        for_client=for_client,
        hub_id=hub_id,
        hub=names.get(hub_id, ""),
        added_at=datetime.fromisoformat(added_at),
        scan=scan,
    )


def _said(row: list[Any], names: Mapping[int, str]) -> Said:
    side, hub_id, rating, text, author_id = row
    return Said(side=side, hub=names.get(hub_id, ""), rating=rating, text=text, author_id=author_id)
