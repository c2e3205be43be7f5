"""Where hubs came from, for imports."""

from __future__ import annotations

from hansa.hubs.directory.models import Hub
from hansa.hubs.taxonomy import queries as taxonomy


def refs_of_source(source: str) -> set[str]:
    """Return the references of all hubs of a source; one query."""
    return set(Hub.objects.filter(source=source).values_list("source_ref", flat=True))


def names_by_place(*, other_than: str) -> dict[tuple[str, str], str]:
    """Return the name of each hub by (normalised name, country), other names too, but not of one source; one query."""
    found: dict[tuple[str, str], str] = {}
    rows = Hub.objects.exclude(source=other_than).order_by("pk").values_list("name", "other_names", "country")
    for name, others, country in rows.iterator(chunk_size=2000):
        for called in (name, *others):
            found.setdefault((taxonomy.normalised(called), country), name)
    return found


def n_unread() -> int:
    """Return how many hubs wait for their text to be read; one query."""
    return Hub.objects.filter(read_digest="").count()
