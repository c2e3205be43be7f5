"""Reading a client's words: a title, the language, and what is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hansa.engine import language
from hansa.engine.problem import Finding
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

TITLE_LENGTH = 80
# What is suggested: the surest findings, as many as a person looks through; a few guesses where nothing is sure.
MOST_WANTS, LEAST_WANTS, LEAST_CONFIDENCE = 10, 3, 0.3
# Where the client's words do not say, a finding less sure than this is a nice-to-have until somebody says more; the
# surest one never is. Words like "must" decide for what was read with some certainty, words like "ideally" always.
MUST_FROM = 0.5
# What a need can ask for. A sector is not something that a hub brings along.
WANTED_KINDS = (Kind.ACTIVITY, Kind.SKILL, Kind.TECHNOLOGY)
_SENTENCE_END = re.compile(r"[.!?;…。]+(?=\s|$)|[\r\n]+")
_CLAUSE_END = re.compile(r"[,:–—]\s|\s-\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWant:
    """Something the words ask for: the concept, and the words it came from.

    ``weight_words``: those that made it a must-have or a nice-to-have; empty where its certainty did.
    """

    concept_id: int
    kind: str
    words: str
    sentence: str
    confidence: float
    must_have: bool
    weight_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReading:
    """What was read. ``language`` is an ISO 639-1 code, empty when nobody could tell."""

    title: str
    language: str
    wants: tuple[FoundWant, ...]


def title_of(text: str) -> str:
    """Return the first clause of a text, at most 80 characters, cut between words."""
    first = next((part for part in (" ".join(piece.split()) for piece in _SENTENCE_END.split(text)) if part), "")
    if not first:
        return _("Untitled need")
    if len(first) <= TITLE_LENGTH:
        return first
    clause = ""
    for match in _CLAUSE_END.finditer(first[: TITLE_LENGTH + 2]):
        clause = first[: match.start()]
    if len(clause) >= 20:
        return clause
    cut = first[: TITLE_LENGTH - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def reads_by_words_alone() -> bool:
    """Whether needs are read without the language model, so that only what is named is found."""
    return taxonomy.reads_by_words_alone()


def read_need(text: str, outcome: str = "") -> NeedReading:
    """Read what a client wants to solve and what a good result looks like. Best findings first."""
    whole = f"{text}\n\n{outcome}" if outcome.strip() else text
    code = language.detect(whole) or ""
    return NeedReading(title=title_of(text), language=code, wants=tuple(_wants_in(whole, code)))


def _wants_in(text: str, code: str) -> list[FoundWant]:
    """Read what the text asks for; concepts that were replaced stand for those of today, each of them once."""
    found = [finding for finding in taxonomy.concept_index().find(text) if finding.kind in WANTED_KINDS]
    known = taxonomy.entries(int(finding.concept_id) for finding in found)
    wants: dict[int, FoundWant] = {}
    for finding in sorted(found, key=lambda finding: -finding.confidence):
        entry = known.get(int(finding.concept_id))
        if entry is None:
            continue
        concept = taxonomy.current(entry)
        if concept.id not in wants:
            weighing = language.weigh(text, start=finding.start, end=finding.end, language=code)
            wants[concept.id] = _want(finding, concept.id, concept.kind, weighing, is_surest=not wants)
    best = list(wants.values())[:MOST_WANTS]
    return [want for place, want in enumerate(best) if want.confidence >= LEAST_CONFIDENCE or place < LEAST_WANTS]


def _want(
    finding: Finding, concept_id: int, kind: str, weighing: language.Weighing | None, *, is_surest: bool
) -> FoundWant:
    if weighing and weighing.must_have and finding.confidence < LEAST_CONFIDENCE:
        weighing = None
    must_have = weighing.must_have if weighing else finding.confidence >= MUST_FROM or is_surest
    return FoundWant(
        concept_id=concept_id,
        kind=kind,
        words=finding.words,
        sentence=finding.sentence,
        confidence=round(finding.confidence, 4),
        must_have=must_have,
        weight_words=weighing.words if weighing else "",
    )
