"""The directory as one process keeps it: columns and postings of all listed hubs, brought up to date by revision.

Pages that list, count, compare and match read it instead of joining tables: one cheap statement tells whether it is
still current, and only hubs that changed are read again. Any process can rebuild it at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from hansa.engine.facets import Facets
from hansa.hubs.directory.models import Hub
from hansa.hubs.directory.queries.rows import FIELDS, Row, read_rows

__all__ = ["Catalogue", "Posting", "Row", "catalogue", "forget"]

Posting = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]

# More changed hubs than this and everything is sorted, counted and indexed anew.
_MOST_IN_PLACE = 200


@dataclass(frozen=True)
class Catalogue:
    """The listed hubs at one revision, in alphabetical order. Never changed, so threads share it."""

    stamp: tuple[int, int]
    rows: tuple[Row, ...]

    @cached_property
    def by_id(self) -> dict[int, int]:
        """Where each hub stands in ``rows``."""
        return {row.id: position for position, row in enumerate(self.rows)}

    @cached_property
    def facets(self) -> Facets:
        """Counts of function, activity, technology, sector, country, language, type and trust."""
        keys = [_keys_of(row) for row in self.rows]
        groups = _keys_of(_NOBODY)
        return Facets(len(keys), {group: [each[group] for each in keys] for group in groups})

    @cached_property
    def postings(self) -> dict[int, Posting]:
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

    def replaced(self, stamp: tuple[int, int], fresh: Mapping[int, Row]) -> Catalogue:
        """Return a copy in which the rows at some positions are others, of the same hubs and names."""
        rows = list(self.rows)
        for position, row in fresh.items():
            rows[position] = row
        copy = Catalogue(stamp=stamp, rows=tuple(rows))
        known = vars(self)
        if "by_id" in known:
            vars(copy)["by_id"] = self.by_id
        if "facets" in known and fresh:
            vars(copy)["facets"] = self.facets.replaced({position: _keys_of(row) for position, row in fresh.items()})
        if "postings" in known:
            vars(copy)["postings"] = self._postings_with(fresh)
        return copy

    def _postings_with(self, fresh: Mapping[int, Row]) -> dict[int, Posting]:
        postings = dict(self.postings)
        changed = np.array(sorted(fresh), dtype=np.int32)
        touched = {pk for position, row in fresh.items() for pk in (*self.rows[position].concepts, *row.concepts)}
        nothing = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))
        for concept_id in touched:
            positions, strengths = postings.pop(concept_id, nothing)
            stays = ~np.isin(positions, changed)
            now = [(position, fresh[position].concepts[concept_id]) for position in changed.tolist()
                   if concept_id in fresh[position].concepts]  # fmt: skip
            joined = np.concatenate([positions[stays], np.array([position for position, _ in now], dtype=np.int32)])
            if len(joined):
                order = np.argsort(joined, kind="stable")
                values = np.concatenate([strengths[stays], np.array([each for _, each in now], dtype=np.float32)])
                postings[concept_id] = (joined[order], values[order])
        return postings


_NOBODY = Row(0, "", "", b"", "", "", "", None, "", "", "", None, None, (), (), (), None, None, 0, None, False, (),
              (0, 0, 0, 0))  # fmt: skip


def _keys_of(row: Row) -> dict[str, tuple[str, ...]]:
    return {
        "function": tuple({code.split("-", 1)[0] for code in row.activities}),
        "activity": row.activities,
        "technology": row.technologies,
        "sector": row.sectors,
        "country": (row.country,) if row.country else (),
        "language": row.languages,
        "type": (row.hub_type,),
        "trust": (row.trust,),
    }


_lock = Lock()
_nothing = Catalogue(stamp=(-1, -1), rows=())
_catalogue = _nothing

# A page that writes sees its own changes, and nobody else may before they are committed. A transaction that wrote has
# a number: what is read in it is kept under that number, with its connection.
_STAMP = """
SELECT COALESCE(max(generation), 0), COALESCE(max(revision), 0), pg_current_xact_id_if_assigned()::text
FROM hubs_directorystate
"""


def catalogue() -> Catalogue:
    """Return the directory as it stands; one statement when nothing changed since the last call.

    While another thread reads what changed, the state before is returned: it is seconds old at most.
    """
    global _catalogue
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        generation, revision, writing = cursor.fetchone()
    stamp, current = (generation, revision), _catalogue
    if current.stamp == stamp:
        return current
    if writing is not None:
        return _kept_by_writer(writing, stamp)
    if not _lock.acquire(blocking=current is _nothing):
        return current
    try:
        if _catalogue.stamp != stamp:
            _catalogue = _refreshed(_catalogue, stamp)
        return _catalogue
    finally:
        _lock.release()


def forget() -> None:
    """Drop what this process keeps."""
    global _catalogue
    _catalogue = _nothing
    connection._hansa_catalogue = None  # type: ignore[attr-defined]


def _kept_by_writer(writing: str, stamp: tuple[int, int]) -> Catalogue:
    number, kept = getattr(connection, "_hansa_catalogue", None) or ("", _nothing)
    if number != writing:
        kept = _catalogue
    if kept.stamp != stamp:
        kept = _refreshed(kept, stamp)
    connection._hansa_catalogue = (writing, kept)  # type: ignore[attr-defined]
    return kept


def _refreshed(old: Catalogue, stamp: tuple[int, int]) -> Catalogue:
    """Read what changed; everything, when a hub was removed or what is kept does not fit what is stored."""
    changed = _changed_since(old, stamp)
    if changed is None:
        read = list(Hub.objects.filter(is_listed=True).values_list(*FIELDS))
        return _sorted(stamp, read_rows(read, None))
    fresh = {row.id: row for row in read_rows(changed, [values[0] for values in changed])}
    if len(changed) <= _MOST_IN_PLACE and all(_stands_still(old, values[0], fresh) for values in changed):
        return old.replaced(stamp, {old.by_id[pk]: row for pk, row in fresh.items()})
    touched = {values[0] for values in changed}
    return _sorted(stamp, [*(row for row in old.rows if row.id not in touched), *fresh.values()])


def _changed_since(old: Catalogue, stamp: tuple[int, int]) -> list[tuple[Any, ...]] | None:
    """Return the hubs changed since ``old``; None when ``old`` is no base: another generation, or rolled back."""
    if old.stamp[0] != stamp[0] or not 0 <= old.stamp[1] <= stamp[1]:
        return None
    changed = list(Hub.objects.filter(revision__gt=old.stamp[1]).values_list(*FIELDS))
    expected = len(old.rows) - sum(values[0] in old.by_id for values in changed)
    stored = Hub.objects.filter(is_listed=True, revision__lte=old.stamp[1]).count()
    return changed if stored == expected else None


def _stands_still(old: Catalogue, pk: int, fresh: Mapping[int, Row]) -> bool:
    """Tell whether a hub keeps its place in the alphabet (or stays out of the list)."""
    position, row = old.by_id.get(pk), fresh.get(pk)
    if position is None or row is None:
        return position is None and row is None
    return old.rows[position].place == row.place


def _sorted(stamp: tuple[int, int], rows: object) -> Catalogue:
    return Catalogue(stamp=stamp, rows=tuple(sorted(rows, key=lambda row: row.place)))  # type: ignore[call-overload]
