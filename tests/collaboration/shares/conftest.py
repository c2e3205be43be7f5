"""A drafted agreement of three hubs, and a delivery of two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cast import Cast, make_cast
from collaboration.agreements.agreeing import draft, make_case
from factories import make_collaboration

from hansa.collaboration.models import Agreement, Collaboration


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Give each test its own files."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def collaboration(cast: Cast) -> Collaboration:
    return make_collaboration(cast.ebro, cast.isar, client=cast.elsewhere)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Drafted by Ebro with Isar and Aarhus, each with its fee."""
    return draft(cast, make_case(cast))
