"""What belongs to a person or a hub whatever its cases are, and is named by an address."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from cast import Cast, acting
from factories import NOW, make_client, make_concept, make_request

from hansa.collaboration.aid import operations, queries
from hansa.collaboration.models import (
    DeclaredAid,
    DeletionAsk,
    LinkedUndertaking,
    PriceItem,
    ScenarioProposal,
)
from hansa.hubs.models import Competence, EcosystemOrganisation, Hub, ServiceOffer, Suggestion, User

# One number for both parts of a profile: their address does not say of which kind it is.
PART = 987_654


def others_objects(cast: Cast) -> dict[str, Any]:
    """Return what addresses name that belongs to a person or a hub, by the name of the parameter or the word before it."""
    hub: Hub = cast.ebro
    activity = make_concept("activity", "TBI-9.9", "Counting cars")
    skill = make_concept("skill", "counting", "count cars")
    ServiceOffer.objects.create(pk=PART, hub=hub, activity=activity)
    Competence.objects.create(pk=PART, hub=hub, skill=skill)
    suggestion = Suggestion.objects.create(hub=hub, concept=skill, sentence="We count.", words="count", confidence=0.9)
    proposal = ScenarioProposal.objects.create(title="Lend", text="Lend robots.", hub=hub, author=cast.lucia, at=NOW)
    known = EcosystemOrganisation.objects.create(hub=hub, name="Cars and Sons", created_at=NOW)
    asked = DeletionAsk.objects.create(request=make_request(cast.isar), hub=hub, asked_at=NOW)
    return {
        "scenario": "drafted",
        "version": "1",
        "stage": "need",
        "role": "lead",
        "proposals": proposal.pk,
        "user_id": cast.pau.pk,
        "hub_id": hub.pk,
        "slug": hub.slug,
        "keys": make_passkey(cast.lucia).pk,
        "suggestion_id": suggestion.pk,
        "decision": "dismiss",
        "section": "services",
        "part_id": PART,
        "ecosystem": known.pk,
        "deletions": asked.pk,
    } | _aid(cast)


def _aid(cast: Cast) -> dict[str, Any]:
    """A service of Ebro with its certificate, for a client that declared what aid it got."""
    lucia, client = acting(cast.lucia), make_client(cast.ebro, "Frigo Montaña", vat_number="ESB12345678")
    operations.set_up(
        national_share=Decimal(100),
        default_basis="de-minimis",
        granting_authority="Ministry of Industry",
        edih_name="",
        edih_country="",
        by=lucia,
        at=NOW,
    )
    draft = operations.ServiceDraft(
        client_id=client.pk,
        category="TBI",
        description="Cars were counted",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        price_eur=Decimal(9),
        invoiced_eur=Decimal(4),
        granted_on=NOW.date(),
        legal_basis="de-minimis",
        other_aid_eur=Decimal(0),
    )
    record = operations.record_service(draft, by=lucia, at=NOW)
    price = PriceItem.objects.create(hub=cast.ebro, name="Count", category="TBI", price_eur=9)
    party = queries.declarant(client.pk, actor=lucia)
    assert party is not None
    said = operations.declare(party, name="Ana Frigo", function="Owner", by=lucia, at=NOW)
    # One number for all lines of a client: the name of the parameter does not say which kind of line it is.
    LinkedUndertaking.objects.create(pk=said.pk, client=client, name="Frigo Norte", kind="votes")
    aid = {"beneficiary": client.name, "authority": "Town", "member_state": "ES", "granted_on": NOW.date()}
    DeclaredAid.objects.create(pk=said.pk, client=client, amount_eur=7, **aid)
    operations.issue(record, function="Director", by=lucia, at=NOW)
    return {"aid": client.pk, "services": record.pk, "prices": price.pk, "line": said.pk}


def make_passkey(user: User) -> Authenticator:
    data = {"name": "My key", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
