"""Names of organisations in many forms: one key for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from hansa.engine.language.words import fold

# The seam for a better judge of identity: any function from a name to the key of its organisation.
SameAs = Callable[[str], str]

_WORD = re.compile(r"[^\W_]+")


def key_of(name: str) -> str:
    """Return the key of a name: no capitals, accents or punctuation; "S.A.", "S. A." and "SA" are one word."""
    words: list[str] = []
    is_short = False
    for word in _WORD.findall(fold(name)):
        if len(word) == 1 and is_short:
            words[-1] += word
        else:
            words.append(word)
        is_short = len(word) == 1
    return " ".join(words) or name.strip()
