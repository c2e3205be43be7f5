"""The clients of a hub, for that hub alone."""

from __future__ import annotations

from hansa.hubs.directory.models import Client


def clients_of(hub_id: int) -> list[Client]:
    """Return the clients of a hub in alphabetical order; one query."""
    return sorted(Client.objects.filter(hub_id=hub_id), key=lambda client: (client.name.casefold(), client.pk))


def client_of_hub(hub_id: int, client_id: int) -> Client | None:
    """Return the client if it is one of this hub's; one query."""
    return Client.objects.filter(hub_id=hub_id, pk=client_id).first()


def contact_ids_of(client_id: int) -> list[int]:
    """Return the people who speak for the client, longest first; one query."""
    rows = Client.objects.filter(pk=client_id, memberships__ended_at=None).order_by("memberships__pk")
    return [pk for pk in rows.values_list("memberships__user_id", flat=True) if pk is not None]
