"""Texts to rows of weighted words, and how near two texts are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from hansa.engine.language.words import fold
from hansa.engine.problem import BadProblem

_WORD = re.compile(r"[^\W\d_][^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ities", "ity", "ies", "es", "ed", "s", "al")
STEM = 4  # letters a word keeps when its ending goes
TITLE = 2  # a word of the title counts so many times more
COMMON = 0.5  # a word in more than this share of the texts says nothing

THEMES = 60  # directions in which texts differ most
# English words that say nothing of a topic; what is common beyond these is told by counting.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "about after all also and any are between both but can each for from has have how into its may more most new not "
        "of on only other our over own than that the their them then there these they this those through under until use "
        "using was were what when where which while who will with within would you your",
    )
)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without their light English endings and without empty words."""
    return [word for word in map(_plain, _WORD.findall(text)) if word]


@lru_cache(maxsize=1 << 17)
def _plain(written: str) -> str:
    """The stem of a word, or nothing for an empty word."""
    word = fold(written)
    if word in _EMPTY:
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word[: -len(ending)]
    return word


def spelt(text: str) -> dict[str, str]:
    """Return how a text first spells each of its words."""
    written: dict[str, str] = {}
    for word in _WORD.findall(text):
        written.setdefault(_plain(word), word.lower())
    return written


class Texts:
    """The words of past projects, weighted by how seldom they are; learnt once, then turns any text into a row."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Take (title, objective) of every project."""
        counts = [_counted(*text) for text in texts]
        seen = Counter(word for count in counts for word in count)
        # In doublings, so that one more project does not move the weights of all words.
        n = 1 << max(1, len(texts) - 1).bit_length()
        kept = sorted(word for word, times in seen.items() if times <= max(2, COMMON * n))
        self.words = kept
        self.place = {word: place for place, word in enumerate(kept)}
        self.weight = np.array([log((1 + n) / (0.5 + seen[word])) for word in kept])
        self.rows = self._rows(counts)
        self.axes = _axes(self.rows)

    def themes(self, rows: Any) -> npt.NDArray[np.float64]:
        """Return texts by theme instead of words, shape (texts, themes), unit length: near without a word in common."""
        themes: npt.NDArray[np.float64] = rows @ self.axes
        unit: npt.NDArray[np.float64] = themes / np.maximum(np.linalg.norm(themes, axis=1, keepdims=True), 1e-9)
        return unit

    def read(self, texts: Sequence[tuple[str, str]]) -> Any:
        """Return sparse float64, shape (texts, words), rows of unit length or empty."""
        return self._rows([_counted(*text) for text in texts])

    def shared(self, row: Any, other: int) -> tuple[str, ...]:
        """Return the words that a text shares with a past project, most telling first. row: sparse (1, words)."""
        mine = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        start, end = self.rows.indptr[other : other + 2]
        places, values = self.rows.indices[start:end].tolist(), self.rows.data[start:end].tolist()
        found = [
            (-round(mine[place] * value, 9), self.words[place])
            for place, value in zip(places, values, strict=True)
            if place in mine
        ]
        return tuple(word for _, word in sorted(found))

    def _rows(self, counts: Sequence[Counter[str]]) -> Any:
        from scipy.sparse import csr_array

        data: list[float] = []
        places: list[int] = []
        starts = [0]
        for count in counts:
            known = sorted((self.place[word], times) for word, times in count.items() if word in self.place)
            values = [(1 + log(times)) * self.weight[place] for place, times in known]
            length = sum(value * value for value in values) ** 0.5 or 1.0
            data += [value / length for value in values]
            places += [place for place, _ in known]
            starts.append(len(places))
        shape = (len(counts), max(1, len(self.words)))
        return csr_array((np.array(data), np.array(places, dtype=np.int64), np.array(starts)), shape=shape)


def _axes(rows: Any) -> npt.NDArray[np.float64]:
    """Return the directions in which the texts differ most, shape (words, themes). Singular vectors."""
    from scipy.sparse.linalg import svds

    most = min(THEMES, min(rows.shape) - 1)
    if most < 1 or not rows.nnz:
        return np.zeros((rows.shape[1], 1))
    _, _, across = svds(rows, k=most, v0=np.ones(min(rows.shape)))
    axes: npt.NDArray[np.float64] = across.T
    return axes


def _counted(title: str, objective: str) -> Counter[str]:
    if "\0" in title or "\0" in objective:
        raise BadProblem("title and objective must not hold a NUL character")
    return Counter(words_of(title) * TITLE + words_of(objective))
