"""Ebro gives de minimis aid, half of it national money, and knows a few technologies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from cast import Cast, acting, make_cast
from factories import NOW, make_client, make_concept

from hansa.collaboration.aid import operations, queries
from hansa.collaboration.models import ServiceRecord
from hansa.hubs.models import Client
from hansa.hubs.taxonomy import queries as taxonomy

Record = Callable[..., ServiceRecord]


@pytest.fixture
def cast(db) -> Cast:
    taxonomy.forget()
    for notation, label in (
        ("robotics", "Robotics"),
        ("iot", "Internet of Things"),
        ("other", "Other (please specify)"),
    ):
        make_concept("technology", notation, label)
    return make_cast()


@pytest.fixture
def frigo(cast: Cast) -> Client:
    return make_client(cast.ebro, "Frigo Montaña", vat_number="ESB12345678")


@pytest.fixture
def set_up(cast: Cast) -> None:
    operations.set_up(
        national_share=Decimal(50),
        default_basis="de-minimis",
        granting_authority="Ministry of Industry",
        edih_name="",
        edih_country="",
        by=acting(cast.lucia),
        at=NOW,
    )


@pytest.fixture
def draft(frigo: Client) -> operations.ServiceDraft:
    return operations.ServiceDraft(
        client_id=frigo.pk,
        category="TBI",
        description="Test of a vision sensor on the packing line",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 20),
        price_eur=Decimal(2000),
        invoiced_eur=Decimal(500),
        granted_on=date(2026, 10, 1),
        legal_basis="de-minimis",
        other_aid_eur=Decimal(0),
        technologies=("robotics", "iot"),
        status="finalised",
    )


@pytest.fixture
def record(cast: Cast, set_up: None, draft: operations.ServiceDraft) -> Record:
    """Return a function that records a service like the draft, with changes."""

    def made(**changes: Any) -> ServiceRecord:
        return operations.record_service(replace(draft, **changes), by=acting(cast.lucia), at=NOW)

    return made


@pytest.fixture
def party(cast: Cast, frigo: Client) -> queries.Declarant:
    found = queries.declarant(frigo.pk, actor=acting(cast.lucia))
    assert found is not None
    return found


@pytest.fixture
def declared(cast: Cast, party: queries.Declarant) -> None:
    operations.declare(party, name="Ana Frigo", function="Owner", by=acting(cast.lucia), at=NOW)
