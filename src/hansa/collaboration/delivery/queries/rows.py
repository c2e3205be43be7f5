"""Collaborations and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import pgettext

from hansa.collaboration.delivery.models import Collaboration, Document, Kpi, KpiResult, Task
from hansa.collaboration.delivery.states import Better
from hansa.foundation.actors import Actor
from hansa.foundation.prepared import Among, Rows
from hansa.hubs.directory import queries as directory

IDS = ArrayField(BigIntegerField())


def seen_by(*, hubs: Any, clients: Any) -> QuerySet[Collaboration]:
    """Return what people of these hubs of the team, and of these clients, may see; arrays of ids, empty for none."""
    seen = Q(party_ids__overlap=hubs) | Q(Among(F("request__client"), clients))
    return Collaboration.objects.filter(seen).select_related("request__lead", "request__client")


def reach_of(actor: Actor) -> dict[str, list[int]]:
    """Return the ``hubs`` and ``clients`` for which the actor reads."""
    works = actor.hub_id is not None and bool(actor.hub_roles)
    return {"hubs": [actor.hub_id] if works else [], "clients": list(actor.client_ids)}  # type: ignore[list-item]


def collaborations_visible_to(actor: Actor) -> QuerySet[Collaboration]:
    """Return what the actor may see: people of the team's hubs, and the client. Everyone else: nothing."""
    if actor.is_visitor:
        return Collaboration.objects.none()
    return seen_by(**{name: Value(ids, output_field=IDS) for name, ids in reach_of(actor).items()})


def closed_collaborations() -> QuerySet[Collaboration]:
    """Return all that were closed, for figures that name none of them."""
    return Collaboration.objects.filter(closed_at__isnull=False).select_related("request").order_by("pk")


def tasks_of(collaboration: Collaboration) -> list[Task]:
    return list(collaboration.tasks.select_related("hub", "owner"))


def documents_of(collaboration: Collaboration, *, actor: Actor) -> list[Document]:
    """Return the files the actor may open: the client sees only those meant for it."""
    documents = collaboration.documents.select_related("hub", "added_by")
    if actor.hub_id not in collaboration.party_ids:
        documents = documents.filter(for_client=True)
    return list(documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiOutcome:
    """A KPI with its last value. ``is_met`` None means not measured yet.

    ``name`` and ``unit`` are in the reader's language, ``written`` and ``written_unit`` as they stand in the agreement.
    """

    id: int
    written: str
    written_unit: str
    better: str
    target: Decimal
    value: Decimal | None
    is_computed: bool

    @property
    def name(self) -> str:
        return pgettext("content", self.written)

    @property
    def unit(self) -> str:
        return pgettext("content", self.written_unit)

    @property
    def is_met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.target if self.better == Better.HIGHER else self.value <= self.target


def kpi_rows() -> Rows:
    """Return the KPIs of a collaboration with their newest value as a column of its statement, for ``kpi_from``."""
    newest = KpiResult.objects.filter(kpi=OuterRef("pk")).order_by("-at", "-pk").values("value")[:1]
    numbers = (Cast("target", TextField()), Cast(Subquery(newest), TextField()))
    return Rows(
        Kpi.objects.filter(collaboration=OuterRef("pk")),
        *("position", "id", "name", "unit", "better", "is_computed"),
        *numbers,
    )


def kpi_from(row: list[Any]) -> KpiOutcome:
    _position, id, name, unit, better, is_computed, target, value = row
    return KpiOutcome(
        id=id,
        written=name,
        written_unit=unit,
        better=better,
        target=Decimal(target),
        value=None if value is None else Decimal(value),
        is_computed=is_computed,
    )


def hubs_of(collaboration: Collaboration) -> list[directory.HubName]:
    """Return the team's hubs in the order of the agreement, lead first."""
    return directory.hub_names(collaboration.party_ids)
