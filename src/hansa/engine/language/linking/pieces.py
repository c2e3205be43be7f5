"""Which stretches of a text are linked, and how they are written."""

from __future__ import annotations

from hansa.engine.language.sentences import Span, parts, sentences

TERM = 60  # characters up to which a text is one term
MOST_PIECES = 40


def pieces(text: str) -> list[Span]:
    """The whole of a term; of a longer text its sentences and their parts, each once, in order."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if not any(letter.isalnum() for letter in text):
        return []
    if end - start <= TERM:
        return [(start, end)]
    found: dict[Span, None] = {}
    for span in sentences(text) or [(start, end)]:
        found[span] = None
        found.update(dict.fromkeys(parts(text, span)))
    return list(found)[:MOST_PIECES]


def as_written(text: str, language: str) -> str:
    """The text as it would stand inside a sentence: labels begin with a small letter, except where nouns do not.

    Only German writes its nouns with capitals; a first word with capitals beyond the first letter is a name.
    """
    capital_alone = text[:1].isupper() and not any(letter.isupper() for letter in text.split(" ", 1)[0][1:])
    return text[:1].lower() + text[1:] if capital_alone and language != "de" and len(text) > 1 else text
