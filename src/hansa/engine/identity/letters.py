"""Letters of all European scripts folded to plain small Latin ones, so that spellings can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, by the usual transliteration (ELOT 743 for Greek).
_LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "ѓ": "gj", "е": "e", "є": "ye", "ж": "zh",
    "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "ќ": "kj", "л": "l", "љ": "lj",
    "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "’": "'", "`": "'", "´": "'", "ʼ": "'",
})  # fmt: skip
# Greek pairs that are one sound, before the single letters.
_GREEK = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("ηυ", "iv"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"))
_MARKS = re.compile(r"[\u0300-\u036f]")
_GREEK_LETTER = re.compile(r"[\u0370-\u03ff]")
# й must not lose its mark before it is transliterated.
_WHOLE = str.maketrans({"й": "y", "ї": "yi", "ѓ": "gj", "ќ": "kj"})

# Spellings of one sound: umlauts written out, transliterations of Greek and Cyrillic, doubled letters.
_UMLAUT = re.compile(r"(?<!q)([aou])e(?=.)")
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:ck|kh|ch|c|q)"), "k"),
    (re.compile(r"(?:zh|sh|sz|z)"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"th"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LEAST_FOR_UMLAUT, _LEAST_FOR_SOUND = 4, 6  # shorter words are told apart by single letters


def fold(text: str) -> str:
    """Small Latin letters without accents; Greek and Cyrillic transliterated. Other signs stay."""
    small = unicodedata.normalize("NFKC", text).lower().translate(_WHOLE)
    if small.isascii():
        return small
    bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", small)))
    if _GREEK_LETTER.search(bare):
        for pair, sound in _GREEK:
            bare = bare.replace(pair, sound)
    return bare.translate(_LETTERS)


def dropped(text: str) -> str:
    """The text as it looks where every letter outside ASCII was lost on the way ("Bblingen")."""
    return "".join(letter for letter in text.lower() if letter.isascii())


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """One spelling for all that a folded word may be written as; short words stay as they are."""
    if len(word) < _LEAST_FOR_UMLAUT or not word.isalpha():
        return word
    word = _UMLAUT.sub(r"\1", word)
    if len(word) < _LEAST_FOR_SOUND:
        return word
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word
