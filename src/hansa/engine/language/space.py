"""Concepts as points: several vectors each, measured from the middle of everyday sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from hansa.engine.language.background import SENTENCES
from hansa.engine.language.encoder import DIMENSIONS, Encoder
from hansa.engine.problem import Concept, Floats

MOST_ALTERNATIVES = 8  # alternative labels that get a vector of their own
MOST_ELSEWHERE = 2  # the same in a language other than English


class Space:
    """The vectors of a vocabulary. About 15 KB per concept with eight alternatives."""

    def __init__(self, concepts: Sequence[Concept], encoder: Encoder) -> None:
        self._encoder: Encoder = getattr(encoder, "inner", encoder)  # what users write is not kept in the cache
        wordings = [tuple(wordings_of(concept)) for concept in concepts]
        flat = [text for texts in wordings for text in texts]
        self._middle: Floats = encoder.encode(SENTENCES, "query").mean(axis=0)
        self._slots = _slots([len(texts) for texts in wordings])
        self._vectors = self._centred(encoder.encode(flat, "query")) if flat else _none()
        hearts = [self._own(number).mean(axis=0) for number in range(len(concepts))]
        self._hearts = _unit(np.stack(hearts)) if hearts else _none()

    def read(self, texts: Sequence[str]) -> Floats:
        """Vectors of texts as the model gives them: float32, shape (texts, 384), unit length."""
        unique = list(dict.fromkeys(texts))
        if not unique:
            return _none()
        vectors = self._encoder.encode(unique, "query")
        position = {text: row for row, text in enumerate(unique)}
        return vectors[[position[text] for text in texts]]

    def nearness(self, texts: Floats) -> Floats:
        """Mean of the two nearest vectors of each concept, -1..1: float32, shape (texts, concepts)."""
        cosine = self._centred(texts) @ self._vectors.T
        padded = np.concatenate([cosine, np.full((len(cosine), 1), -1.0, dtype=np.float32)], axis=1)
        per_concept = padded[:, self._slots]
        if per_concept.shape[2] == 1:
            only: Floats = np.ascontiguousarray(per_concept[:, :, 0])
            return only
        top = np.partition(per_concept, -2, axis=2)[:, :, -2:]
        near: Floats = np.where(self._slots[:, 1] < 0, top[:, :, 1], top.mean(axis=2)).astype(np.float32)
        return near

    def nearest(self, number: int, texts: Floats) -> int:
        """Which of the texts is nearest to one concept; the first of equal ones."""
        cosine = self._centred(texts) @ self._own(number).T
        return int(np.sort(cosine, axis=1)[:, -2:].mean(axis=1).argmax())

    def likeness(self, one: int, other: int) -> float:
        """How much two concepts mean the same, -1..1; 0.8 and more is hardly a difference."""
        return float(self._hearts[one] @ self._hearts[other])

    def _own(self, number: int) -> Floats:
        slots = self._slots[number]
        own: Floats = self._vectors[slots[slots >= 0]]
        return own

    def _centred(self, vectors: Floats) -> Floats:
        return _unit(vectors - self._middle)


def rest_of(whole: Floats, *, length: int, parts: Floats, lengths: Sequence[int]) -> Floats:
    """About the vector of what is left of a text beside some of its parts: float32, shape (384,), unit length.

    The vector of a text is a mean over its words, so what the parts leave is what the rest brought in. Lengths in
    characters. It saves reading the longest part of a stretch again, and points to the same words nine times of ten.
    """
    left = length * whole - np.asarray(lengths, dtype=np.float32) @ parts
    rest: Floats = _unit(left[None, :])[0]
    return rest


def texts_to_encode(concepts: Sequence[Concept]) -> tuple[str, ...]:
    """All texts an index of these concepts needs vectors of (kind ``query``), each once."""
    wordings = (text for concept in concepts for text in wordings_of(concept))
    return tuple(dict.fromkeys((*SENTENCES, *wordings)))


def wordings_of(concept: Concept) -> Iterator[str]:
    """Texts of a concept that get a vector: labels, some alternatives, other languages, definition.

    Activities get English ones only: they are described by phrases, beside which a terse name in another language
    draws all texts of that language to itself (measured, see ``docs/engine.md``).
    """
    english = tuple(concept.labels.get("en", ()))[: MOST_ALTERNATIVES + 1]
    others = [
        label
        for language, labels in concept.labels.items()
        if language != "en" and (concept.kind != "activity" or not english)
        for label in labels[: MOST_ELSEWHERE + 1]
    ]
    texts = [*english, *others, concept.definition]
    yield from dict.fromkeys(" ".join(text.split()) for text in texts if text.strip())


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def _none() -> Floats:
    return np.zeros((0, DIMENSIONS), dtype=np.float32)


def _slots(lengths: Sequence[int]) -> npt.NDArray[np.intp]:
    """Rows of the vectors of each concept, shape (concepts, most vectors), -1 where there is none."""
    slots = np.full((len(lengths), max(lengths, default=1)), -1, dtype=np.intp)
    start = 0
    for row, length in enumerate(lengths):
        slots[row, :length] = np.arange(start, start + length)
        start += length
    return slots
