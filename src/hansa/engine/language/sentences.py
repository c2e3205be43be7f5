"""Where sentences and their parts begin and end."""

from __future__ import annotations

import re
from itertools import islice

Span = tuple[int, int]

LONGEST = 300
LEAST_LETTERS = 2

# An end mark followed by space, a capital glued to it ("services.AddedValue"), a line break, or a bullet.
_BREAK = re.compile(
    r"""
    (?<=[.!?;…;؟。])(?P<closing>["'“”’»)\]]*)\s+     # mark, closing quotes, space
  | (?<=[a-zà-žα-ωά-ώа-яё)][a-zà-žα-ωά-ώа-яё0-9)][.!?;])(?=["'“„«(]?[A-ZÀ-ŽΑ-ΩΆ-ΏА-ЯЁ][a-zà-žα-ωά-ώа-яё\s])  # glued
  | [\r\n\u2028\u2029\v\f]+
  | \s*[•▪●◦‣·■►➢✓✔→]\s*
  | (?<=\s)[-–—*]\s+(?=\S)                          # dashes used as bullets
    """,
    re.VERBOSE,
)
# A full stop that ends no sentence: initials, and abbreviations of the languages most met.
_ABBREVIATION = re.compile(
    r"\b(?:[A-ZÀ-ŽΑ-ΩА-Я]|e\.g|i\.e|z\.\s?B|d\.\s?h|p\.\s?ex|p\.\s?ej|np|tj|tzn|min|max|approx|ca|cca|inkl|incl|bzw|usw|"
    r"vgl|etc|evtl|ggf|str|nr|no|núm|vol|fig|abb|tel|dr|prof|ing|mr|mrs|ms|st|sr|sra|dott|mgr|inż|pl|kb|π\.χ|κ\.λπ|др|г)\.\s*$",
    re.IGNORECASE,
)
# Words for "and" that mean nothing else in another of the languages.
_PART = re.compile(r"[,;:()–—]\s*|\s[-–—]\s|\s(?=(?:and|und|et|y|e|i|és|και|och|og|ja|și|oraz|или|и|та)\s)")
_LETTER = re.compile(r"[^\W\d_]")


def sentences(text: str) -> list[Span]:
    """Return the (start, end) of every sentence of the original text, in order, without surrounding space.

    Copes with missing spaces between sentences, bullets, line breaks and the Greek question mark. Text that goes on
    for more than 300 characters is cut between words. Pieces without at least two letters are left out. Linear time.
    """
    spans: list[Span] = []
    begin = 0
    for mark in _BREAK.finditer(text):
        if mark.start() < begin or _ABBREVIATION.search(text, max(begin, mark.start() - 12), mark.start()):
            continue
        stop = mark.start() if mark.group("closing") is None else mark.end("closing")
        spans += _pieces(text, begin, stop)
        begin = mark.end()
    return spans + _pieces(text, begin, len(text))


def parts(text: str, span: Span, *, shortest: int = 15) -> list[Span]:
    """Cut a sentence at commas, brackets, dashes and "and"; what is shorter than ``shortest`` joins what follows."""
    start, end = span
    cuts = [start]
    for mark in _PART.finditer(text, start, end):
        if mark.start() - cuts[-1] >= shortest and end - mark.end() >= shortest:
            cuts.append(mark.end())
    spans = (_strip(text, begin, stop) for begin, stop in zip(cuts, [*cuts[1:], end], strict=True))
    return [piece for piece in spans if piece is not None]


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """The stretch as one span, or as several when it is too long."""
    pieces: list[Span] = []
    while end - start > LONGEST:
        cut = _cut(text, start)
        piece = _strip(text, start, cut)
        if piece is not None:
            pieces.append(piece)
        start = cut
    last = _strip(text, start, end)
    return [*pieces, last] if last is not None else pieces


def _cut(text: str, start: int) -> int:
    """Where to cut a run-on: behind a comma or dash in the second half, else at a space, else anywhere."""
    middle, most = start + LONGEST // 2, start + LONGEST
    for mark in (", ", " - ", ": ", " "):
        position = text.rfind(mark, middle, most)
        if position > 0:
            return position + len(mark)
    return most


def _strip(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in ",;:–—-*•"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—-"):
        end -= 1
    enough = islice(_LETTER.finditer(text, start, end), LEAST_LETTERS - 1, None)
    return (start, end) if next(enough, None) else None
