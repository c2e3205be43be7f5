"""Which texts of a vocabulary get a vector for linking."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hansa.engine.language.words import fold
from hansa.engine.problem import Concept

MOST_TOGETHER = 4  # alternative labels beside the preferred one in the text that holds them all
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wordings:
    """Texts, and the number of the concept each belongs to: intp, shape (texts,), ascending."""

    texts: tuple[str, ...]
    owners: npt.NDArray[np.intp]


def without_languages(concepts: Sequence[Concept], hidden: Collection[str]) -> list[Concept]:
    """The concepts as if they had nothing in these languages; one that has no label left is not there."""
    kept = []
    for concept in concepts:
        labels = {language: labels for language, labels in concept.labels.items() if language not in hidden}
        if any(labels.values()):
            kept.append(replace(concept, labels=labels, definition="" if "en" in hidden else concept.definition))
    return kept


def labels_by_language(concepts: Sequence[Concept]) -> Mapping[str, Wordings]:
    """Preferred labels of every language, languages in alphabetical order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, concept in enumerate(concepts):
        for language, labels in concept.labels.items():
            if labels:
                found.setdefault(language, []).append((number, labels[0]))
    return {language: _wordings(found[language]) for language in sorted(found)}


def together(concepts: Sequence[Concept]) -> Wordings:
    """One text per concept that has several English labels: those that say it in other words, in one line.

    One vector of all costs a fifth of one vector for each and finds nearly as much (``docs/engine.md``).
    """
    lines = [(number, _in_other_words(concept.labels.get("en", ()))) for number, concept in enumerate(concepts)]
    return _wordings([(number, "; ".join(labels)) for number, labels in lines if len(labels) > 1])


def texts_to_link(concepts: Sequence[Concept]) -> tuple[str, ...]:
    """All texts a linker of these concepts needs vectors of (kind ``query``), each once."""
    labels = labels_by_language(concepts).values()
    texts = (text for wordings in (*labels, together(concepts)) for text in wordings.texts)
    return tuple(dict.fromkeys(texts))


def _in_other_words(labels: Sequence[str]) -> list[str]:
    """The first label, and of the others those that bring most new words each."""
    kept, rest = list(labels[:1]), list(labels[1:])
    seen = set(_words(" ".join(kept)))
    while rest and len(kept) <= MOST_TOGETHER:
        shares = [sum(word not in seen for word in _words(label)) / (1 + len(_words(label))) for label in rest]
        best = int(np.argmax(shares))
        if shares[best] == 0:
            break
        kept.append(rest.pop(best))
        seen.update(_words(kept[-1]))
    return kept


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _wordings(pairs: Sequence[tuple[int, str]]) -> Wordings:
    return Wordings(tuple(text for _, text in pairs), np.array([number for number, _ in pairs], dtype=np.intp))
