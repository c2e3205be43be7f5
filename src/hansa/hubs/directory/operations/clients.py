"""The clients of a hub: known to that hub alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from hansa.hubs.directory.models import Client, Hub


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDraft:
    """What is known about a client. ``sector`` and ``region`` are notations (sector, NUTS); ``staff`` counts people."""

    name: str
    client_type: str
    country: str = ""
    region: str = ""
    city: str = ""
    sector: str = ""
    staff: int | None = None
    vat_number: str = ""
    website: str = ""


@transaction.atomic
def ensure_client(*, hub_id: int, draft: ClientDraft, contact_email: str = "", is_demo: bool = False) -> Client:
    """Return the client of this hub that the contact speaks for already under the same name, else a new one.

    The name alone never finds a client: whoever typed it on a public form would become its contact.
    """
    # Two forms sent at once by the same person must not make two clients.
    Hub.objects.select_for_update(no_key=True).only("id").get(pk=hub_id)
    if contact_email:
        known = Client.objects.filter(
            hub_id=hub_id,
            name__iexact=draft.name.strip(),
            memberships__user__email__iexact=contact_email.strip(),
            memberships__ended_at=None,
        ).first()
        if known is not None:
            return known
    return Client.objects.create(hub_id=hub_id, is_demo=is_demo, **{**asdict(draft), "name": draft.name.strip()})


@transaction.atomic
def add_clients(*, hub_id: int, drafts: Sequence[ClientDraft]) -> list[Client]:
    """Add clients that the caller knows to be new; one statement for a thousand of them."""
    return Client.objects.bulk_create(
        [Client(hub_id=hub_id, **{**asdict(draft), "name": draft.name.strip()}) for draft in drafts], batch_size=1000
    )


@transaction.atomic
def note_vat_numbers(*, hub_id: int, numbers: Mapping[int, str]) -> None:
    """Note the VAT numbers of clients of this hub, by the client's id, where none is known yet."""
    clients = list(Client.objects.filter(hub_id=hub_id, pk__in=numbers, vat_number=""))
    for client in clients:
        client.vat_number = numbers[client.pk]
    Client.objects.bulk_update(clients, ["vat_number"], batch_size=1000)
