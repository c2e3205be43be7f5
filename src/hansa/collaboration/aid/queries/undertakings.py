"""What is known about a client as an undertaking, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hansa.collaboration.aid import policies
from hansa.collaboration.aid.models import Declaration, DeclaredAid, LinkedUndertaking, Undertaking
from hansa.collaboration.aid.queries.bases import DE_MINIMIS, legal_bases
from hansa.engine.state_aid import window_start
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as directory
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarant:
    """A client that declares its aid, with its hub. ``member_state`` is the hub's country."""

    client_id: int
    name: str
    vat_number: str
    client_type: str
    hub_id: int
    hub_name: str
    member_state: str

    @property
    def member_state_name(self) -> str:
        return country_name(self.member_state)


def country_name(code: str) -> str:
    """Return the name of a country in the reader's language; the code if it is not known."""
    entry = taxonomy.vocabulary(Kind.COUNTRY).get(code)
    return entry.label if entry else code


def declarant(client_id: int, *, actor: Actor) -> Declarant | None:
    """Return a client for those who may declare for it: itself and its hub. Everybody else finds nothing."""
    client = None
    if policies.can_see_services(actor):
        assert actor.hub_id is not None
        client = directory.client_of_hub(actor.hub_id, client_id)
    if client is None and client_id in actor.client_ids:
        client = directory.client_by_id(client_id)
    hub = directory.hub_by_id(client.hub_id) if client else None
    if client is None or hub is None:
        return None
    return Declarant(
        client_id=client.pk,
        name=client.name,
        vat_number=client.vat_number,
        client_type=client.client_type,
        hub_id=hub.pk,
        hub_name=hub.name,
        member_state=hub.country,
    )


def undertaking_of(client_id: int) -> Undertaking:
    """Return what is noted about a client; unsaved and empty while nothing is."""
    return Undertaking.objects.filter(client_id=client_id).first() or Undertaking(client_id=client_id)


def linked_to(client_id: int) -> list[LinkedUndertaking]:
    return list(LinkedUndertaking.objects.filter(client_id=client_id))


def declared_by(client_id: int) -> list[DeclaredAid]:
    return list(DeclaredAid.objects.filter(client_id=client_id))


def declarations_of(client_id: int) -> list[Declaration]:
    """Return what the client declared, latest first."""
    return list(Declaration.objects.filter(client_id=client_id))


def declared_content(party: Declarant, *, on: date) -> dict[str, Any]:
    """Return both lists as a declaration freezes them: aid of the window that ends on this day."""
    since = window_start(on, legal_bases()[DE_MINIMIS].window_years)
    return {
        "client": party.name,
        "identifier": party.vat_number,
        "hub": party.hub_name,
        "since": since.isoformat(),
        "until": on.isoformat(),
        "linked": [
            {"name": row.name, "identifier": row.identifier, "kind": row.kind} for row in linked_to(party.client_id)
        ],
        "aid": [
            {
                "beneficiary": row.beneficiary,
                "authority": row.authority,
                "member_state": row.member_state,
                "granted_on": row.granted_on.isoformat(),
                "amount_eur": str(row.amount_eur),
            }
            for row in declared_by(party.client_id)
            if row.granted_on > since
        ],
    }
