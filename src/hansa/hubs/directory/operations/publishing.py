"""Make a change visible: number it, and bring the sort key and the search words of the hub up to date."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db import connection
from pyuca import Collator

from hansa.hubs.directory.models import Competence, DirectoryState, Hub, ServiceOffer
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# A description beyond this is found by its beginning.
_SEARCHED_CHARACTERS = 20_000

_NUMBER = """
INSERT INTO hubs_directorystate (id, generation, revision) VALUES (1, %s, nextval('hubs_revision'))
ON CONFLICT (id) DO UPDATE SET revision = nextval('hubs_revision'),
    generation = hubs_directorystate.generation + EXCLUDED.generation
RETURNING revision
"""

_PUBLISH = """
UPDATE hubs_hub SET revision = %s, sort_key = fresh.sort_key, search =
    setweight(to_tsvector('simple', fresh.names), 'A') || setweight(to_tsvector('simple', fresh.words), 'B') ||
    setweight(to_tsvector('simple', fresh.description), 'C')
FROM unnest(%s::bigint[], %s::bytea[], %s::text[], %s::text[], %s::text[])
    AS fresh (id, sort_key, names, words, description)
WHERE hubs_hub.id = fresh.id
"""


def next_revision(*, removes: bool = False) -> int:
    """Take the next number, and with it the right to change the directory until the transaction ends.

    Every operation does this first: writers follow one another, so readers who saw a number have seen all lower
    ones, and two operations never wait for each other in a circle.

    :param removes: a hub goes, so that catalogues kept in memory must be read anew
    """
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [int(removes)])
        return int(cursor.fetchone()[0])


def publish(hub_ids: Collection[int], *, revision: int) -> None:
    """Write revision, sort key and search words of these hubs: at most five statements, however many hubs."""
    if not hub_ids:
        return
    labels = _labels_of(hub_ids)
    rows = Hub.objects.filter(pk__in=hub_ids).only(*_READ)
    fresh = [_searchable(hub, labels[hub.pk]) for hub in rows]
    if not fresh:
        return
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISH, [revision, *(list(column) for column in zip(*fresh, strict=True))])


def revision_now() -> tuple[int, int]:
    """Return (generation, revision) of the directory."""
    state = DirectoryState.objects.values_list("generation", "revision").first()
    return state or (0, 0)


_READ = (
    "pk", "name", "other_names", "summary", "description", "city", "country", "languages", "sectors", "technologies",
)  # fmt: skip


def _labels_of(hub_ids: Collection[int]) -> dict[int, list[taxonomy.Entry]]:
    concepts: dict[int, list[int]] = defaultdict(list)
    offers = ServiceOffer.objects.filter(hub_id__in=hub_ids).values_list("hub_id", "activity_id", "title")
    for hub_id, activity_id, _title in offers:
        concepts[hub_id].append(activity_id)
    for hub_id, skill_id in Competence.objects.filter(hub_id__in=hub_ids).values_list("hub_id", "skill_id"):
        concepts[hub_id].append(skill_id)
    known = taxonomy.entries({pk for ids in concepts.values() for pk in ids})
    return defaultdict(list, {hub_id: [known[pk] for pk in ids if pk in known] for hub_id, ids in concepts.items()})


def _searchable(hub: Hub, concepts: list[taxonomy.Entry]) -> tuple[Any, ...]:
    """Return one row for ``_PUBLISH``. Labels are searchable in English and the hub's own languages."""
    languages = ["en", *hub.languages]
    concepts = [*concepts, *_named(Kind.TECHNOLOGY, hub.technologies), *_named(Kind.SECTOR, hub.sectors)]
    concepts += _named(Kind.COUNTRY, [hub.country])
    labels = {entry.labels[code] for entry in concepts for code in languages if code in entry.labels}
    words = " ".join([hub.city, hub.summary, *sorted(labels)])
    return (
        hub.pk,
        sort_key(hub.name),
        taxonomy.normalised(" ".join([hub.name, *hub.other_names])),
        taxonomy.normalised(words),
        taxonomy.normalised(hub.description[:_SEARCHED_CHARACTERS]),
    )


def _named(kind: str, notations: Iterable[str]) -> list[taxonomy.Entry]:
    known = taxonomy.vocabulary(kind)
    return [known[notation] for notation in notations if notation in known]


@cache
def _collator() -> Collator:
    return Collator()


def sort_key(name: str) -> bytes:
    """Return the Unicode collation key of a name, as bytes that compare like it."""
    weights = _collator().sort_key(name)
    return struct.pack(f">{len(weights)}H", *weights)
