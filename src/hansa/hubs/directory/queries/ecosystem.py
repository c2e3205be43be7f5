"""The organisations of a hub's ecosystem, for that hub alone, and as candidates of a ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from hansa.engine.closeness import Posting, nearness
from hansa.engine.problem import Market
from hansa.engine.ranking import Traits
from hansa.hubs.directory.models import EcosystemOrganisation
from hansa.hubs.directory.states import DECLARED, Showing
from hansa.hubs.taxonomy import queries as taxonomy

# How much an organisation is trusted that nobody assesses: its hub knows it.
_TRUST_OF_KNOWN = 0.6


def organisations_of(hub_id: int | None, *, text: str = "") -> list[EcosystemOrganisation]:
    """Return the ecosystem of a hub, those whose name or offer holds ``text``, by name; two queries."""
    rows = EcosystemOrganisation.objects.filter(hub_id=hub_id).prefetch_related("concepts")
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(offer__icontains=text.strip()))
    return sorted(rows, key=lambda row: (taxonomy.normalised(row.name), row.pk))


def organisation_of(hub_id: int | None, pk: int) -> EcosystemOrganisation | None:
    """Return one organisation if it is of this hub's ecosystem; one query."""
    return EcosystemOrganisation.objects.filter(hub_id=hub_id, pk=pk).first()


def suggestible(hub_id: int | None, *, text: str = "") -> list[EcosystemOrganisation]:
    """Return those that may be suggested to another hub: all that did not say never."""
    return [row for row in organisations_of(hub_id, text=text) if row.showing != Showing.NEVER]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a ranking may know of an organisation. ``id`` tells it apart within this ranking; ``name`` may be any words."""

    id: int
    name: str
    country: str
    languages: frozenset[str]
    concept_ids: frozenset[int]


def candidate_of(row: EcosystemOrganisation) -> Candidate:
    """Return an organisation as its own hub ranks it."""
    return Candidate(
        id=row.pk,
        name=row.name,
        country=row.country,
        languages=frozenset(row.languages),
        concept_ids=frozenset(concept.pk for concept in row.concepts.all()),
    )


def organisations_market(concept_ids: Sequence[int], found: Sequence[Candidate]) -> tuple[Market, Traits]:
    """Return organisations as a market of the engine. No query, but one after a vocabulary was loaded."""
    postings = _postings(found)
    strength = np.zeros((len(found), len(concept_ids)), dtype=np.float32)
    for column, concept_id in enumerate(concept_ids):
        if concept_id in postings:
            strength[postings[concept_id][0], column] = DECLARED
    n = len(found)
    market = Market(
        ids=tuple(one.id for one in found),
        names=tuple(one.name for one in found),
        countries=tuple(one.country for one in found),
        languages=tuple(one.languages for one in found),
        strength=strength,
        cost_eur=np.zeros(n, dtype=np.float32),
        distance_km=np.full(n, np.nan, dtype=np.float32),
        trust=np.full(n, _TRUST_OF_KNOWN, dtype=np.float32),
        free_days=np.full(n, np.nan, dtype=np.float32),
        joint_deliveries=np.zeros(n, dtype=np.int32),
    )
    near = nearness(list(concept_ids), graph=taxonomy.graph(), postings=postings, n_candidates=n)
    return market, Traits(kinds=("organisation",) * n, near=near)


def _postings(found: Iterable[Candidate]) -> dict[int, Posting]:
    rows: dict[int, list[int]] = defaultdict(list)
    for row, one in enumerate(found):
        for concept_id in one.concept_ids:
            rows[concept_id].append(row)
    return {
        pk: (np.array(positions, dtype=np.int32), np.full(len(positions), DECLARED, dtype=np.float32))
        for pk, positions in rows.items()
    }
