"""The clients of a hub, for that hub alone; and the hubs that a new client can turn to."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, IntegerField, QuerySet, Value, When

from hansa.hubs.directory.models import Client, Hub
from hansa.hubs.directory.queries.names import HubName
from hansa.hubs.directory.states import Trust


def clients_of(hub_id: int) -> list[Client]:
    """Return the clients of a hub in alphabetical order; one query."""
    return sorted(Client.objects.filter(hub_id=hub_id), key=lambda client: (client.name.casefold(), client.pk))


def client_of_hub(hub_id: int, client_id: int) -> Client | None:
    """Return the client if it is one of this hub's; one query."""
    return Client.objects.filter(hub_id=hub_id, pk=client_id).first()


def client_by_id(client_id: int) -> Client | None:
    """Return a client, for callers who asked before whether the reader may see it; one query."""
    return Client.objects.filter(pk=client_id).first()


def contact_ids_of(client_id: int) -> list[int]:
    """Return the people who speak for the client, longest first; one query."""
    rows = Client.objects.filter(pk=client_id, memberships__ended_at=None).order_by("memberships__pk")
    return [pk for pk in rows.values_list("memberships__user_id", flat=True) if pk is not None]


def hubs_taking_needs(*, country: str = "", city: str = "", text: str = "", limit: int = 50) -> list[HubName]:
    """Return hubs that a client can turn to: listed, with people who read what it writes. One query.

    Those of the same city first, then assessed hubs, then the most experienced.
    """
    rows: QuerySet[Hub] = Hub.objects.filter(
        is_listed=True, memberships__ended_at=None, memberships__role__in=("manager", "staff")
    )
    if country:
        rows = rows.filter(country=country)
    if text.strip():
        rows = rows.filter(name__icontains=text.strip())
    is_near = When(city__iexact=city.strip(), then=Value(0)) if city.strip() else When(pk=None, then=Value(0))
    rows = rows.annotate(
        far=Case(is_near, default=Value(1), output_field=IntegerField()),
        declared=Case(When(trust=Trust.ASSESSED, then=Value(0)), default=Value(1), output_field=IntegerField()),
    ).order_by("far", "declared", "-joint_deliveries", "pk")
    found = rows.values_list("pk", "name", "slug", "country", "city", "is_demo", "far", "declared", "joint_deliveries")
    return [
        HubName(id=pk, name=name, slug=slug, country=at, city=place, is_demo=is_demo)
        for pk, name, slug, at, place, is_demo, *_ in found.distinct()[:limit]
    ]


def with_people() -> QuerySet[Hub, int]:
    """Return the ids of the hubs that have people who read what others write to them, for use inside another query."""
    rows = Hub.objects.filter(memberships__ended_at=None, memberships__role__in=("manager", "staff"))
    return rows.values_list("pk", flat=True)


def reachable_ids(*, countries: Collection[str] | None = None) -> list[int]:
    """Return the listed hubs that have people, of some countries or of all; one query."""
    rows = Hub.objects.filter(is_listed=True, pk__in=with_people())
    if countries is not None:
        rows = rows.filter(country__in=countries)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def takes_needs(hub_id: int) -> bool:
    """Whether the hub is listed and has people who read what a client writes; one query."""
    return with_people().filter(pk=hub_id, is_listed=True).exists()
