"""Countries and cities as records write them, in one spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

from hansa.engine.identity.letters import fold, sound
from hansa.engine.identity.words import split

_SMALL = frozenset(
    [
        "cedex",
        "den",
        "der",
        "di",
        "del",
        "de",
        "la",
        "le",
        "am",
        "an",
        "im",
        "in",
        "bei",
        "sur",
        "les",
        "of",
        "and",
        "district",
        "city",
        "area",
    ]
)


@cache
def _tables() -> Mapping[str, Any]:
    raw = yaml.safe_load(files(__package__).joinpath("places.yaml").read_text(encoding="utf-8"))
    return {
        "codes": raw["codes"],
        "names": {name: code for code, names in raw["names"].items() for name in names},
        "cities": {name: names[0] for names in raw["cities"] for name in names},
    }


@lru_cache(maxsize=4096)
def country_of(text: str) -> str:
    """Two letters, EL and UK as the EU writes them, for a code or a name; empty when it is neither."""
    known = _tables()
    code = text.strip().upper()
    if re.fullmatch(r"[A-Z]{2}", code):
        return str(known["codes"].get(code, code))
    return str(known["names"].get(" ".join(split(fold(text))), ""))


@lru_cache(maxsize=50_000)
def city_of(text: str) -> frozenset[str]:
    """Words a city is known by, in one language; empty when none is stated. "Bruxelles / Brussel" has both."""
    words = [word for word in split(fold(text)) if word.isalpha() and word not in _SMALL]
    cities = _tables()["cities"]
    found: set[str] = set()
    while words:
        length = next((n for n in (3, 2, 1) if n <= len(words) and " ".join(words[:n]) in cities), 0)
        word = cities[" ".join(words[:length])] if length else words[0]
        if len(word) > 2:
            found.add(sound(word))
        words = words[max(1, length) :]
    return frozenset(found)


@lru_cache(maxsize=200_000)
def same_city(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether they share a word, or one is a slip of the other."""
    if one & other:
        return True
    return any(
        len(a) >= 5 and len(b) >= 5 and Levenshtein.distance(a, b, score_cutoff=2) <= (2 if len(a) >= 8 else 1)
        for a in one
        for b in other
    )
