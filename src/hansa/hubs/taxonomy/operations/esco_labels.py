"""Take apart the run-together text of an ESCO skill: preferred label, alternative labels, definition.

The package gives one line per skill, without separators: ``adjust clothes fix clothes alter clothes Adapt garments to
fit.`` Two rules find the joints. (1) The definition begins at the first capitalised word that is a habitual opening of
definitions; habitual are the words that open it in lines with one candidate only. (2) The labels before it are cut where
the words say so: words differ in how often labels begin and end with them (learnt from the first and last words of all
lines, then once more from the labels found), a label seldom says the same word twice, and a label of a skill often begins
like the preferred one. The likeliest cut is found exactly, by dynamic programming.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 12  # words of a label
# Natural logarithms of how usual a label of 1, 2, ... words is; index 0 is never used.
_LENGTHS = (0.0, -2.5, -1.2, -0.9, -1.1, -1.6, -2.2, -2.9, -3.6, -4.3, -5.0, -6.0, -7.0)
_SAME_WORD_TWICE = -4.0
_BEGINS_LIKE_FIRST, _BEGINS_ALMOST_LIKE_FIRST = 1.5, 0.9
_ENDS_LIKE_LAST = 1.0
_ABBREVIATION = 3.0
_NEVER = -30.0
_FAR = 1_000_000
_HABITUAL = 4  # lines

_SENTENCE_END = re.compile(r"[.!?:;][\"”’)]*$")
_ARTICLES = frozenset({"a", "an", "the"})
_INNER_WORDS = _ARTICLES | frozenset(
    [
        "of",
        "in",
        "on",
        "for",
        "to",
        "and",
        "or",
        "with",
        "by",
        "at",
        "from",
        "as",
        "into",
        "about",
        "per",
        "via",
        "under",
        "over",
        "using",
        "between",
        "through",
        "against",
        "its",
        "their",
        "according",
        "within",
        "other",
        "such",
    ]
)


@dataclass(frozen=True, slots=True)
class SkillText:
    """The three parts of one line."""

    label: str
    alternatives: tuple[str, ...]
    definition: str


def split_all(texts: Mapping[str, str]) -> dict[str, SkillText]:
    """Split all lines; they teach each other, so give the whole file. O(words), about 2 s for 14,000 lines."""
    words = {key: text.split() for key, text in texts.items()}
    starts = _definition_starts(words)
    heads = {key: words[key][: starts[key]] for key in words}
    habits = _Habits.of_lines([head for head in heads.values() if head])
    found = [label for head in heads.values() if head for label in _cut(head, habits)]
    habits = _Habits.of_labels(found)
    result = {}
    for key, head in heads.items():
        labels = [" ".join(label) for label in _cut(head, habits)] if head else [""]
        others = tuple(dict.fromkeys(label for label in labels[1:] if label != labels[0]))
        result[key] = SkillText(labels[0], others, " ".join(words[key][starts[key] :]))
    return result


def _definition_starts(words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    candidates = {key: _capitals(line) for key, line in words.items()}
    openings = Counter(words[key][found[0]] for key, found in candidates.items() if len(found) == 1)
    starts = {}
    for key, found in candidates.items():
        habitual = (place for place in found if openings[words[key][place]] >= _HABITUAL)
        starts[key] = next(habitual, found[0] if found else len(words[key]))
    return starts


def _capitals(line: Sequence[str]) -> list[int]:
    """Return where a definition could begin: capitalised words up to the end of the first sentence."""
    found = []
    for place in range(1, len(line)):
        bare = line[place].lstrip("(\"‘“'\u200b")
        if bare[:1].isupper() and (bare == "A" or bare[1:2].islower()):
            found.append(place)
        if found and _SENTENCE_END.search(line[place]):
            break
    return found


@dataclass(frozen=True, slots=True)
class _Habits:
    """Log odds that a word begins, or ends, a label."""

    begins: Mapping[str, float]
    ends: Mapping[str, float]

    @staticmethod
    def of_lines(lines: Sequence[Sequence[str]]) -> _Habits:
        """Learn from the first and last word of each line; a line holds about three labels."""
        return _Habits._learn([line[0] for line in lines], [line[-1] for line in lines], lines, labels_per_line=3)

    @staticmethod
    def of_labels(labels: Sequence[Sequence[str]]) -> _Habits:
        return _Habits._learn([label[0] for label in labels], [label[-1] for label in labels], labels)

    @staticmethod
    def _learn(
        first: Sequence[str], last: Sequence[str], texts: Sequence[Sequence[str]], labels_per_line: int = 1
    ) -> _Habits:
        began, ended, seen = Counter(first), Counter(last), Counter(word for text in texts for word in text)
        return _Habits(
            begins={word: _odds(labels_per_line * (began[word] + 0.2) / (n + 1)) for word, n in seen.items()},
            ends={word: _odds(labels_per_line * (ended[word] + 0.2) / (n + 1)) for word, n in seen.items()},
        )


def _odds(share: float) -> float:
    share = min(0.97, max(0.005, share))
    return math.log(share / (1 - share))


def _cut(line: Sequence[str], habits: _Habits) -> list[Sequence[str]]:
    """Return the labels of a line: the cut with the highest sum of scores."""
    n = len(line)
    stems = [None if word in _INNER_WORDS else _stem(word) for word in line]
    next_same = _next_same(stems)
    best, before = [0.0] + [-math.inf] * n, [0] * (n + 1)
    for end in range(1, n + 1):
        twice, top, origin = 0.0, -math.inf, 0
        for begin in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            if next_same[begin] < end:
                twice += _SAME_WORD_TWICE if begin else 2 * _SAME_WORD_TWICE
            score = best[begin] + _LENGTHS[end - begin] + twice
            if score > top:
                top, origin = score, begin
        best[end] = top + (_joint(line, stems, end, habits) if end < n else 0.0)
        before[end] = origin
    cuts, end = [], n
    while end > 0:
        cuts.append(line[before[end] : end])
        end = before[end]
    return cuts[::-1]


def _joint(line: Sequence[str], stems: Sequence[str | None], place: int, habits: _Habits) -> float:
    """Score a joint between two labels before word ``place``."""
    left, right = line[place - 1], line[place]
    if left in _INNER_WORDS or (right in _INNER_WORDS and right not in _ARTICLES) or right[0] == "(":
        return _NEVER
    score = habits.begins[right] + habits.ends[left]
    if right == line[0]:
        score += _BEGINS_LIKE_FIRST
    elif stems[place] is not None and stems[place] == stems[0]:
        score += _BEGINS_ALMOST_LIKE_FIRST
    if left == line[-1]:
        score += _ENDS_LIKE_LAST
    if _abbreviates(right, line[0]):
        score += _ABBREVIATION
    return score


def _abbreviates(word: str, first: str) -> bool:
    """Tell whether ``word`` looks like the initials of a label that begins with ``first``: NLP, PdM."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 and word[0].lower() == first[0].lower() and not first.isupper()


def _next_same(stems: Sequence[str | None]) -> list[int]:
    """Return, per word, where its stem comes again."""
    upcoming: dict[str, int] = {}
    following = [_FAR] * len(stems)
    for place in range(len(stems) - 1, -1, -1):
        stem = stems[place]
        if stem is not None:
            following[place] = upcoming.get(stem, _FAR)
            upcoming[stem] = place
    return following


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return a rough English stem: enough to see that *adjusting* and *adjust* are one word."""
    stem = word.lower().replace("’", "'").strip("()',.\"")
    for ending in ("'s", "s'"):
        stem = stem.removesuffix(ending)
    if len(stem) > 5 and stem.endswith("ing"):
        stem = stem[:-3]
    elif len(stem) > 4 and stem.endswith("ies"):
        stem = stem[:-3] + "y"
    elif len(stem) > 3 and stem.endswith("s") and not stem.endswith("ss"):
        stem = stem[:-1]
    return stem[:-1] if len(stem) > 4 and stem.endswith("e") else stem
