"""Hours worked on a collaboration. Source: BP-JD-07."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import pgettext

from hansa.collaboration.delivery.models import Collaboration, TimeEntry
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.scenarios.states import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursOfHub:
    """What a hub worked on a case, in all and by cost of its role (id of the cost to hours)."""

    hub_id: int
    hours: Decimal
    by_cost: dict[str, Decimal]


def role_of(collaboration: Collaboration, hub_id: int) -> str:
    """Return the role of a hub in the scenario."""
    return "lead" if hub_id == collaboration.request.lead_id else "partner"


def cost_items_of(collaboration: Collaboration, hub_id: int) -> tuple[Point, ...]:
    """Return the costs of a hub's role in the scenario of the case; no queries for what ships with Hansa."""
    role = partnering.scenario_of(collaboration.request).roles.get(role_of(collaboration, hub_id))
    return role.costs if role else ()


def cost_choices(collaboration: Collaboration, hub_id: int) -> list[tuple[str, str]]:
    """Return the same as id and words in the reader's language."""
    return [(point.id, pgettext("content", point.label)) for point in cost_items_of(collaboration, hub_id)]


def time_of_hub(collaboration: Collaboration, hub_id: int) -> QuerySet[TimeEntry]:
    """Return the time sheet of one hub, latest day first. It is for that hub alone."""
    return collaboration.hours.filter(hub_id=hub_id).select_related("person", "task")


def hours_by_day(refs: QuerySet[Any]) -> list[tuple[str, date, Decimal]]:
    """Return what was worked on the cases with these addresses: address, day, hours of all hubs; one query."""
    rows = TimeEntry.objects.filter(collaboration__request__ref__in=refs)
    return list(rows.order_by().values_list("collaboration__request__ref", "on").annotate(Sum("hours")))


def hours_by_hub(collaboration: Collaboration) -> dict[int, HoursOfHub]:
    """Return the sums of all hubs that entered hours; one query."""
    rows = collaboration.hours.order_by("hub_id", "cost_item").values_list("hub_id", "cost_item")
    found: dict[int, dict[str, Decimal]] = {}
    for hub_id, cost_item, hours in rows.annotate(sum=Sum("hours")):
        found.setdefault(hub_id, {})[cost_item] = hours
    return {
        hub_id: HoursOfHub(hub_id=hub_id, hours=sum(costs.values(), Decimal(0)), by_cost=costs)
        for hub_id, costs in found.items()
    }


def hours_of_many(ids: list[int]) -> list[tuple[int, int, str, Decimal]]:
    """Return collaboration, hub, cost and hours of each sum of these collaborations; one query."""
    rows = TimeEntry.objects.filter(collaboration__in=ids).order_by()
    sums = rows.values_list("collaboration_id", "hub_id", "cost_item").annotate(sum=Sum("hours"))
    return [(pk, hub_id, item, hours) for pk, hub_id, item, hours in sums]
