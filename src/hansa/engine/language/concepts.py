"""Concepts found in a text, each with the words that carried the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from hansa.engine.language.background import SENTENCES
from hansa.engine.language.calibration import both, confidence_of_words, curve_for
from hansa.engine.language.encoder import Encoder
from hansa.engine.language.sentences import Span, parts, sentences
from hansa.engine.language.windows import chosen, windows
from hansa.engine.language.words import Occurrence, WordIndex, fold
from hansa.engine.problem import Concept, Finding, Floats

LIMITS: Mapping[str, int] = MappingProxyType({"activity": 4, "skill": 8, "technology": 4})

MOST_ALTERNATIVES = 8  # alternative labels that get a vector of their own
MOST_OWNERS = 6  # a single word in the labels of more concepts than this says nothing
ABOUT_SOMETHING = 0.35  # one finding at least must reach this, else the text is about nothing
LEAST_CONFIDENCE = 0.2
BEST_GUESS = 0.1  # the best concept of a kind counts from here on when no other of its kind was found


@dataclass(frozen=True, slots=True)
class _Candidate:
    concept: int
    confidence: float
    window: Span | None
    occurrence: Occurrence | None


class ConceptIndex:
    """Finds concepts of a vocabulary in texts of any language.

    Two kinds of evidence: a label occurs as words, or a stretch of the text is near in meaning to the concept's
    labels and definition (mean of the two nearest of its vectors, measured from the middle of everyday sentences).

    A text of up to 6 sentences is read in overlapping pairs of sentences, a longer one in pairs side by side, up to
    ``most_characters`` in all: the beginning, the places where labels occur, and evenly from the rest. Labels are
    looked for in the whole text. ``part_characters`` bounds what is read again to find the words behind a finding.
    """

    most_characters = 4200
    part_characters = 600
    part_characters_of_short_text = 260
    short_text = 700

    def __init__(self, concepts: Sequence[Concept], encoder: Encoder) -> None:
        self.concepts = tuple(concepts)
        self.model_id = encoder.model_id
        self._encoder: Encoder = getattr(encoder, "inner", encoder)  # what users write is not kept in the cache
        self._kinds = np.array([concept.kind for concept in concepts], dtype=object)
        wordings = [tuple(wordings_of(concept)) for concept in concepts]
        flat = [text for texts in wordings for text in texts]
        self._middle: Floats = encoder.encode(SENTENCES, "query").mean(axis=0)
        self._vectors = self._centred(encoder.encode(flat, "query")) if flat else np.zeros((0, 384), np.float32)
        self._slots = _slots([len(texts) for texts in wordings])
        self._words = WordIndex(_labels(concepts))

    def __len__(self) -> int:
        return len(self.concepts)

    def find(self, text: str, *, limit_per_kind: Mapping[str, int] = LIMITS) -> tuple[Finding, ...]:
        """Find the concepts a text is about: at most ``limit_per_kind`` per kind, kinds not named are left out.

        Best first, equal ones by id. Nothing for empty, everyday or meaningless text. Work is bounded whatever the
        length: about 0.2 s for a need of four sentences, 1 s for a long description (one core).
        """
        spans = sentences(text)
        if not spans or not self.concepts:
            return ()
        occurrences = self._words.find(text)
        marks = [found.start for found in occurrences.values()]
        stretches = chosen(windows(spans), marks=marks, most_characters=self.most_characters)
        nearness = self._nearness(self._read([text[start:end] for start, end in stretches]))
        candidates = self._accepted(nearness, stretches, occurrences, limit_per_kind)
        findings = self._with_words(text, spans, candidates)
        return tuple(sorted(findings, key=lambda found: (-found.confidence, found.concept_id)))

    def _accepted(
        self,
        nearness: Floats,
        stretches: Sequence[Span],
        occurrences: Mapping[int, Occurrence],
        limit_per_kind: Mapping[str, int],
    ) -> list[_Candidate]:
        accepted: list[_Candidate] = []
        guesses: list[_Candidate] = []
        for kind, limit in sorted(limit_per_kind.items()):
            ranked = self._ranked(kind, nearness, stretches, occurrences)
            sure = [candidate for candidate in ranked if candidate.confidence >= LEAST_CONFIDENCE][: max(0, limit)]
            accepted += sure
            if ranked and not sure and limit > 0:
                guesses.append(ranked[0])
        surest = max((candidate.confidence for candidate in accepted), default=0.0)
        return accepted + guesses if surest >= ABOUT_SOMETHING else []

    def _ranked(
        self, kind: str, nearness: Floats, stretches: Sequence[Span], occurrences: Mapping[int, Occurrence]
    ) -> list[_Candidate]:
        """All concepts of a kind that are at least a guess, best first."""
        members = np.flatnonzero(self._kinds == kind)
        if not len(members):
            return []
        curve = curve_for(kind, model_id=self.model_id)
        lengths = [end - start for start, end in stretches]
        by_window = curve.confidence(nearness[:, members].astype(np.float64), lengths=lengths)
        best = by_window.argmax(axis=0)
        meanings = by_window[best, np.arange(len(members))]
        ranked = []
        for column, (member, meaning) in enumerate(zip(members.tolist(), meanings.tolist(), strict=True)):
            occurrence = occurrences.get(member)
            words = confidence_of_words(occurrence) if occurrence else 0.0
            confidence = both(meaning, words)
            if confidence >= BEST_GUESS:
                kept = occurrence if words >= meaning else None
                window = None if kept else stretches[int(best[column])]
                ranked.append(_Candidate(member, confidence, window, kept))
        return sorted(ranked, key=lambda candidate: (-candidate.confidence, self.concepts[candidate.concept].id))

    def _with_words(self, text: str, spans: Sequence[Span], candidates: Sequence[_Candidate]) -> Iterator[Finding]:
        pieces = self._pieces(text, spans, candidates)
        for candidate in candidates:
            if candidate.occurrence is not None:
                start, end = candidate.occurrence.start, candidate.occurrence.end
            else:
                assert candidate.window is not None
                start, end = self._telling(text, candidate, pieces.get(candidate.window, []))
            sentence = next((span for span in spans if span[0] <= start < span[1]), (start, end))
            concept = self.concepts[candidate.concept]
            yield Finding(
                concept_id=concept.id,
                kind=concept.kind,
                confidence=round(candidate.confidence, 4),
                words=text[start:end],
                start=start,
                end=end,
                sentence=text[sentence[0] : max(sentence[1], end)],
                evidence="words" if candidate.occurrence is not None else "meaning",
            )

    def _pieces(
        self, text: str, spans: Sequence[Span], candidates: Sequence[_Candidate]
    ) -> dict[Span, list[tuple[Span, Floats]]]:
        """Parts of the stretches behind findings, with their vectors, as far as the bound allows."""
        left = self.part_characters_of_short_text if len(text) <= self.short_text else self.part_characters
        wanted: dict[Span, list[Span]] = {}
        for candidate in sorted(candidates, key=lambda candidate: -candidate.confidence):
            window = candidate.window
            if window is None or window in wanted or window[1] - window[0] > left:
                continue
            inside = [span for span in spans if window[0] <= span[0] and span[1] <= window[1]]
            wanted[window] = [piece for span in inside for piece in parts(text, span)]
            left -= window[1] - window[0]
        flat = list(dict.fromkeys(piece for pieces in wanted.values() for piece in pieces))
        vectors = dict(zip(flat, self._read([text[start:end] for start, end in flat]), strict=True))
        return {window: [(piece, vectors[piece]) for piece in pieces] for window, pieces in wanted.items()}

    def _telling(self, text: str, candidate: _Candidate, pieces: Sequence[tuple[Span, Floats]]) -> Span:
        """The part of the stretch nearest to the concept; the whole stretch where its parts were not read."""
        assert candidate.window is not None
        if not pieces:
            return candidate.window
        slots = self._slots[candidate.concept]
        own = self._vectors[slots[slots >= 0]]
        near = [float(np.sort(own @ vector)[-2:].mean()) for _, vector in pieces]
        return pieces[int(np.argmax(near))][0]

    def _read(self, texts: Sequence[str]) -> Floats:
        unique = list(dict.fromkeys(texts))
        if not unique:
            return np.zeros((0, self._vectors.shape[1]), dtype=np.float32)
        vectors = self._centred(self._encoder.encode(unique, "query"))
        position = {text: row for row, text in enumerate(unique)}
        return vectors[[position[text] for text in texts]]

    def _centred(self, vectors: Floats) -> Floats:
        moved = vectors - self._middle
        unit: Floats = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
        return unit

    def _nearness(self, texts: Floats) -> Floats:
        """Mean of the two nearest vectors of each concept: shape (texts, concepts)."""
        cosine = texts @ self._vectors.T
        padded = np.concatenate([cosine, np.full((len(cosine), 1), -1.0, dtype=np.float32)], axis=1)
        per_concept = padded[:, self._slots]
        if per_concept.shape[2] == 1:
            return per_concept[:, :, 0]
        top = np.partition(per_concept, -2, axis=2)[:, :, -2:]
        single = self._slots[:, 1] < 0
        near: Floats = np.where(single, top[:, :, 1], top.mean(axis=2)).astype(np.float32)
        return near


def wordings_of(concept: Concept) -> Iterator[str]:
    """Texts of a concept that get a vector: labels, some alternatives, other languages, definition."""
    english = tuple(concept.labels.get("en", ()))
    others = [labels[0] for language, labels in concept.labels.items() if language != "en" and labels]
    texts = [*english[: MOST_ALTERNATIVES + 1], *others, concept.definition]
    yield from dict.fromkeys(" ".join(text.split()) for text in texts if text.strip())


def _slots(lengths: Sequence[int]) -> npt.NDArray[np.intp]:
    """Rows of the vectors of each concept, shape (concepts, most vectors), -1 where there is none."""
    slots = np.full((len(lengths), max(lengths, default=1)), -1, dtype=np.intp)
    start = 0
    for row, length in enumerate(lengths):
        slots[row, :length] = np.arange(start, start + length)
        start += length
    return slots


def _labels(concepts: Sequence[Concept]) -> Iterator[tuple[int, str]]:
    """All labels that say something when they occur: a lone word of many labels does not."""
    owners: Counter[str] = Counter()
    for concept in concepts:
        owners.update({fold(word) for labels in concept.labels.values() for label in labels for word in label.split()})
    for number, concept in enumerate(concepts):
        for labels in concept.labels.values():
            for position, label in enumerate(labels):
                words = label.split()
                if len(words) > 1 or position == 0 or owners[fold(label.strip())] <= MOST_OWNERS:
                    yield number, label
