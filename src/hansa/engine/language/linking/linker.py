"""Links texts to concepts by meaning in several views and by spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.language.calibration import both, confidence_of_words
from hansa.engine.language.detection import detect
from hansa.engine.language.encoder import Encoder
from hansa.engine.language.linking.alignment import learn
from hansa.engine.language.linking.combination import combination_for
from hansa.engine.language.linking.grams import GramIndex
from hansa.engine.language.linking.pieces import as_written, pieces
from hansa.engine.language.linking.wordings import labels_by_language, together
from hansa.engine.language.sentences import Span
from hansa.engine.language.words import Occurrence, WordIndex
from hansa.engine.problem import Concept, Floats

BATCH = 32  # pieces compared at once: about 60 MB per view of 14,000 concepts


@dataclass(frozen=True, slots=True)
class Query:
    """A text, and its language where it is known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A concept a text is linked to; ``text[start:end]`` are the words that carried the decision.

    ``score``: 0..1, about the share of such links that say the same or nearly, when the text is a term. Never rising
    from one link to the next; two may share a score.
    """

    concept: Concept
    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _View:
    """Vectors and spellings of the labels of one language."""

    owners: npt.NDArray[np.intp]
    vectors: Floats
    middle: Floats
    grams: GramIndex


class Linker:
    """Ranks all concepts of a vocabulary for each text.

    Evidence: nearness in meaning to the label in any language, in all languages on average, in the text's own
    language, and to the English labels taken together; likeness of spelling in any language and in its own. Meaning
    is measured in a view learnt from the translations in the vocabulary (``alignment``). Building takes a few seconds
    beside the vectors, and about 12 KB per concept and language.
    """

    def __init__(self, concepts: Sequence[Concept], encoder: Encoder) -> None:
        self.concepts = tuple(concepts)
        self._encoder: Encoder = getattr(encoder, "inner", encoder)  # what users write is not kept in the cache
        self._combination = combination_for(encoder.model_id)
        if not self.concepts:
            return
        labels = labels_by_language(self.concepts)
        raw = {language: encoder.encode(wordings.texts, "query") for language, wordings in labels.items()}
        middles = {language: vectors.mean(axis=0) for language, vectors in raw.items()}
        self._elsewhere: Floats = np.mean(list(middles.values()), axis=0)
        self._alignment = learn(
            np.concatenate([raw[language] - middles[language] for language in labels]),
            np.concatenate([wordings.owners for wordings in labels.values()]),
        )
        self._views = {
            language: _View(
                wordings.owners,
                self._alignment.apply(raw[language] - middles[language]),
                middles[language],
                GramIndex(wordings.texts),
            )
            for language, wordings in labels.items()
        }
        self._together = self._lines(encoder)
        self._words = WordIndex(_labels(self.concepts))

    def _lines(self, encoder: Encoder) -> tuple[npt.NDArray[np.intp], Floats]:
        """Owners and vectors of the English labels taken together."""
        lines = together(self.concepts)
        if not lines.texts:
            return lines.owners, np.zeros((0, len(self._elsewhere)), dtype=np.float32)
        vectors = encoder.encode(lines.texts, "query")
        return lines.owners, self._alignment.apply(vectors - vectors.mean(axis=0))

    def __len__(self) -> int:
        return len(self.concepts)

    def link(self, queries: Sequence[Query], *, top: int = 10) -> Iterator[tuple[Link, ...]]:
        """Yield the ``top`` best concepts of each text, best first, equal ones by id; nothing for empty text.

        About 15 ms per word and 20 ms per piece of text for 14,000 concepts in five languages (one core).
        """
        for start in range(0, len(queries), BATCH):
            yield from self._link(queries[start : start + BATCH], top)

    def _link(self, queries: Sequence[Query], top: int) -> Iterator[tuple[Link, ...]]:
        spans = [pieces(query.text) if self.concepts else [] for query in queries]
        flat = [(number, span) for number, found in enumerate(spans) for span in found]
        languages = [query.language or detect(query.text) or "" for query in queries]
        scores = np.zeros((len(flat), len(self.concepts)), dtype=np.float32)
        for begin in range(0, len(flat), BATCH):
            part = flat[begin : begin + BATCH]
            texts = [queries[number].text[span[0] : span[1]] for number, span in part]
            scores[begin : begin + BATCH] = self._scores(texts, [languages[number] for number, _ in part])
        begin = 0
        for query, found in zip(queries, spans, strict=True):
            yield self._best(query.text, scores[begin : begin + len(found)], found, top)
            begin += len(found)

    def _scores(self, texts: Sequence[str], languages: Sequence[str]) -> Floats:
        """The combined evidence: float32, shape (texts, concepts)."""
        written = [as_written(text, language) for text, language in zip(texts, languages, strict=True)]
        vectors = self._encoder.encode(written, "query")
        middles = [self._views[code].middle if code in self._views else self._elsewhere for code in languages]
        aligned = self._alignment.apply(vectors - np.stack(middles))
        shape = len(texts), len(self.concepts)
        best, own = np.full(shape, -1, dtype=np.float32), np.full(shape, np.nan, dtype=np.float32)
        total, count = np.zeros(shape, dtype=np.float32), np.zeros(shape[1], dtype=np.float32)
        spelt, spelt_own = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
        for code, view in self._views.items():
            near, alike = aligned @ view.vectors.T, view.grams.nearness(texts)
            best[:, view.owners] = np.maximum(best[:, view.owners], near)
            spelt[:, view.owners] = np.maximum(spelt[:, view.owners], alike)
            total[:, view.owners] += near
            count[view.owners] += 1
            for row in (row for row, language in enumerate(languages) if language == code):
                own[row, view.owners], spelt_own[row, view.owners] = near[row], alike[row]
        average = total / count
        whole = average.copy()
        owners, lines = self._together
        whole[:, owners] = aligned @ lines.T
        own = np.where(np.isnan(own), best, own)
        return self._combination.score(
            best=best, average=average, own=own, together=whole, spelt=spelt, spelt_own=spelt_own
        )

    def _best(self, text: str, scores: Floats, spans: Sequence[Span], top: int) -> tuple[Link, ...]:
        if not len(spans):
            return ()
        chances = self._combination.chances(scores)
        raw, pieces_of = scores.max(axis=0), chances.argmax(axis=0)
        by_concept = chances.max(axis=0)
        named = self._named(text, spans)
        for number, found in named.items():
            by_concept[number] = both(float(by_concept[number]), confidence_of_words(found))
        few = np.argpartition(-by_concept, min(top, len(by_concept) - 1))[: top + 1]
        # Rounded, so that the last bits of a sum, which depend on what is computed beside it, decide nothing.
        by_concept, raw = by_concept.round(5), raw.round(4)
        order = sorted(few.tolist(), key=lambda n: (-by_concept[n], -raw[n], self.concepts[n].id))[:top]
        likely = self._combination.promised(by_concept[order], raw[order]).tolist()
        words = {number: (found.start, found.end) for number, found in named.items()}
        where = ((n, words.get(n, spans[int(pieces_of[n])])) for n in order)
        return tuple(
            Link(concept=self.concepts[n], score=round(score, 5), start=span[0], end=span[1])
            for (n, span), score in zip(where, likely, strict=True)
        )

    def _named(self, text: str, spans: Sequence[Span]) -> dict[int, Occurrence]:
        """Labels that occur in the text; in a term only those that are all of it, for its head alone says too little."""
        found = self._words.find(text)
        if len(spans) > 1:
            return found
        return {number: one for number, one in found.items() if (one.start, one.end) == spans[0]}


def _labels(concepts: Sequence[Concept]) -> Iterator[tuple[int, str, bool]]:
    for number, concept in enumerate(concepts):
        for labels in concept.labels.values():
            yield from ((number, label, position == 0) for position, label in enumerate(labels))
