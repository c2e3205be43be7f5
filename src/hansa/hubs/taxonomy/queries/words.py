"""One way to compare words: the same for what is stored and for what is typed."""

from __future__ import annotations

import re
import unicodedata

# Letters that the Unicode decomposition leaves whole.
_WHOLE_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "þ": "th", "ð": "d", "ŋ": "n"}
)
_NOT_A_WORD = re.compile(r"(?:[^\w+#]|_)+")


def normalised(text: str) -> str:
    """Return ``text`` as lower-case words without accents or punctuation, one space apart.

    Greek and Cyrillic keep their letters. ``+`` and ``#`` stay, for C++ and C#.
    """
    if text.isascii():
        return _NOT_A_WORD.sub(" ", text.lower()).strip()
    # Decomposed before and after: capitals in mathematical scripts only fold once they are plain letters.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_WHOLE_LETTERS)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", plain).strip()


def prefix_query(text: str, *, all_words: bool = True, limit: int = 12) -> str:
    """Return a PostgreSQL ``tsquery`` that finds words beginning with the words of ``text``; empty without words.

    :param all_words: whether every word must occur, or any of them
    :param limit: words beyond it are ignored
    """
    words = [re.sub(r"[^\w]", "", word) for word in normalised(text).split()[:limit]]
    joint = " & " if all_words else " | "
    return joint.join(f"{word}:*" for word in words if word)
