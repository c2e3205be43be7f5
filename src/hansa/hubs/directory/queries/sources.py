"""Where hubs came from, for imports."""

from __future__ import annotations

from typing import NamedTuple

from hansa.hubs.directory.models import Hub


def refs_of_source(source: str) -> set[str]:
    """Return the references of all hubs of a source; one query."""
    return set(Hub.objects.filter(source=source).values_list("source_ref", flat=True))


class Known(NamedTuple):
    """What tells one hub from another."""

    name: str
    other_names: list[str]
    country: str
    city: str
    website: str


def known_hubs(*, other_than: str) -> list[Known]:
    """Return every hub that does not come from this source, oldest first; one query."""
    rows = Hub.objects.exclude(source=other_than).order_by("pk").values_list(*Known._fields)
    return [Known(*row) for row in rows.iterator(chunk_size=2000)]


def n_unread() -> int:
    """Return how many hubs wait for their text to be read; one query."""
    return Hub.objects.filter(read_digest="").count()
