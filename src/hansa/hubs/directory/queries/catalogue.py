"""The directory as one process keeps it: columns and postings of all listed hubs, brought up to date by revision.

Pages that list, count, compare and match read it instead of joining tables: one cheap statement tells whether it is
still current, and only hubs that changed are read again. Any process can rebuild it at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
import numpy.typing as npt
from django.db.models import Q

from hansa.engine.facets import Facets
from hansa.hubs.directory.models import Competence, DirectoryState, Hub, ServiceOffer, Suggestion
from hansa.hubs.directory.states import Reach, SuggestionState, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# How strong a statement counts, 0..1. What others checked counts most, what was read in a text least.
_CHECKED, _WITH_EVIDENCE, _SAID = 1.0, 0.9, 0.8
_THROUGH_NETWORK = 0.7
_READ_LEAST, _READ_SPAN = 0.35, 0.25
# Which share of a full strip (3 blocks) so many different activities of one function fill.
_STRIP = (0, 1, 2, 2, 3)

_FIELDS = (
    "pk", "slug", "name", "sort_key", "summary", "hub_type", "trust", "assessed_on", "country", "region", "city",
    "latitude", "longitude", "languages", "sectors", "technologies", "day_rate_eur", "free_days_per_month",
    "joint_deliveries", "reply_days", "is_demo", "is_listed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One listed hub. ``concepts`` maps a concept's id to the strength (0..1) with which the hub covers it."""

    id: int
    slug: str
    name: str
    sort_key: bytes
    summary: str
    hub_type: str
    trust: str
    assessed_on: object
    country: str
    region: str
    city: str
    latitude: float | None
    longitude: float | None
    languages: tuple[str, ...]
    sectors: tuple[str, ...]
    technologies: tuple[str, ...]
    day_rate_eur: float | None
    free_days: int | None
    joint_deliveries: int
    reply_days: float | None
    is_demo: bool
    activities: tuple[str, ...]
    strip: tuple[int, int, int, int]
    concepts: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """The listed hubs at one revision, in alphabetical order."""

    stamp: tuple[int, int]
    rows: tuple[Row, ...]

    @cached_property
    def by_id(self) -> dict[int, int]:
        """Where each hub stands in ``rows``."""
        return {row.id: position for position, row in enumerate(self.rows)}

    @cached_property
    def facets(self) -> Facets:
        """Counts of function, activity, technology, sector, country, language, type and trust."""
        rows = self.rows
        return Facets(
            len(rows),
            {
                "function": [{code.split("-", 1)[0] for code in row.activities} for row in rows],
                "activity": [row.activities for row in rows],
                "technology": [row.technologies for row in rows],
                "sector": [row.sectors for row in rows],
                "country": [(row.country,) if row.country else () for row in rows],
                "language": [row.languages for row in rows],
                "type": [(row.hub_type,) for row in rows],
                "trust": [(row.trust,) for row in rows],
            },
        )

    @cached_property
    def postings(self) -> dict[int, tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]]:
        """For each concept the rows that cover it, and how strongly."""
        found: dict[int, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for position, row in enumerate(self.rows):
            for concept_id, strength in row.concepts.items():
                positions, strengths = found[concept_id]
                positions.append(position)
                strengths.append(strength)
        return {
            concept_id: (np.array(positions, dtype=np.int32), np.array(strengths, dtype=np.float32))
            for concept_id, (positions, strengths) in found.items()
        }


_lock = Lock()
_catalogue = Catalogue(stamp=(-1, -1), rows=())


def catalogue() -> Catalogue:
    """Return the directory as it stands; one statement when nothing changed since the last call."""
    global _catalogue
    stamp = DirectoryState.objects.values_list("generation", "revision").first() or (0, 0)
    current = _catalogue
    if current.stamp == stamp:
        return current
    with _lock:
        if _catalogue.stamp != stamp:
            _catalogue = _refreshed(_catalogue, stamp)
        return _catalogue


def _refreshed(old: Catalogue, stamp: tuple[int, int]) -> Catalogue:
    """Read what changed; everything, when a hub was removed or this process knows nothing yet."""
    is_partial = old.stamp[0] == stamp[0] and old.stamp[1] >= 0
    hubs = Hub.objects.filter(revision__gt=old.stamp[1]) if is_partial else Hub.objects.filter(is_listed=True)
    changed = list(hubs.values_list(*_FIELDS))
    ids = [values[0] for values in changed] if is_partial else None
    rows = {row.id: row for row in old.rows} if is_partial else {}
    for values in changed:
        rows.pop(values[0], None)
    for row in _read(changed, ids):
        rows[row.id] = row
    return Catalogue(stamp=stamp, rows=tuple(sorted(rows.values(), key=lambda row: (row.sort_key, row.id))))


def _read(changed: list[tuple], ids: list[int] | None) -> Iterator[Row]:
    """Make rows of hubs; a fixed number of statements for any number of hubs."""
    near = Q() if ids is None else Q(hub_id__in=ids)
    trusts = {values[0]: values[6] for values in changed}
    strengths = _strengths(near, trusts)
    codes = {entry.id: notation for notation, entry in taxonomy.vocabulary(Kind.ACTIVITY).items()}
    technologies = taxonomy.vocabulary(Kind.TECHNOLOGY)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for values in changed:
        if not values[-1]:
            continue
        concepts = strengths.get(values[0], {})
        said = _SAID if values[6] != Trust.ASSESSED else _CHECKED
        for notation in values[15]:
            if notation in technologies:
                concepts[technologies[notation].id] = max(said, concepts.get(technologies[notation].id, 0.0))
        activities = tuple(sorted(codes[pk] for pk in concepts if pk in codes))
        # Hubs often list the same words: keep each list once.
        words = [shared.setdefault(tuple(listed), tuple(listed)) for listed in (*values[13:16], activities)]
        rate = values[16]
        yield Row(
            *values[:13],
            *words[:3],
            float(rate) if rate is not None else None,
            *values[17:21],
            words[3],
            _strip_of(activities),
            concepts,
        )


def _strengths(near: Q, trusts: Mapping[int, str]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = defaultdict(dict)

    def note(hub_id: int, concept_id: int, strength: float) -> None:
        known = found[hub_id]
        known[concept_id] = max(round(strength, 3), known.get(concept_id, 0.0))

    for hub_id, concept_id, evidence in ServiceOffer.objects.filter(near).values_list(
        "hub_id", "activity_id", "evidence"
    ):
        note(hub_id, concept_id, _stated(trusts.get(hub_id, ""), evidence))
    rows = Competence.objects.filter(near).values_list("hub_id", "skill_id", "evidence", "reach")
    for hub_id, concept_id, evidence, reach in rows:
        share = _THROUGH_NETWORK if reach == Reach.NETWORK else 1.0
        note(hub_id, concept_id, share * _stated(trusts.get(hub_id, ""), evidence))
    rows = Suggestion.objects.filter(near, state=SuggestionState.OPEN).values_list("hub_id", "concept_id", "confidence")
    for hub_id, concept_id, confidence in rows:
        note(hub_id, concept_id, _READ_LEAST + _READ_SPAN * confidence)
    return found


def _stated(trust: str, evidence: str) -> float:
    if not evidence:
        return _SAID
    return _CHECKED if trust == Trust.ASSESSED else _WITH_EVIDENCE


def _strip_of(activities: Iterable[str]) -> tuple[int, int, int, int]:
    """Return how many blocks (0 to 3) each function fills: the strip of the hub card."""
    functions = list(taxonomy.vocabulary(Kind.FUNCTION))
    counts = [sum(code.startswith(f"{function}-") for code in activities) for function in functions]
    first, second, third, fourth = (_STRIP[min(count, len(_STRIP) - 1)] for count in (counts + [0] * 4)[:4])
    return (first, second, third, fourth)
