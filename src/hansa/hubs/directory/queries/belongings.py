"""Facilities and past cases as candidates of a ranking: what they have by their own words, and by their hub."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import CharField, F, IntegerField, Value

from hansa.engine.closeness import Posting, near_concepts, nearness, with_owners
from hansa.engine.language.words import WordIndex
from hansa.engine.problem import Market
from hansa.engine.ranking import Kind, Traits
from hansa.hubs.directory.models import Facility, UseCase
from hansa.hubs.directory.queries.catalogue import Catalogue, Row
from hansa.hubs.directory.queries.matching import market_of_rows, market_with_near
from hansa.hubs.taxonomy import queries as taxonomy

# Only what belongs to the hubs that come nearest to the need is read, and of that the first: 0.3 ms each.
MOST_HUBS = 300
MOST_BELONGINGS = 500
# How strong it is when its own words name a concept: as the label stands, and bent or inside a longer word.
_NAMED, _NAMED_BENT = 0.8, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """A facility or a past case of a hub. ``infrastructure`` is the concept that says what kind of facility it is.

    ``year`` is of the case, if it is known.
    """

    kind: Kind
    hub: Row
    name: str
    text: str
    infrastructure: taxonomy.Entry | None
    year: int | None


def belongings_market(
    concept_ids: Sequence[int], *, place: tuple[float, float] | None, directory: Catalogue
) -> tuple[Market, Traits, tuple[Belonging, ...]]:
    """Return facilities and past cases of hubs that come near to the concepts, as candidates numbered from 1.

    One has a concept when its words name it, in any language, or when it is of that kind; else a fifth of what its hub covers counts. Three
    statements at most, whatever the size of the directory; the directory itself is asked for by the caller.

    :param place: latitude and longitude of the need, for the distances
    """
    hubs, near_hubs = market_with_near(concept_ids, directory=directory)
    counts = np.maximum(hubs.strength, near_hubs.strength).sum(axis=1)
    first = np.argsort(-counts, kind="stable")[:MOST_HUBS]
    row_of = {hubs.ids[row]: int(row) for row in first}
    found = _read(list(row_of), directory)
    postings = _postings(concept_ids, found)
    near = nearness(list(concept_ids), graph=taxonomy.graph(), postings=postings, n_candidates=len(found))
    owners = hubs.strength[[row_of[each.hub.id] for each in found]].reshape(len(found), len(concept_ids))
    traits = Traits(
        kinds=tuple(each.kind for each in found),
        near=with_owners(near, list(concept_ids), owners),
        has_place=place is not None,
    )
    strength = np.zeros(owners.shape, dtype=np.float32)
    for column, concept_id in enumerate(concept_ids):
        if concept_id in postings:
            strength[postings[concept_id][0], column] = postings[concept_id][1]
    ids, names = range(1, len(found) + 1), [each.name for each in found]
    return market_of_rows([each.hub for each in found], ids, names, strength, place), traits, tuple(found)


def _read(hub_ids: Sequence[int], directory: Catalogue) -> list[Belonging]:
    """Read facilities and past cases in one statement, in the order of their hubs."""
    order = {hub_id: place for place, hub_id in enumerate(hub_ids)}
    empty = Value("", output_field=CharField())
    facilities = Facility.objects.filter(hub_id__in=hub_ids).order_by()
    cases = UseCase.objects.filter(hub_id__in=hub_ids).order_by()
    rows = facilities.values_list(
        Value("facility", output_field=CharField()), "pk", "hub_id", "name", "description", "infrastructure_id", empty,
        Value(None, output_field=IntegerField()),
    ).union(
        cases.values_list(
            Value("case", output_field=CharField()), "pk", "hub_id", "title", "summary",
            Value(None, output_field=IntegerField()), "sector", F("year"),
        ),
        all=True,
    )  # fmt: skip
    read = sorted(rows, key=lambda row: (order[row[2]], row[0], row[1]))[:MOST_BELONGINGS]
    kinds = taxonomy.entries(row[5] for row in read if row[5])
    return [_belonging(row, kinds, directory) for row in read]


def _belonging(row: tuple[Any, ...], kinds: Mapping[int, taxonomy.Entry], directory: Catalogue) -> Belonging:
    kind, _pk, hub_id, name, text, infrastructure_id, _sector, year = row
    return Belonging(
        kind=kind,
        hub=directory.rows[directory.by_id[hub_id]],
        name=name,
        text=text,
        infrastructure=kinds.get(infrastructure_id),
        year=year,
    )


def _postings(concept_ids: Sequence[int], found: Sequence[Belonging]) -> dict[int, Posting]:
    """Return for the concepts, and those near them, what names them in its words."""
    graph = taxonomy.graph()
    near = {pk for concept_id in concept_ids for pk in near_concepts(concept_id, graph=graph)}
    index = WordIndex(taxonomy.wordings({*concept_ids, *near}))
    named: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row, each in enumerate(found):
        kind = each.infrastructure
        found_in_words = index.find(f"{each.name}. {each.text}. {kind.label_in('en') if kind else ''}")
        for concept_id, occurrence in found_in_words.items():
            named[concept_id].append((row, _NAMED if occurrence.exact else _NAMED_BENT))
        if kind is not None and kind.id not in found_in_words:
            named[kind.id].append((row, _NAMED))
    return {pk: _posting(rows) for pk, rows in named.items()}


def _posting(rows: Iterable[tuple[int, float]]) -> Posting:
    positions, strengths = zip(*rows, strict=True)
    return np.array(positions, dtype=np.int32), np.array(strengths, dtype=np.float32)
