"""Columns of the catalogue that searches sort and count by; worked out once per state of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from hansa.hubs.directory.queries.catalogue import Catalogue
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.states import Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

Floats = npt.NDArray[np.float32]
# What was read in a text only is weaker than this; what a hub says itself is not. Between hubs, it counts as much less.
SAID_FROM = 0.61
_READ_COUNTS = 0.3
_STANDING = {Trust.ASSESSED: 2, Trust.DECLARED: 1}


class Columns:
    """What every row of one catalogue is worth in each order; higher comes first, names decide between equals."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows = catalogue.rows
        rates = [row.day_rate_eur for row in rows]
        self.joint = np.array([row.joint_deliveries for row in rows], dtype=np.float32)
        self.rate = -np.array([np.inf if rate is None else rate for rate in rates], dtype=np.float32)
        # Between hubs that fit equally well: checked ones, then those with more deliveries behind them.
        standing = np.array([_STANDING.get(Trust(row.trust), 0) for row in rows], dtype=np.float32)
        self.standing = standing + self.joint / (1 + self.joint)
        known = taxonomy.vocabulary(Kind.ACTIVITY)
        self.codes = {code: column for column, code in enumerate(known)}
        self.activities = np.zeros((len(rows), len(self.codes)), dtype=np.float32)
        for position, row in enumerate(rows):
            for code in row.activities:
                if code in known:
                    said = row.concepts.get(known[code].id, 0.0) >= SAID_FROM
                    self.activities[position, self.codes[code]] = 1.0 if said else _READ_COUNTS

    def covered(self, codes: Iterable[str]) -> Floats:
        """Return how many of these activities each row covers; those only read in its text count less."""
        chosen = [self.codes[code] for code in codes if code in self.codes]
        counts: Floats = self.activities[:, chosen].sum(axis=1)
        return counts


_columns: Kept[Columns] = Kept(2)


def columns(catalogue: Catalogue) -> Columns:
    return _columns.get(catalogue.stamp, lambda: Columns(catalogue))


def country_order(catalogue: Catalogue, language: str) -> Floats:
    """Return a value per row that sorts by the country's name in the reader's language; unknown countries last."""
    vocabulary = taxonomy.vocabulary(Kind.COUNTRY)
    names = {code: taxonomy.normalised(entry.label_in(language)) for code, entry in vocabulary.items()}
    place = {code: -float(rank) for rank, code in enumerate(sorted(names, key=names.__getitem__))}
    return np.array([place.get(row.country, -np.inf) for row in catalogue.rows], dtype=np.float32)


def strength_of(catalogue: Catalogue, concept_ids: Sequence[int]) -> Floats:
    """Return how strongly each row covers the best of these concepts, 0..1."""
    strength = np.zeros(len(catalogue.rows), dtype=np.float32)
    for concept_id in concept_ids:
        posting = catalogue.postings.get(concept_id)
        if posting is not None:
            positions, strengths = posting
            strength[positions] = np.maximum(strength[positions], strengths)
    return strength
