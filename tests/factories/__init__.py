"""Boring factories: every object valid by default, every difference named by the test."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from django.utils.text import slugify

from hansa.collaboration.models import Agreement, ClientAuthorisation, Collaboration, Invitation, Kpi, Request
from hansa.collaboration.partnering.policies import fields_at
from hansa.collaboration.partnering.states import Anonymity, Purpose
from hansa.hubs.directory.operations import next_revision
from hansa.hubs.directory.operations.publishing import sort_key
from hansa.hubs.models import Client, Concept, Hub, Membership, Scheme, User

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_user(name: str = "", **fields: Any) -> User:
    number = next(_numbers)
    name = name or f"Person {number}"
    fields.setdefault("email", f"{slugify(name)}-{number}@example.org")
    return User.objects.create_user(name=name, **fields)


def make_hub(name: str = "", **fields: Any) -> Hub:
    number = next(_numbers)
    name = name or f"Hub {number}"
    fields.setdefault("slug", f"{slugify(name)}-{number}")
    fields.setdefault("country", "ES")
    fields.setdefault("city", "Zaragoza")
    fields.setdefault("languages", ["en"])
    fields.setdefault("sort_key", sort_key(name))
    # Numbered as every change is, so that what a process keeps of the directory notices.
    return Hub.objects.create(name=name, revision=next_revision(), **fields)


def make_member(hub: Hub, *roles: str, name: str = "", **fields: Any) -> User:
    """Return a new person with these roles (manager, staff, signatory) in the hub."""
    user = make_user(name, **fields)
    for role in roles or ("staff",):
        Membership.objects.create(user=user, hub=hub, role=role)
    return user


def make_client(hub: Hub, name: str = "", **fields: Any) -> Client:
    fields.setdefault("country", hub.country)
    return Client.objects.create(hub=hub, name=name or f"Client {next(_numbers)}", **fields)


def make_contact(client: Client, name: str = "", **fields: Any) -> User:
    user = make_user(name, **fields)
    Membership.objects.create(user=user, client=client, role="contact")
    return user


def make_network_person(role: str, name: str = "", **fields: Any) -> User:
    """Return a new steward, assessor or policy observer."""
    user = make_user(name, **fields)
    Membership.objects.create(user=user, role=role)
    return user


def make_concept(kind: str, notation: str, label: str = "", **fields: Any) -> Concept:
    scheme, _ = Scheme.objects.get_or_create(code=f"test-{kind}", defaults={"title": kind, "version": "1"})
    fields.setdefault("uri", f"urn:test:{kind}:{notation}")
    fields.setdefault("labels", {"en": label or notation})
    return Concept.objects.create(scheme=scheme, kind=kind, notation=notation, version="1", **fields)


def make_request(lead: Hub, client: Client | None = None, **fields: Any) -> Request:
    fields.setdefault("title", "Predict bearing failures on three packaging lines")
    fields.setdefault("text", "The lines stop twice a month and we only find out when the bearing screams.")
    fields.setdefault("state_since", NOW)
    fields.setdefault("created_at", NOW)
    return Request.objects.create(lead=lead, client=client or make_client(lead), **fields)


def make_authorisation(request: Request, level: str = "A3", **fields: Any) -> ClientAuthorisation:
    fields.setdefault("granted_by", "Maria Mayor")
    fields.setdefault("evidence", "Form")
    fields.setdefault("text_version", "1")
    fields.setdefault("field_scope", fields_at(Anonymity(level)))
    fields.setdefault("purposes", list(Purpose))
    return ClientAuthorisation.objects.create(request=request, level=level, granted_at=NOW, **fields)


def make_collaboration(
    lead: Hub, *partners: Hub, client: Client | None = None, state: str = "delivering", **fields: Any
) -> Collaboration:
    """Return a signed request of these hubs being delivered, which the client allows to name it to them."""
    request = make_request(
        lead, client, state=state, turn_hub_ids=[lead.pk], partner_text="Machines stop without warning."
    )
    make_authorisation(request)
    for partner in partners:
        Invitation.objects.create(request=request, hub=partner, state="accepted", sent_at=NOW)
    party_ids = [lead.pk, *(partner.pk for partner in partners)]
    return Collaboration.objects.create(request=request, starts_on=NOW.date(), party_ids=party_ids, **fields)


def make_kpi(collaboration: Collaboration, name: str = "Unplanned stops", **fields: Any) -> Kpi:
    fields.setdefault("key", slugify(name))
    fields.setdefault("target", 1)
    return Kpi.objects.create(collaboration=collaboration, name=name, **fields)


def let_exchange(collaboration: Collaboration, *, expert_days: int = 10) -> None:
    """Give the case an agreement with the clauses on facilities and experts."""
    values = {"facilities_used": True, "experts_used": True, "expert_days": expert_days, "expert_place": "Zaragoza"}
    Agreement.objects.create(request=collaboration.request, created_at=NOW, terms={"values": values})
