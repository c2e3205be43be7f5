"""Names of organisations that a text speaks of, in whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from hansa.engine.recommendation.names import key_of

SHORTEST = 3  # letters
TELLING = 3.0  # a word that fewer than one text in 20 holds


class Mentions:
    """Which words of whose name occur in a text, weighted by how seldom texts hold them."""

    def __init__(self, names: Sequence[str], texts: Sequence[tuple[str, str]]) -> None:
        from scipy.sparse import csr_array

        of_name = [sorted({word for word in key_of(name).split() if len(word) >= SHORTEST}) for name in names]
        self.place = {word: n for n, word in enumerate(sorted({word for words in of_name for word in words}))}
        self.spelt = sorted(self.place, key=self.place.__getitem__)
        held = np.zeros(len(self.place))
        for text in texts:
            held[self._in(text)] += 1
        weight = np.array([max(0.0, log(len(texts) / (1 + times))) for times in held])
        pairs = [(n, self.place[word]) for n, words in enumerate(of_name) for word in words]
        rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self.weighted = csr_array((weight[columns], (rows, columns)), shape=(len(names), max(1, len(self.place))))

    def read(self, texts: Sequence[tuple[str, str]]) -> npt.NDArray[np.float64]:
        """Return the weight of the words of each name that occur in each text, shape (texts, organisations)."""
        from scipy.sparse import csr_array

        pairs = [(n, place) for n, text in enumerate(texts) for place in self._in(text)]
        rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        shape = (len(texts), self.weighted.shape[1])
        occurs: Any = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        found: npt.NDArray[np.float64] = (occurs @ self.weighted.T).toarray()
        return found

    def words(self, organisation: int, text: tuple[str, str]) -> tuple[str, ...]:
        """Return the words of one name that occur in a text, the most seldom first."""
        occurs = set(self._in(text))
        start, end = self.weighted.indptr[organisation : organisation + 2]
        found = [
            (-self.weighted.data[at], self.spelt[self.weighted.indices[at]])
            for at in range(start, end)
            if self.weighted.indices[at] in occurs and self.weighted.data[at] >= TELLING
        ]
        return tuple(word for _, word in sorted(found))

    def _in(self, text: tuple[str, str]) -> list[int]:
        return sorted({self.place[word] for part in text for word in key_of(part).split() if word in self.place})
