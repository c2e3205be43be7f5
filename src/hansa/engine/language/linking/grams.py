"""Labels as bags of character n-grams: what looks alike, in one language or in two that are near each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse

from hansa.engine.language.words import fold
from hansa.engine.problem import Floats

SIZES = (3, 4, 5)
_WORD = re.compile(r"[^\W_]+")


class GramIndex:
    """Compares texts with labels by their character 3- to 5-grams inside words, rare ones counting more (TF-IDF).

    Accents and capitals do not matter. Grams that no label has count as the rarest: they make a text less like any.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        counted = [Counter(_grams(label)) for label in labels]
        seen = Counter(gram for counts in counted for gram in counts)
        self._columns = {gram: column for column, gram in enumerate(seen)}
        n = np.fromiter(seen.values(), dtype=np.float64, count=len(seen))
        self._weights = np.log((1 + len(labels)) / (1 + n)) + 1
        self._unseen = float(np.log(1 + len(labels)) + 1)
        self._labels = self._table(counted).T.tocsc()

    def nearness(self, texts: Sequence[str]) -> Floats:
        """Cosine of texts and labels, 0..1: float32, shape (texts, labels)."""
        product = self._table([Counter(_grams(text)) for text in texts]) @ self._labels
        near: Floats = product.toarray()
        return near

    def _table(self, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
        columns: list[int] = []
        values: list[np.ndarray] = []
        ends = [0]
        for counts in counted:
            known = [(self._columns[gram], n) for gram, n in counts.items() if gram in self._columns]
            places = np.array([column for column, _ in known], dtype=np.int64)
            weighted = (1 + np.log(np.array([n for _, n in known], dtype=np.float64))) * self._weights[places]
            unseen = sum(counts.values()) - sum(n for _, n in known)
            length = np.sqrt((weighted**2).sum() + unseen * self._unseen**2)
            columns += places.tolist()
            values.append(weighted / max(float(length), 1e-9))
            ends.append(len(columns))
        flat = np.concatenate(values).astype(np.float32) if values else np.zeros(0, dtype=np.float32)
        return sparse.csr_matrix(
            (flat, np.array(columns, dtype=np.int32), ends), shape=(len(counted), len(self._columns))
        )


def _grams(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text)):
        padded = f" {word} "
        for size in SIZES:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
