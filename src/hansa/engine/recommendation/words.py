"""Texts to rows of weighted words, and how near two texts are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np

from hansa.engine.language.words import fold
from hansa.engine.problem import BadProblem

_WORD = re.compile(r"[^\W\d_][^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ities", "ity", "ies", "es", "ed", "s", "al")
STEM = 4  # letters a word keeps when its ending goes
TITLE = 2  # a word of the title counts so many times more
COMMON = 0.5  # a word in more than this share of the texts says nothing


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without their light English endings."""
    return [_stem(word) for word in _WORD.findall(fold(text))]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word[: -len(ending)]
    return word


class Texts:
    """The words of past projects, weighted by how seldom they are; learnt once, then turns any text into a row."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Take (title, objective) of every project."""
        counts = [_counted(*text) for text in texts]
        seen = Counter(word for count in counts for word in count)
        n = len(texts)
        kept = sorted(word for word, times in seen.items() if n < 3 or 1 < times <= max(2, COMMON * n))
        self.words = kept
        self.place = {word: place for place, word in enumerate(kept)}
        self.weight = np.array([log((1 + n) / (0.5 + seen[word])) for word in kept])
        self.rows = self._rows(counts)

    def read(self, texts: Sequence[tuple[str, str]]) -> Any:
        """Return sparse float64, shape (texts, words), rows of unit length or empty."""
        return self._rows([_counted(*text) for text in texts])

    def shared(self, one: tuple[str, str], other: tuple[str, str]) -> tuple[str, ...]:
        """Return the words both texts hold, as the first spells them, most telling first."""
        first, second = _counted(*one), _counted(*other)
        weight = {word: self.weight[self.place[word]] for word in first if word in second and word in self.place}
        weight = {word: value * (1 + log(first[word])) * (1 + log(second[word])) for word, value in weight.items()}
        spelt: dict[str, str] = {}
        for written in _WORD.findall(f"{one[0]} {one[1]}"):
            spelt.setdefault(_stem(fold(written)), written.lower())
        best = sorted(weight, key=lambda word: (-round(float(weight[word]), 9), word))
        return tuple(spelt[word] for word in best if word in spelt)

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


def _counted(title: str, objective: str) -> Counter[str]:
    if "\0" in title or "\0" in objective:
        raise BadProblem("title and objective must not hold a NUL character")
    return Counter(words_of(title) * TITLE + words_of(objective))
