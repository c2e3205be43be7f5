"""Every test starts with a process that knows no vocabulary; some share one loading of all that ships with Hansa."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from factories import NOW

from hansa.hubs.taxonomy import operations, queries
from hansa.hubs.taxonomy.queries import index


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture(scope="module")
def shipped(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[operations.LoadReport]]:
    """Load the vocabularies that ship with Hansa once for the tests of a file, and take them away again."""
    queries.forget()
    # The index of another vocabulary would go on serving for a while, as it does in an installation.
    index._index = None
    with django_db_blocker.unblock(), transaction.atomic():
        yield operations.ensure(at=NOW)
        transaction.set_rollback(True)
    index._index = None
    queries.forget()
