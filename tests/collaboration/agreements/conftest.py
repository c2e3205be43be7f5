"""A case whose partners said yes, and agreements on their way through the parties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cast import Cast, make_cast
from collaboration.agreements.agreeing import actor, draft, make_case, signing_call, tick

from hansa.collaboration.agreements import operations
from hansa.collaboration.models import Agreement, Request
from hansa.hubs.models import User


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Give each test its own key and files."""
    settings.SEAL_DIR = tmp_path / "keys" / "seal"
    settings.TRUST_DIR = tmp_path / "trust"
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def case(cast: Cast) -> Request:
    return make_case(cast)


@pytest.fixture
def agreement(cast: Cast, case: Request) -> Agreement:
    """Drafted by Ebro, not seen by the others."""
    return draft(cast, case)


@pytest.fixture
def accepted(cast: Cast, agreement: Agreement) -> Agreement:
    """Accepted by all, ready to sign."""
    for person in (cast.jonas, cast.mette):
        operations.accept(agreement, by=actor(person), version=1, at=tick())
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def sign(mailoutbox: list[Any]) -> Callable[..., Any]:
    """Sign as a person, with a code by mail."""

    def by_mail(agreement: Agreement, user: User, **changes: Any) -> Any:
        return operations.sign(agreement, **{**signing_call(agreement, user, mailoutbox), **changes})

    return by_mail


@pytest.fixture
def in_force(cast: Cast, accepted: Agreement, sign: Callable[..., Any]) -> Agreement:
    """Signed by all parties."""
    for person in (cast.lucia, cast.jonas, cast.mette):
        sign(accepted, person)
    return Agreement.objects.get(pk=accepted.pk)
