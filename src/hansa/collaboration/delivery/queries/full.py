"""One collaboration with everything its page shows, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import pgettext

from hansa.collaboration.delivery.models import Collaboration, Document, Feedback, Task
from hansa.collaboration.delivery.queries.rows import IDS, KpiOutcome, json_rows, kpi_from, kpi_rows, reach_of, seen_by
from hansa.collaboration.delivery.states import FeedbackFrom
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.prepared import Prepared, Slot
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.queries import HubName
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

    Hubs are in the order of the agreement; people, those of all hubs, are id and name.
    """

    collaboration: Collaboration
    hubs: tuple[HubName, ...]
    people: tuple[tuple[int, str], ...]
    tasks: tuple[TaskLine, ...]
    files: tuple[FileLine, ...]
    kpis: tuple[KpiOutcome, ...]
    said: tuple[Said, ...]


def whole(actor: Actor, ref: str) -> Whole | None:
    """Return the collaboration at this address, if the actor may see it; one statement."""
    row = _whole.first(ref=ref, **reach_of(actor))
    if row is None:
        return None
    partnering.put_standing(row.request, row.standing)
    hubs = directory.hubs_in(row.hub_rows, order=row.party_ids)
    names = {hub.id: hub.name for hub in hubs}
    return Whole(
        collaboration=row,
        hubs=hubs,
        people=people.people_in(row.people_rows),
        tasks=tuple(_task(task, names) for task in row.task_rows),
        files=tuple(_file(file, names) for file in row.file_rows),
        kpis=tuple(kpi_from(kpi) for kpi in row.kpi_rows),
        said=tuple(_said(said, names) for said in row.said_rows),
    )


def _build() -> QuerySet[Collaboration]:
    return (
        seen_by(hubs=Slot("hubs", IDS), clients=Slot("clients", IDS))
        .filter(request__ref=Slot("ref", CharField()))
        .select_related("request__contact")
        .only(*_OWN, *(f"request__{name}" for name in (*_OF_REQUEST, *partnering.READ_BY_GATE)))
        .annotate(
            standing=partnering.standing_row(OuterRef("request")),
            hub_rows=directory.rows_of_hubs(OuterRef("party_ids")),
            people_rows=people.rows_of_people(OuterRef("party_ids")),
            task_rows=json_rows(
                Task,
                "title",
                "hub_id",
                "due_on",
                "done_at",
                owner=Coalesce(NullIf("owner__name", Value("")), "owner__email"),
            ),
            file_rows=json_rows(Document, "name", "size", "for_client", "hub_id", "added_at"),
            kpi_rows=kpi_rows(),
            said_rows=json_rows(Feedback, "side", "hub_id", "rating", "text", "author_id", order="at"),
        )
    )


_OWN = ("starts_on", "ends_on", "confirmed_at", "confirmation_note", "closed_at", "lesson", "party_ids")
_OF_REQUEST = ("ref", "title", "state", "state_since", "turn_hub_ids", "turn_client", "lead__name")


_whole = Prepared(_build)


def _task(row: dict[str, Any], names: Mapping[int, str]) -> TaskLine:
    return TaskLine(
        id=row["id"],
        title=row["title"],
        hub_id=row["hub_id"],
        hub=names.get(row["hub_id"], ""),
        owner=row["owner"] or "",
        due_on=date.fromisoformat(row["due_on"]),
        is_done=row["done_at"] is not None,
    )


def _file(row: dict[str, Any], names: Mapping[int, str]) -> FileLine:
    return FileLine(**row | {"hub": names.get(row["hub_id"], ""), "added_at": datetime.fromisoformat(row["added_at"])})


def _said(row: dict[str, Any], names: Mapping[int, str]) -> Said:
    return Said(
        side=row["side"],
        hub=names.get(row["hub_id"], ""),
        rating=row["rating"],
        text=row["text"],
        author_id=row["author_id"],
    )
