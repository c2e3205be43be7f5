"""Concepts found in a text, each with the words that carried the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from hansa.engine.language.calibration import both, confidence_of_words, curve_for
from hansa.engine.language.encoder import Encoder
from hansa.engine.language.sentences import Span, parts, sentences
from hansa.engine.language.space import Space, rest_of
from hansa.engine.language.windows import chosen, windows
from hansa.engine.language.words import Occurrence, WordIndex, fold
from hansa.engine.problem import Concept, Finding, Floats

LIMITS: Mapping[str, int] = MappingProxyType({"activity": 4, "skill": 8, "technology": 4})

MOST_OWNERS = 6  # a single word in the labels of more concepts than this says nothing
ABOUT_SOMETHING = 0.3  # one finding at least must reach this, else the text is about nothing
LEAST_CONFIDENCE = 0.2
BEST_GUESS = 0.1  # the best concept of a kind counts from here on when no other of its kind was found
NAMED = 0.6  # confidence of words from which they are shown, however near the meaning is besides
SAME = 0.8  # likeness from which a concept says nothing new beside a better one of its kind


@dataclass(frozen=True, slots=True)
class _Candidate:
    concept: int
    confidence: float
    window: Span | None
    occurrence: Occurrence | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, read: which stretches, how near each is to each concept, and which labels occur."""

    text: str
    spans: Sequence[Span]
    stretches: Sequence[Span]
    vectors: Floats
    nearness: Floats
    occurrences: Mapping[int, Occurrence]


