"""Names of organisations in many forms: one key for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from hansa.engine.language.words import fold

# The seam for a better judge of identity: any function from a name to the key of its organisation.
SameAs = Callable[[str], str]

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")


def key_of(name: str) -> str:
    """Return the key of a name: no capitals, accents, punctuation or dots inside short forms ("S.A." and "SA")."""
    words = _WORD.findall(fold(_DOTTED.sub("", name)))
    return " ".join(words) or name.strip()
