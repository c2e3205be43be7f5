"""Which stretches of a text are linked, and how they are written."""

from __future__ import annotations

import re

from hansa.engine.language.sentences import Span, parts, sentences

TERM = 60  # characters up to which a text is one term
MOST_PIECES = 40
WINDOW, STEP = 5, 3  # words: a long part is also read in stretches of so many, so many apart

_WORD = re.compile(r"\S+")


def pieces(text: str) -> list[Span]:
    """The whole of a term; of a longer text its sentences, their parts, and stretches of long parts, in order."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if not any(letter.isalnum() for letter in text):
        return []
    if end - start <= TERM:
        return [(start, end)]
    found: dict[Span, None] = {}
    for span in sentences(text) or [(start, end)]:
        found[span] = None
        for part in parts(text, span):
            found[part] = None
            found.update(dict.fromkeys(_stretches(text, part)))
    return list(found)[:MOST_PIECES]


def _stretches(text: str, span: Span) -> list[Span]:
    """Neighbouring words of a part that has more than a stretch holds."""
    words = [match.span() for match in _WORD.finditer(text, *span)]
    if len(words) <= WINDOW + 1:
        return []
    starts = range(0, len(words) - WINDOW + STEP, STEP)
    return [(words[start][0], words[min(start + WINDOW, len(words)) - 1][1]) for start in starts]


def as_written(text: str, language: str) -> str:
    """The text as it would stand inside a sentence: labels begin with a small letter, except where nouns do not.

    Only German writes its nouns with capitals; a first word with capitals beyond the first letter is a name.
    """
    capital_alone = text[:1].isupper() and not any(letter.isupper() for letter in text.split(" ", 1)[0][1:])
    return text[:1].lower() + text[1:] if capital_alone and language != "de" and len(text) > 1 else text
