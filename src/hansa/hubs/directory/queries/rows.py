"""What the catalogue keeps of each listed hub, and how it is read: a fixed number of statements for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from hansa.hubs.directory.models import Competence, ServiceOffer, Suggestion
from hansa.hubs.directory.states import Reach, SuggestionState, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# How strong a statement counts, 0..1. What others checked counts most, what was read in a text least.
_CHECKED, _WITH_EVIDENCE, _SAID = 1.0, 0.9, 0.8
_THROUGH_NETWORK = 0.7
_READ_LEAST, _READ_SPAN = 0.35, 0.25
# Which share of a full strip (3 blocks) so many different activities of one function fill.
_STRIP = (0, 1, 2, 2, 3)
_AT_ONCE = 5000

FIELDS = (
    "pk", "slug", "name", "sort_key", "summary", "hub_type", "trust", "assessed_on", "country", "region", "city",
    "latitude", "longitude", "languages", "sectors", "technologies", "day_rate_eur", "free_days_per_month",
    "joint_deliveries", "reply_days", "is_demo", "is_listed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One listed hub. ``concepts`` maps a concept's id to the strength (0..1) with which the hub covers it.

    ``made_together``: how many of its services it developed with other hubs.
    """

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
    made_together: int = 0

    @property
    def place(self) -> tuple[bytes, int]:
        """What rows are sorted by."""
        return (self.sort_key, self.id)


def read_rows(changed: list[tuple[Any, ...]], ids: list[int] | None) -> Iterator[Row]:
    """Make rows of hubs read with ``FIELDS``, without those that are not listed; three statements.

    :param ids: of these hubs, None for all of the directory
    """
    near = Q() if ids is None else Q(hub_id__in=ids)
    trusts = {values[0]: values[6] for values in changed}
    strengths, made = _strengths(near, trusts)
    codes = {entry.id: notation for notation, entry in taxonomy.vocabulary(Kind.ACTIVITY).items()}
    technologies = taxonomy.vocabulary(Kind.TECHNOLOGY)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for values in changed:
        if not values[-1]:
            continue
        concepts = strengths.pop(values[0], {})
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
            made.get(values[0], 0),
        )


def _strengths(near: Q, trusts: Mapping[int, str]) -> tuple[dict[int, dict[int, float]], dict[int, int]]:
    """Return how strongly each hub covers which concepts, and how many of its services it made with others."""
    made: dict[int, int] = defaultdict(int)
    found: dict[int, dict[int, float]] = defaultdict(dict)
    kept: dict[float, float] = {}

    def note(hub_id: int, concept_id: int, strength: float) -> None:
        known = found[hub_id]
        best = max(round(strength, 3), known.get(concept_id, 0.0))
        # A thousand different numbers at most: keep each once.
        known[concept_id] = kept.setdefault(best, best)

    offers = ServiceOffer.objects.filter(near).values_list("hub_id", "activity_id", "evidence", "made_in")
    for hub_id, concept_id, evidence, made_in in offers.iterator(chunk_size=_AT_ONCE):
        made[hub_id] += bool(made_in)
        note(hub_id, concept_id, _stated(trusts.get(hub_id, ""), evidence))
    rows = Competence.objects.filter(near).values_list("hub_id", "skill_id", "evidence", "reach")
    for hub_id, concept_id, evidence, reach in rows.iterator(chunk_size=_AT_ONCE):
        share = _THROUGH_NETWORK if reach == Reach.NETWORK else 1.0
        note(hub_id, concept_id, share * _stated(trusts.get(hub_id, ""), evidence))
    read = Suggestion.objects.filter(near, state=SuggestionState.OPEN).values_list("hub_id", "concept_id", "confidence")
    for hub_id, concept_id, confidence in read.iterator(chunk_size=_AT_ONCE):
        note(hub_id, concept_id, _READ_LEAST + _READ_SPAN * confidence)
    return found, made


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
