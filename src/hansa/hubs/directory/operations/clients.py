"""The clients of a hub: known to that hub alone."""

from __future__ import annotations

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
