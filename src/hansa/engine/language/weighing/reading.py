"""Which cue governs which words of a sentence.

A sentence is cut into clauses. A cue weighs its own clause and those that follow it as a list does, up to the next cue, a semicolon or
a word for "but". At the end of its clause ("a lamp would be nice") it weighs short clauses before it instead. Alone in its clause it
weighs the next one, at the end of a sentence or in brackets the one before. A line that is a cue and a colon weighs the lines below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from hansa.engine.language.sentences import Span, sentences
from hansa.engine.language.weighing.cues import CUES
from hansa.engine.language.words import fold

_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[,;:()\[\]]|\s[-–—]\s|[–—]")
_SHORT = 3  # words of a clause that can be an item of a list which ends in a cue
_NEAR = 2  # words between a word that turns round and the cue it turns
_SLIGHT = 3  # letters of a word ("and", "e", "auch") beside which a cue is still alone in its clause
_BELOW = 12  # lines that a heading weighs
_HEADING = 5  # words of a line that can be a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What words say about a want: whether it is a must-have; ``text[start:end]`` are those words."""

    must_have: bool
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause: its words, whether brackets hold it, whether what comes before goes on in it, its cue and if that is all."""

    start: int
    end: int
    n_words: int
    in_brackets: bool
    goes_on: bool
    cue: Weighing | None
    is_alone: bool = False


def weigh(text: str, *, start: int, end: int, language: str | None = None) -> Weighing | None:
    """Say whether ``text[start:end]`` is a must-have by the words of its sentence; None where they do not say.

    :param language: of the text; with None, or one that is not known, cues of all languages count
    """
    spans = sentences(text)
    place = next((number for number, span in enumerate(spans) if span[0] <= start < span[1]), None)
    if place is None:
        return None
    last = next((number for number in range(place, len(spans)) if end <= spans[number][1]), place)
    sentence = spans[place][0], spans[last][1]
    found = [cue for clause, cue in _weighed(text, sentence, language) if clause.start < end and start < clause.end]
    said = {cue.must_have for cue in found if cue}
    if len(said) == 1:
        return next(cue for cue in found if cue)
    return None if said else _heading(text, spans[: place + 1], language)


def _weighed(text: str, sentence: Span, language: str | None) -> Iterator[tuple[_Clause, Weighing | None]]:
    """The clauses of a sentence, each with the cue that governs it."""
    clauses = _clauses(text, sentence, language)
    governing: list[Weighing | None] = [clause.cue for clause in clauses]
    for number, clause in enumerate(clauses):
        target = _other(clauses, number) if clause.is_alone else None
        if target is not None and clauses[target].cue is None:
            governing[number], governing[target] = None, clause.cue
        elif clause.cue and _is_last(clause):
            _spread_back(clauses, governing, number)
    for number in range(1, len(clauses)):
        before = governing[number - 1]
        held = clauses[number - 1].cue
        ended = held is before and held is not None and _is_last(clauses[number - 1])
        if governing[number] is None and before is not None and clauses[number].goes_on and not ended:
            governing[number] = before
    return zip(clauses, governing, strict=True)


def _spread_back(clauses: Sequence[_Clause], governing: list[Weighing | None], number: int) -> None:
    before = number - 1
    while (
        before >= 0 and governing[before] is None and clauses[before].n_words <= _SHORT and clauses[before + 1].goes_on
    ):
        governing[before] = clauses[number].cue
        before -= 1


def _is_alone(text: str, clause: Span, cue: Weighing | None) -> bool:
    """Whether a clause is nothing but its cue, which then speaks of another clause."""
    if cue is None:
        return False
    beside = _WORD.findall(text, clause[0], cue.start) + _WORD.findall(text, cue.end, clause[1])
    return not beside or (len(beside) == 1 and len(beside[0]) <= _SLIGHT)


def _is_last(clause: _Clause) -> bool:
    """Whether a cue stands at the end of its clause, after what it speaks of."""
    assert clause.cue is not None
    return clause.cue.end >= clause.end - 2 and clause.cue.start > clause.start


def _other(clauses: Sequence[_Clause], number: int) -> int | None:
    if number > 0 and (clauses[number].in_brackets or number == len(clauses) - 1):
        return number - 1
    return number + 1 if number + 1 < len(clauses) else None


def _heading(text: str, spans: Sequence[Span], language: str | None) -> Weighing | None:
    """The cue of the nearest line above that is a heading, as long as no empty line parts it from the last span."""
    for (start, end), (after, _) in reversed(list(pairwise(spans[-_BELOW - 1 :]))):
        if text[end : end + 1] == ":":
            cues = _cues(text, (start, end), language)
            return cues[0] if cues and len(_WORD.findall(text, start, end)) <= _HEADING else None
        if text[end:after].count("\n") != 1:
            return None
    return None


def _clauses(text: str, sentence: Span, language: str | None) -> list[_Clause]:
    start, end = sentence
    cuts = [(match.start(), match.end(), match.group()) for match in _MARK.finditer(text, start, end)]
    cuts += [(at, at, "but") for at in _buts(text, sentence, language)]
    cues = _cues(text, sentence, language)
    clauses, begin, opened, goes_on = [], start, False, True
    for stop, after, mark in [*sorted(cuts), (end, end, "")]:
        n_words = len(_WORD.findall(text, begin, stop))
        if n_words:
            inside = [cue for cue in cues if begin <= cue.start < stop]
            said = {cue.must_have for cue in inside}
            cue = inside[0] if len(said) == 1 else None
            clauses += (
                [_Clause(begin, stop, n_words, opened, goes_on, cue, _is_alone(text, (begin, stop), cue))]
                if len(said) < 2
                else _between_cues(text, (begin, stop), inside, goes_on)
            )
            goes_on = True
        begin, opened = after, mark in {"(", "["}
        goes_on = goes_on and mark not in {";", "but"}
    return clauses


def _between_cues(text: str, span: Span, cues: Sequence[Weighing], goes_on: bool) -> list[_Clause]:
    """A clause in which both kinds of cues stand, cut before each cue but the first."""
    cuts = [span[0], *(cue.start for cue in cues[1:]), span[1]]
    return [
        _Clause(start, stop, len(_WORD.findall(text, start, stop)), False, goes_on and number == 0, cue)
        for number, ((start, stop), cue) in enumerate(zip(pairwise(cuts), cues, strict=True))
    ]


def _buts(text: str, span: Span, language: str | None) -> list[int]:
    words = {word for code in _codes(language) for word in _but(code)}
    return [match.start() for match in _WORD.finditer(text, *span) if fold(match.group()) in words]


def _cues(text: str, span: Span, language: str | None) -> list[Weighing]:
    """Cues in a stretch of text, in order, none inside another."""
    words = [(fold(match.group()), match.start(), match.end()) for match in _WORD.finditer(text, *span)]
    found: list[Weighing] = []
    position = 0
    while position < len(words):
        cue, n = _cue_at(text, words, position, language)
        if cue:
            found.append(cue)
        position += max(1, n)
    return found


def _cue_at(
    text: str, words: Sequence[tuple[str, int, int]], position: int, language: str | None
) -> tuple[Weighing | None, int]:
    for length in range(min(_longest(), len(words) - position), 0, -1):
        said = [word for word, _, _ in words[position : position + length]]
        for code in _codes(language):
            must_have = _lookup(code, said)
            if must_have is None:
                continue
            start, end = words[position][1], words[position + length - 1][2]
            cue = Weighing(must_have=must_have, words=text[start:end], start=start, end=end)
            near = (word for word in words[max(0, position - _NEAR - 1) : position] if word[0] in _turning(code))
            before = [word for word in near if not _MARK.search(text, word[2], start)]
            if before:  # "not strictly required" is no requirement, "not just nice to have" is one
                cue = replace(cue, must_have=not must_have, words=text[before[0][1] : end], start=before[0][1])
            return cue, length
    return None, 0


def _lookup(code: str, said: Sequence[str]) -> bool | None:
    for phrase, must_have in _phrases(code).get(said[0][:2], ()):
        if len(phrase) == len(said) and all(_is(word, wanted) for word, wanted in zip(said, phrase, strict=True)):
            return must_have
    return None


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _codes(language: str | None) -> tuple[str, ...]:
    return (language,) if language and language in CUES else tuple(CUES)


@cache
def _phrases(code: str) -> dict[str, list[tuple[tuple[str, ...], bool]]]:
    """Phrases by the first two letters of their first word, each with whether it says must."""
    by_start: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for said, must_have in ((CUES[code].nice, False), (CUES[code].must, True)):
        for phrase in said.split("|"):
            words = tuple(fold(word) for word in phrase.split())
            by_start.setdefault(words[0][:2], []).append((words, must_have))
    return by_start


@cache
def _turning(code: str) -> frozenset[str]:
    return frozenset(fold(word) for word in CUES[code].turning.split("|"))


@cache
def _but(code: str) -> frozenset[str]:
    return frozenset(fold(word) for word in CUES[code].but.split("|"))


@cache
def _longest() -> int:
    return max(len(phrase.split()) for cues in CUES.values() for phrase in f"{cues.must}|{cues.nice}".split("|"))
