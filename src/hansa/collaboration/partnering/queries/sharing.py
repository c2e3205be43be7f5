"""Who was shown what, and how easily a reader could guess who the client is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy

from hansa.collaboration.partnering.models import DeletionAsk, Disclosure, Request
from hansa.collaboration.partnering.queries.consent import size_class

# Below this many organisations alike, a reader may guess which one it is.
CROWD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A hub that something was shown to, when first, and what."""

    hub_id: int
    hub_name: str
    fields: tuple[str, ...]
    at: datetime


FIELD_NAMES = {
    "wants": gettext_lazy("what is asked for"),
    "text": gettext_lazy("the text"),
    "language": gettext_lazy("its language"),
    "client_type": gettext_lazy("kind of organisation"),
    "sector": gettext_lazy("sector"),
    "country": gettext_lazy("country"),
    "region": gettext_lazy("large region"),
    "size": gettext_lazy("size"),
    "languages": gettext_lazy("working languages"),
    "client_name": gettext_lazy("name of the organisation"),
    "contact_name": gettext_lazy("contact person"),
    "contact_email": gettext_lazy("address of the contact person"),
}


def readers_of(request: Request) -> list[Reader]:
    """Which hubs read what of the request, in order; one query."""
    rows = Disclosure.objects.filter(request=request).order_by("at", "pk")
    return [
        Reader(
            hub_id=hub_id, hub_name=name, fields=tuple(str(FIELD_NAMES.get(field, field)) for field in fields), at=at
        )
        for hub_id, name, fields, at in rows.values_list("hub_id", "hub__name", "fields", "at")
    ]


def first_shown(request: Request) -> dict[tuple[int, str], datetime]:
    """When each field was first shown to each hub, by hub and field; one query."""
    first: dict[tuple[int, str], datetime] = {}
    for hub_id, fields, at in (
        Disclosure.objects.filter(request=request).order_by("at", "pk").values_list("hub_id", "fields", "at")
    ):
        for field in fields:
            first.setdefault((hub_id, field), at)
    return first


def crowd_of(request: Request) -> int | None:
    """How many organisations the lead hub knows that a reader could not tell apart from this client.

    The client itself counts. None without a client, or when sector, region and size are all unknown: then nothing narrows it down.
    Fewer than ``CROWD`` is a hint to keep something back. One query.
    """
    client = request.client
    if client is None or not (client.sector or client.region or client.staff):
        return None
    alike = Request.objects.filter(client__hub_id=request.lead_id)
    if client.sector and "sector" not in request.withheld:
        alike = alike.filter(client__sector=client.sector)
    if client.region and "region" not in request.withheld:
        alike = alike.filter(client__region__startswith=client.region[:3])
    staff = alike.values_list("client_id", "client__staff").distinct()
    if "size" in request.withheld or client.staff is None:
        return len({client_id for client_id, _staff in staff})
    own = size_class(client.staff)
    return len({client_id for client_id, number in staff if size_class(number) == own})


# More than anybody reads on one page.
_MOST_ASKS = 200


def deletion_asks(hub_id: int) -> list[DeletionAsk]:
    """Return what a hub was asked to delete, what it has not answered first; one query."""
    rows = DeletionAsk.objects.filter(hub_id=hub_id).select_related("request__lead")
    return list(rows.order_by(F("deleted_at").desc(nulls_first=True), "-asked_at")[:_MOST_ASKS])


def waits_to_delete(hub_id: int | None) -> bool:
    """Whether the hub has not said yet that it deleted something; one query."""
    return DeletionAsk.objects.filter(hub_id=hub_id, deleted_at=None).exists()


def deletion_ask(hub_id: int | None, pk: int) -> DeletionAsk | None:
    return DeletionAsk.objects.filter(hub_id=hub_id, pk=pk).first()


def deletions_of(request: Request) -> list[DeletionAsk]:
    """Return which hubs were asked to delete what they read of the client, and which did; one query."""
    return list(DeletionAsk.objects.filter(request=request, about="client").select_related("hub"))