class ConceptIndex:
    """Finds concepts of a vocabulary in texts of any language.

    Two kinds of evidence: a label occurs as words, or a stretch of the text is near in meaning to the concept's
    labels and definition (mean of the two nearest of its vectors, measured from the middle of everyday sentences).
    Of concepts that mean nearly the same only the best is kept, unless its label occurs.

    A text is read in pairs of neighbouring sentences, up to ``most_characters`` in all: the beginning, the places
    where labels occur, and evenly from the rest. Labels are looked for in the whole text. ``part_characters`` bounds
    what is read again to find the words behind a finding.
    """

    most_characters = 4000
    part_characters = 600
    part_characters_of_short_text = 240
    short_text = 700

    def __init__(self, concepts: Sequence[Concept], encoder: Encoder) -> None:
        self.concepts = tuple(concepts)
        self.model_id = encoder.model_id
        self._kinds = np.array([concept.kind for concept in concepts], dtype=object)
        self._priors = np.array([concept.prior for concept in concepts], dtype=np.float64)
        self._space = Space(concepts, encoder)
        self._words = WordIndex(_labels(concepts))

    def __len__(self) -> int:
        return len(self.concepts)

    def find(
        self, text: str, *, limit_per_kind: Mapping[str, int] = LIMITS, unsure: bool = False
    ) -> tuple[Finding, ...]:
        """Find the concepts a text is about: at most ``limit_per_kind`` per kind, kinds not named are left out.

        ``unsure``: name as many as asked for, however little speaks for them. Best first, equal ones by id. Nothing for empty, everyday or meaningless text. Work is bounded whatever the
        length: about 0.1 s for a need of three sentences, 1 s for a long description (one core).
        """
        spans = sentences(text)
        if not spans or not self.concepts:
            return ()
        occurrences = self._words.find(text)
        marks = [found.start for found in occurrences.values()]
        stretches = chosen(windows(spans), marks=marks, most_characters=self.most_characters)
        vectors = self._space.read([text[start:end] for start, end in stretches])
        reading = _Reading(text, spans, stretches, vectors, self._space.nearness(vectors), occurrences)
        accepted = self._best(reading, limit_per_kind) if unsure else self._accepted(reading, limit_per_kind)
        findings = self._with_words(reading, accepted)
        return tuple(sorted(findings, key=lambda found: (-found.confidence, found.concept_id)))

    def _best(self, reading: _Reading, limit_per_kind: Mapping[str, int]) -> list[_Candidate]:
        kinds = sorted(limit_per_kind.items())
        return [candidate for kind, limit in kinds for candidate in self._ranked(kind, reading, least=0.0)[:limit]]

    def _accepted(self, reading: _Reading, limit_per_kind: Mapping[str, int]) -> list[_Candidate]:
        accepted: list[_Candidate] = []
        guesses: list[_Candidate] = []
        for kind, limit in sorted(limit_per_kind.items()):
            ranked = self._ranked(kind, reading)
            sure = self._different(ranked, limit)
            accepted += sure
            if ranked and not sure and limit > 0:
                guesses.append(ranked[0])
        surest = max((candidate.confidence for candidate in accepted), default=0.0)
        return accepted + guesses if surest >= ABOUT_SOMETHING else []

    def _ranked(self, kind: str, reading: _Reading, *, least: float = BEST_GUESS) -> list[_Candidate]:
        """All concepts of a kind that are at least a guess, best first."""
        members = np.flatnonzero(self._kinds == kind)
        if not len(members):
            return []
        by_stretch = curve_for(kind, model_id=self.model_id).confidence(
            reading.nearness[:, members].astype(np.float64),
            lengths=[end - start for start, end in reading.stretches],
            priors=self._priors[members],
        )
        best = by_stretch.argmax(axis=0)
        meanings = by_stretch[best, np.arange(len(members))]
        ranked = []
        for column, (member, meaning) in enumerate(zip(members.tolist(), meanings.tolist(), strict=True)):
            occurrence = reading.occurrences.get(member)
            words = confidence_of_words(occurrence) if occurrence else 0.0
            confidence = both(meaning, words)
            if confidence >= least:
                kept = occurrence if words >= min(meaning, NAMED) else None
                window = None if kept else reading.stretches[int(best[column])]
                ranked.append(_Candidate(member, confidence, window, kept))
        return sorted(ranked, key=lambda candidate: (-candidate.confidence, self.concepts[candidate.concept].id))

    def _different(self, ranked: Sequence[_Candidate], limit: int) -> list[_Candidate]:
        """The best of a kind that are sure enough and say something new."""
        kept: list[_Candidate] = []
        for candidate in ranked:
            if len(kept) >= limit or candidate.confidence < LEAST_CONFIDENCE:
                break
            likeness = (self._space.likeness(candidate.concept, other.concept) for other in kept)
            if candidate.occurrence is not None or all(like < SAME for like in likeness):
                kept.append(candidate)
        return kept

    def _with_words(self, reading: _Reading, candidates: Sequence[_Candidate]) -> Iterator[Finding]:
        text, pieces = reading.text, self._pieces(reading, candidates)
        for candidate in candidates:
            if candidate.occurrence is not None:
                start, end = candidate.occurrence.start, candidate.occurrence.end
            else:
                assert candidate.window is not None
                spans, vectors = pieces.get(candidate.window, ([candidate.window], None))
                start, end = spans[0 if vectors is None else self._space.nearest(candidate.concept, vectors)]
            sentence = next((span for span in reading.spans if span[0] <= start < span[1]), (start, end))
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
        self, reading: _Reading, candidates: Sequence[_Candidate]
    ) -> dict[Span, tuple[list[Span], Floats | None]]:
        """Parts of the stretches behind findings, with their vectors, as far as the bound allows."""
        text = reading.text
        left = self.part_characters_of_short_text if len(text) <= self.short_text else self.part_characters
        wanted: dict[Span, list[Span]] = {}
        for candidate in sorted(candidates, key=lambda candidate: -candidate.confidence):
            window = candidate.window
            if window is None or window in wanted or window[1] - window[0] > left:
                continue
            inside = [span for span in reading.spans if window[0] <= span[0] and span[1] <= window[1]]
            pieces = [piece for span in inside for piece in parts(text, span)]
            if len(pieces) > 1:
                wanted[window] = pieces
                left -= window[1] - window[0]
        longest = {window: max(pieces, key=_length) for window, pieces in wanted.items()}
        flat = list(
            dict.fromkeys(piece for window, pieces in wanted.items() for piece in pieces if piece != longest[window])
        )
        read = dict(zip(flat, self._space.read([text[start:end] for start, end in flat]), strict=True))
        return {window: (pieces, _vectors(reading, window, pieces, read)) for window, pieces in wanted.items()}


def _length(span: Span) -> int:
    return span[1] - span[0]


def _vectors(reading: _Reading, window: Span, pieces: Sequence[Span], read: Mapping[Span, Floats]) -> Floats:
    """Vectors of the pieces of a window; the one that was not read is what the others leave of the window."""
    known = [piece for piece in pieces if piece in read]
    rest = rest_of(
        reading.vectors[reading.stretches.index(window)],
        length=sum(map(_length, pieces)),
        parts=np.stack([read[piece] for piece in known]),
        lengths=[_length(piece) for piece in known],
    )
    return np.stack([read.get(piece, rest) for piece in pieces])


def _labels(concepts: Sequence[Concept]) -> Iterator[tuple[int, str, bool]]:
    """All labels that say something when they occur: a lone word of many labels does not."""
    owners: Counter[str] = Counter()
    for concept in concepts:
        owners.update({fold(word) for labels in concept.labels.values() for label in labels for word in label.split()})
    for number, concept in enumerate(concepts):
        for labels in concept.labels.values():
            for position, label in enumerate(labels):
                words = label.split()
                if len(words) > 1 or position == 0 or owners[fold(label.strip())] <= MOST_OWNERS:
                    yield number, label, position == 0
