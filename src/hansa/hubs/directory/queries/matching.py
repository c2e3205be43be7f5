"""The directory as the engine's market, and the evidence behind each mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np
from django.db.models import IntegerField, QuerySet, Value
from django.utils.translation import gettext as _

from hansa.engine.closeness import Nearness, nearness
from hansa.engine.problem import Market
from hansa.hubs.directory.models import Competence, ServiceOffer, Suggestion
from hansa.hubs.directory.queries.catalogue import Catalogue, Row, catalogue
from hansa.hubs.directory.states import DEFAULT_DAY_RATE_EUR, SuggestionState, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_TRUST = {Trust.ASSESSED: 1.0, Trust.DECLARED: 0.6, Trust.IMPORTED: 0.3}
_EARTH_KM = 6371.0
MOST_ONLY_NEAR = 200


def market(
    concept_ids: Sequence[int], *, place: tuple[float, float] | None = None, directory: Catalogue | None = None
) -> Market:
    """Return every listed hub that covers at least one of the concepts, the lead's included.

    ``strength`` has one column per concept, in their order. One statement when the directory did not change.

    :param place: latitude and longitude of the need, for the distances
    :param directory: the catalogue, where the caller has it already; no statement then
    """
    directory = directory or catalogue()
    return _market_of(_covering(concept_ids, directory), concept_ids, place, directory)


def market_with_near(
    concept_ids: Sequence[int], *, place: tuple[float, float] | None = None, directory: Catalogue | None = None
) -> tuple[Market, Nearness[int]]:
    """Return the market, the hubs that only have something near a concept among it, and what they have.

    Of hubs that cover nothing the 200 with the most near are in. One statement when the directory did not change, and
    one more after a vocabulary was loaded.
    """
    directory = directory or catalogue()
    near = nearness(
        list(concept_ids), graph=taxonomy.graph(), postings=directory.postings, n_candidates=len(directory.rows)
    )
    covering = _covering(concept_ids, directory)
    only_near = near.strength.sum(axis=1)
    only_near[covering] = 0
    most = np.argsort(-only_near, kind="stable")[:MOST_ONLY_NEAR]
    chosen = np.union1d(covering, most[only_near[most] > 0]).astype(np.int32)
    of_chosen = replace(near, strength=near.strength[chosen], path=near.path[chosen])
    return _market_of(chosen, concept_ids, place, directory), of_chosen


def _covering(concept_ids: Sequence[int], directory: Catalogue) -> np.ndarray:
    """Return the rows that cover at least one of the concepts."""
    columns = (directory.postings.get(concept_id) for concept_id in concept_ids)
    covering = [positions for positions, _strengths in filter(None, columns)]
    return np.unique(np.concatenate(covering)) if covering else np.zeros(0, dtype=np.int32)


def _market_of(
    chosen: np.ndarray, concept_ids: Sequence[int], place: tuple[float, float] | None, directory: Catalogue
) -> Market:
    columns = [directory.postings.get(concept_id) for concept_id in concept_ids]
    strength = np.zeros((len(chosen), len(concept_ids)), dtype=np.float32)
    for column, posting in enumerate(columns):
        if posting is not None:
            strength[np.searchsorted(chosen, posting[0]), column] = posting[1]
    rows = [directory.rows[position] for position in chosen]
    return market_of_rows(rows, [row.id for row in rows], [row.name for row in rows], strength, place)


def market_of_rows(
    rows: Sequence[Row],
    ids: Sequence[int],
    names: Sequence[str],
    strength: np.ndarray,
    place: tuple[float, float] | None,
) -> Market:
    """Return a market of candidates with these ids and names; ``rows`` are the hubs they are or belong to."""
    return Market(
        ids=tuple(ids),
        names=tuple(names),
        countries=tuple(row.country for row in rows),
        languages=tuple(frozenset(row.languages) for row in rows),
        strength=strength,
        cost_eur=_floats(row.day_rate_eur if row.day_rate_eur is not None else DEFAULT_DAY_RATE_EUR for row in rows),
        distance_km=_distances(rows, place),
        trust=_floats(_TRUST.get(Trust(row.trust), 0.3) for row in rows),
        free_days=_floats(np.nan if row.free_days is None else row.free_days for row in rows),
        joint_deliveries=np.array([row.joint_deliveries for row in rows], dtype=np.int32),
    )


def _floats(values: Iterable[float]) -> np.ndarray:
    return np.array(list(values), dtype=np.float32)


def _distances(rows: Sequence[Row], place: tuple[float, float] | None) -> np.ndarray:
    """Return great-circle distances in km; NaN where a place is unknown."""
    if place is None:
        return np.full(len(rows), np.nan, dtype=np.float32)
    latitudes = np.radians([np.nan if row.latitude is None else row.latitude for row in rows])
    longitudes = np.radians([np.nan if row.longitude is None else row.longitude for row in rows])
    here_latitude, here_longitude = np.radians(place)
    half = (
        np.sin((latitudes - here_latitude) / 2) ** 2
        + np.cos(latitudes) * np.cos(here_latitude) * np.sin((longitudes - here_longitude) / 2) ** 2
    )
    return (2 * _EARTH_KM * np.arcsin(np.sqrt(half))).astype(np.float32)


def evidence(
    hub_ids: Collection[int], concept_ids: Collection[int], *, directory: Catalogue | None = None
) -> dict[tuple[int, int], str]:
    """Say what stands behind each hub's mark for each concept; one statement for any number.

    What the hub says comes before what was read in its text.

    :param directory: the catalogue, where the caller has it already; a second statement otherwise
    """
    found: dict[tuple[int, int], str] = {}
    ids, concepts = list(hub_ids), list(concept_ids)
    read = Suggestion.objects.filter(hub_id__in=ids, concept_id__in=concepts, state=SuggestionState.OPEN)
    said = Competence.objects.filter(hub_id__in=ids, skill_id__in=concepts)
    offered = ServiceOffer.objects.filter(hub_id__in=ids, activity_id__in=concepts)
    rows = _texts(read, 0, "concept_id", "sentence").union(
        _texts(said, 1, "skill_id", "evidence"),
        _texts(offered, 2, "activity_id", "title"),
        _texts(offered, 3, "activity_id", "evidence"),
        all=True,
    )
    for hub_id, concept_id, text, kind in sorted(rows, key=lambda row: row[3]):
        found[hub_id, concept_id] = _in_words(kind, text, found.get((hub_id, concept_id), ""))
    return found | _technologies(ids, concepts, found, directory or catalogue())


def _texts(rows: QuerySet, kind: int, concept: str, text: str) -> QuerySet:
    """Return hub, concept, text and where it stands, in one shape for all tables."""
    return rows.order_by().values_list("hub_id", concept, text, Value(kind, output_field=IntegerField()))


def _in_words(kind: int, text: str, before: str) -> str:
    if kind == 0:
        return _("Read in the hub's own text, not confirmed yet: “%(sentence)s”") % {"sentence": text}
    if kind == 1:
        return text or _("The hub says so, without evidence.")
    if kind == 2:
        return text or _("The hub offers it, without evidence.")
    unsaid = _("The hub offers it, without evidence.")
    return ". ".join(part for part in (before if before != unsaid else "", text) if part) or unsaid


def _technologies(
    ids: list[int], concepts: list[int], found: dict[tuple[int, int], str], directory: Catalogue
) -> dict[tuple[int, int], str]:
    known = {e.id: e.notation for e in taxonomy.vocabulary(Kind.TECHNOLOGY).values() if e.id in concepts}
    rows = [directory.rows[directory.by_id[pk]] for pk in ids if pk in directory.by_id]
    return {
        (row.id, concept_id): _("Among the technologies the hub names.")
        for row in rows
        for concept_id, notation in known.items()
        if notation in row.technologies and (row.id, concept_id) not in found
    }
