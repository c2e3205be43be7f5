"""Labels that occur in a text as words, in any language, inflected or with letters lost on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+")
_SPECIAL = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "œ": "oe"})
_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
SHORT = 3  # words up to this length count only when written exactly as in the label: AI, VR, HPC
BUCKET = 4
COMPOUND = 5  # letters a label needs to be met at the end of a longer word ("Schweißroboter", "hegesztőrobotot")
HEAD = 3  # letters the longer word must have before it


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A label found in a text: ``text[start:end]``, of so many words, ``exact`` when nothing was bent.

    ``preferred``: the label is the concept's preferred one in its language.
    """

    start: int
    end: int
    n_words: int
    exact: bool
    preferred: bool


@dataclass(frozen=True, slots=True)
class _Label:
    owner: int
    preferred: bool
    words: tuple[str, ...]
    raw: tuple[str, ...]


class WordIndex:
    """Finds labels as words. Accents, capitals and hyphens do not matter, light endings do not either.

    Also meets labels whose letters beyond ASCII were dropped ("knstliche") or written out ("kuenstliche").
    """

    def __init__(self, labels: Iterable[tuple[int, str, bool]]) -> None:
        """Take (owner, label, whether it is preferred)."""
        self._buckets: dict[tuple[str, ...], list[_Label]] = {}
        seen: set[tuple[int, tuple[str, ...]]] = set()
        for owner, label, preferred in labels:
            for spelling in _spellings(label):
                raw = tuple(_TOKEN.findall(spelling))
                words = tuple(fold(word) for word in raw)
                if not words or (owner, words) in seen or not any(len(word) > 1 for word in words):
                    continue
                seen.add((owner, words))
                self._buckets.setdefault(_bucket(words[:2]), []).append(_Label(owner, preferred, words, raw))

    def find(self, text: str) -> dict[int, Occurrence]:
        """Return the longest occurrence per owner, the first of equal ones. Linear in the text."""
        raw = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
        words = [fold(word) for word, _, _ in raw]
        best: dict[int, Occurrence] = {}
        for position in range(len(words)):
            for label in self._starting(words, position):
                found = _match(label, raw, words, position)
                known = best.get(label.owner)
                if found and (known is None or _rank(found) > _rank(known)):
                    best[label.owner] = found
            for label in self._ending(words[position]):
                best.setdefault(label.owner, Occurrence(raw[position][1], raw[position][2], 1, False, label.preferred))
        return best

    def _ending(self, word: str) -> Iterator[_Label]:
        """One-word labels that a compound ends with."""
        for begin in range(HEAD, len(word) - COMPOUND + 1):
            for label in self._buckets.get((word[begin : begin + BUCKET],), ()):
                wanted = label.words[0]
                if len(label.words) == 1 and len(wanted) >= COMPOUND and _is_bent(wanted, word[begin:], alone=True):
                    yield label

    def _starting(self, words: list[str], position: int) -> Iterator[_Label]:
        yield from self._buckets.get(_bucket(words[position : position + 1]), ())
        if position + 1 < len(words):
            yield from self._buckets.get(_bucket(words[position : position + 2]), ())


def _rank(found: Occurrence) -> tuple[int, bool, bool]:
    return found.n_words, found.exact, found.preferred


def fold(word: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_SPECIAL))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _spellings(label: str) -> Iterator[str]:
    yield label
    if not label.isascii():
        yield label.translate(_UMLAUT)
        dropped = "".join(letter for letter in label if letter.isascii())
        if len(dropped) >= 0.7 * len(label):
            yield dropped


def _bucket(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word[:BUCKET] for word in words)


def _match(label: _Label, raw: list[tuple[str, int, int]], words: list[str], position: int) -> Occurrence | None:
    n = len(label.words)
    if position + n > len(words):
        return None
    exact = True
    for offset in range(n):
        wanted, found = label.words[offset], words[position + offset]
        if len(wanted) <= SHORT:
            if raw[position + offset][0] != label.raw[offset] and (n == 1 or wanted != found):
                return None
        elif wanted != found:
            if not _is_bent(wanted, found, alone=n == 1):
                return None
            exact = False
    return Occurrence(raw[position][1], raw[position + n - 1][2], n, exact, label.preferred)


def _is_bent(wanted: str, found: str, *, alone: bool) -> bool:
    """Whether two words differ only in their endings. A word standing alone must be nearer to its label."""
    same = 0
    for one, other in zip(wanted, found, strict=False):
        if one != other:
            break
        same += 1
    shorter, longer = sorted((len(wanted), len(found)))
    if alone:
        return longer - same <= 2 and (same == shorter >= 5 or (same >= shorter - 1 and shorter >= 8))
    return same >= max(4, shorter - 2) and longer - same <= 3
