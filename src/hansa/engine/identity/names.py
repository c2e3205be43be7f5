"""How two names agree: which words they share, which only one has, and what that weighs."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from hansa.engine.identity.corpus import Corpus
from hansa.engine.identity.letters import sound
from hansa.engine.identity.words import Form, Name, Word, meaning, tables

SLIP = 0.8  # what a word with a slip of the pen is worth of the same word without
CUT, INITIAL = 0.6, 0.2  # what an abbreviated word is worth, and a single letter for it
PLACE = 0.4  # weight of a place name inside both names where the city is the same anyway
MORE = 0.9  # cost of a word that only one name has, per weight
OTHER = 1.1  # cost of a word in place of another, per weight of both
LEAST_COST = 4.5  # of any word that only one name has, however common
KIND_COST = 6.0  # of a word that makes it another kind of organisation
OWN_PLACE_COST = 3.0  # of the name of the record's own city
COUNTRY_COST = 4.5  # of the name of the record's own country, as subsidiaries have it
SAME_PLACE_COST = 1.5  # of the name of the city both are in
OTHERS_SHORT_COST = 0.5  # of a word that is the other one's short name
MOST_SHARED = 13.0  # words of one name go together: what they add up to says less than their sum
WHOLE_ONE, WHOLE = 2.0, 4.0  # both names have nothing but what they share: one word, several
OTHER_NAME = -2.0  # it is not the main names that agree
LEAST_LETTERS = 5
LEAST_GLUED = 8
GLUED = 0.9  # what words written together are worth of the same words apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How one form of a name agrees with one of another. Words are given as written, folded."""

    shared: tuple[str, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    shared_weight: float
    difference_weight: float
    is_whole: bool
    is_main: bool
    is_same_language: bool
    has_own: bool
    legal: tuple[str, str]

    @property
    def log_odds(self) -> float:
        return self.shared_weight + self.difference_weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What names are compared against: how rare words are, the city both records are known to be in, the words
    that name the records' own city or country."""

    corpus: Corpus
    places: frozenset[str]
    own_places: frozenset[str]

    def weight(self, key: str) -> float:
        return PLACE if key in self.places else self.corpus.weight(key)

    def cost(self, word: Word, short: frozenset[str]) -> float:
        if word.plain in short:
            return OTHERS_SHORT_COST
        if word.key in self.own_places:
            if word.key.startswith("="):
                return COUNTRY_COST
            return SAME_PLACE_COST if word.key in self.places else OWN_PLACE_COST
        if word.key in tables().kinds:
            return KIND_COST
        if len(word.plain) == 1:
            return LEAST_COST / 2
        return max(LEAST_COST, MORE * self.corpus.weight(word.key))


def compare_names(left: Name, right: Name, setting: Setting) -> Agreement:
    """The best agreement of the main names; of other names only where the main ones share no word of their own,
    as translations do. Otherwise the short name of a group would make one of all its members."""
    best: dict[bool, Agreement] = {}
    for one in left.forms:
        for other in right.forms:
            found = _compare(one, other, (left.short, right.short), setting)
            if found.is_main not in best or found.log_odds > best[found.is_main].log_odds:
                best[found.is_main] = found
    main = best[True]
    other_name = best.get(False)
    if other_name and other_name.has_own and not main.has_own and other_name.log_odds > main.log_odds:
        return other_name
    return main


def _compare(left: Form, right: Form, short: tuple[frozenset[str], frozenset[str]], setting: Setting) -> Agreement:
    keys = {word.key for word in right.words}
    pairs = [(word, word, 1.0) for word in dict.fromkeys(left.words) if word.key in keys]
    matched = {word.key for word, _, _ in pairs}
    rest_left = [word for word in dict.fromkeys(left.words) if word.key not in matched]
    rest_right = [word for word in dict.fromkeys(right.words) if word.key not in matched]
    if rest_left and rest_right:
        pairs += _nearly(rest_left, rest_right)
    if rest_left or rest_right:
        pairs += _glued(rest_left, rest_right, left, right)
    worth: dict[str, float] = {}
    for one, other, share in pairs:
        weight = share * min(setting.weight(one.key), setting.weight(other.key))
        worth[one.key] = max(worth.get(one.key, 0.0), weight)
    is_main = left.is_main and right.is_main
    is_whole = bool(pairs) and not rest_left and not rest_right
    shared = sum(worth.values())
    if is_whole and is_main:
        shared = _whole(shared, left, right, setting)
    else:
        shared = min(shared, MOST_SHARED)
    return Agreement(
        shared=tuple(dict.fromkeys(word.plain for word, _, _ in pairs)),
        only_left=tuple(word.plain for word in rest_left),
        only_right=tuple(word.plain for word in rest_right),
        shared_weight=shared,
        difference_weight=_difference(rest_left, rest_right, short, setting) + (0.0 if is_main else OTHER_NAME),
        is_whole=is_whole,
        is_main=is_main,
        is_same_language=_same_words(left, right),
        has_own=any(not key.startswith("=") and key not in setting.own_places for key in worth),
        legal=(left.legal, right.legal),
    )


def _whole(shared: float, left: Form, right: Form, setting: Setting) -> float:
    """Names without a difference: beside their words, that nothing else stands there, and that few are called so."""
    if not _same_words(left, right):
        return min(shared, MOST_SHARED) + WHOLE_ONE
    whole = WHOLE if len(left.words) > 1 else WHOLE_ONE
    return max(shared, setting.corpus.name_weight(left)) + whole


def _same_words(left: Form, right: Form) -> bool:
    return {sound(word.plain) for word in left.words} == {sound(word.plain) for word in right.words}


def _difference(
    rest_left: list[Word], rest_right: list[Word], short: tuple[frozenset[str], frozenset[str]], setting: Setting
) -> float:
    lost_left = sum(setting.cost(word, short[1]) for word in rest_left)
    lost_right = sum(setting.cost(word, short[0]) for word in rest_right)
    instead, more = min(lost_left, lost_right), abs(lost_left - lost_right)
    return -OTHER * 2 * instead - more


def _nearly(left: list[Word], right: list[Word]) -> list[tuple[Word, Word, float]]:
    """Take words out of both lists that are slips or abbreviations of each other."""
    found: list[tuple[Word, Word, float]] = []
    for one in list(left):
        for other in list(right):
            worth = _likeness(one.plain, other.plain)
            if worth:
                found.append((one, other, worth))
                left.remove(one)
                right.remove(other)
                break
    return found


def _likeness(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    if len(short) >= LEAST_LETTERS and short.isalpha() and long.isalpha():
        # A slip is seldom at the beginning: "Dolnoslaska" and "Gornoslaska" are two regions.
        allowed = 0 if one[0] != other[0] else 1 if len(short) < 8 or one[:3] != other[:3] else 2
        if (
            allowed
            and len(long) - len(short) <= allowed
            and Levenshtein.distance(one, other, score_cutoff=allowed) <= allowed
        ):
            return SLIP
    if len(short) <= 5 and len(long) >= len(short) + 3 and long.startswith(short):
        # "Tech." is technology, but "Lans" is not Lansstyrelsen.
        return INITIAL if len(short) == 1 else CUT if len(short) >= 3 and meaning(long).startswith("=") else 0.0
    return 0.0


def _glued(rest_left: list[Word], rest_right: list[Word], left: Form, right: Form) -> list[tuple[Word, Word, float]]:
    """Take out words that one name writes as one and the other as two."""
    if len(left.glued) >= LEAST_GLUED and left.glued == right.glued:
        found = [(word, word, GLUED) for word in (*rest_left, *rest_right)]
        rest_left.clear()
        rest_right.clear()
        return found
    found = []
    for rest, other_rest, other in ((rest_left, rest_right, right), (rest_right, rest_left, left)):
        for word in [word for word in rest if len(word.plain) >= LEAST_GLUED]:
            parts = _parts_of(word, other.words)
            if parts:
                found.append((word, word, GLUED))
                rest.remove(word)
                other_rest[:] = [left_over for left_over in other_rest if left_over not in parts]
    return found


def _parts_of(word: Word, words: tuple[Word, ...]) -> list[Word]:
    """Neighbouring words that together, or with a small word behind, make up this one."""
    for start, first in enumerate(words):
        if not word.plain.startswith(first.plain[:3]):
            continue
        if word.plain.startswith(first.plain) and word.plain[len(first.plain) :] in tables().stop_words:
            return [first]
        joined, parts = first.plain, [first]
        for following in words[start + 1 : start + 4]:
            joined, parts = joined + following.plain, [*parts, following]
            if sound(joined) == sound(word.plain):
                return parts
    return []
