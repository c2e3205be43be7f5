"""How the words of a search are read: places, languages and kinds of hubs as filters, the rest as what hubs can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hansa.hubs.directory.queries.asking import VOCABULARIES
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.taxonomy import queries as taxonomy

# Findings less sure than this are not shown as what the words mean.
_SURE = 0.9
_MOST_CONCEPTS = 4
# Groups whose names, when they stand in the text, are meant as a filter.
_NAMED_GROUPS = ("country", "language", "function", "sector")
# Words that say nothing about a hub, in the languages most searches are typed in.
_EMPTY_WORDS = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "for", "from", "has", "have", "help", "hub",
    "hubs", "i", "in", "into", "is", "it", "its", "me", "my", "need", "of", "on", "or", "our", "that", "the", "them",
    "to", "us", "we", "who", "with", "you", "your", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen",
    "einer", "und", "oder", "fur", "mit", "von", "zu", "zur", "zum", "im", "am", "auf", "aus", "bei", "wir", "uns",
    "le", "la", "les", "un", "une", "du", "de", "et", "ou", "pour", "avec", "dans", "sur", "en", "au", "aux", "nous",
    "el", "los", "las", "una", "y", "o", "para", "con", "del", "al", "por", "il", "lo", "gli", "e", "per", "di", "da",
    "su", "nel", "nella", "w", "z", "na", "dla", "oraz", "que", "qui",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One thing the text was read as. ``key`` names it in the address when the reader takes it away.

    A reading with a ``group`` filters by ``value``; one with ``concept_ids`` looks for what hubs can do.
    """

    key: str
    label: str
    group: str = ""
    value: str = ""
    concept_ids: tuple[int, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text means, and the words left to be found as they are."""

    reads: tuple[Read, ...]
    words: str


_Sure = tuple[tuple[tuple[int, ...], float], ...]
_readings: Kept[_Sure] = Kept(512)


def read_text(text: str, dropped: Iterable[str] = ()) -> Reading:
    """Read a search. Costs no query; texts read lately cost nothing.

    :param dropped: keys of readings the reader took away; their words count as plain words again
    """
    unwanted = frozenset(dropped)
    words = f" {taxonomy.normalised(text)} "
    reads = []
    for group, value, phrase in _named(words):
        key = f"{group}:{value}"
        if key not in unwanted and f" {phrase} " in words:
            entry = taxonomy.vocabulary(VOCABULARIES[group])[value]
            reads.append(Read(key=key, label=entry.label, group=group, value=value))
            words = words.replace(f" {phrase} ", " ")
    left = " ".join(word for word in words.split() if word not in _EMPTY_WORDS)
    return Reading(reads=(*reads, *_concepts(text, left, unwanted)), words=left)


def _named(words: str) -> list[tuple[str, str, str]]:
    """Return (group, value, phrase) of every name that stands in the text, the longest first."""
    found = []
    for group in _NAMED_GROUPS:
        for notation, entry in taxonomy.vocabulary(VOCABULARIES[group]).items():
            phrases = {taxonomy.normalised(label) for label in entry.labels.values()}
            found += [(group, notation, phrase) for phrase in phrases if phrase and f" {phrase} " in words]
    return sorted(found, key=lambda one: (-len(one[2]), one))


def _concepts(text: str, left: str, unwanted: frozenset[str]) -> list[Read]:
    if len(left) < 3:
        return []
    found = _readings.get(text, lambda: _found(text))
    known = taxonomy.entries(ids[0] for ids, _confidence in found)
    reads = [
        Read(key=f"c:{ids[0]}", label=known[ids[0]].label, concept_ids=ids, confidence=confidence)
        for ids, confidence in found
        if ids[0] in known
    ]
    return [read for read in reads if read.key not in unwanted][:_MOST_CONCEPTS]


def _found(text: str) -> _Sure:
    """Return what the text surely asks for, best first. The same words as competence and technology are one thing."""
    findings = sorted(taxonomy.concept_index().find(text), key=lambda finding: -finding.confidence)
    sure = {int(one.concept_id): one.confidence for one in findings if one.confidence >= _SURE}
    ids_by_label: dict[str, list[int]] = {}
    for pk, entry in taxonomy.entries(sure).items():
        ids_by_label.setdefault(taxonomy.normalised(entry.label_in("en")), []).append(pk)
    return tuple((tuple(ids), round(sure[ids[0]], 3)) for ids in ids_by_label.values())
