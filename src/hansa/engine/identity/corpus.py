"""The records read once, and how rare each thing is among them: what is rare proves more."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hansa.engine.identity.numbers import domain_of, pic_of, shared_domains, vat_of
from hansa.engine.identity.places import city_of, country_of
from hansa.engine.identity.record import Record
from hansa.engine.identity.words import Form, Name, name_of, tables

BACKGROUND = 5000  # names that stand behind every file, so that in a short one a common word does not look rare
LEAST_RECORDS = 2000  # a short file is taken as a part of a longer one
BACKGROUND_COUNTRY = 0.06
BACKGROUND_CITY = 0.002
SHARED_FROM = 4  # different names under one domain or number, from which it proves nothing
LEAST_WEIGHT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record as it is compared."""

    record: Record
    name: Name
    country: str
    city: frozenset[str]
    domain: str
    vat: str
    pic: str
    keys: frozenset[str]
    glued: frozenset[str]


def read(record: Record) -> Known:
    """Put a record into the one spelling in which records are compared."""
    country = country_of(record.country)
    name = name_of(record.name, record.other_names)
    return Known(
        record=record,
        name=name,
        keys=frozenset(word.key for form in name.forms for word in form.words),
        glued=frozenset(form.glued for form in name.forms) | name.short,
        country=country,
        city=city_of(record.city),
        domain=domain_of(record.website) or domain_of(record.email),
        vat=vat_of(record.vat, country),
        pic=pic_of(record.pic),
    )


class Corpus:
    """How often words, places, short names and domains occur."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.known = tuple(known)
        self.n = len(self.known)
        self._words: Counter[str] = Counter()
        self._names: Counter[frozenset[str]] = Counter()
        self._short: Counter[str] = Counter()
        self._countries: Counter[str] = Counter()
        self._cities: Counter[str] = Counter()
        for one in self.known:
            self._words.update(one.keys)
            self._names.update([keys_of(one.name.forms[0])])
            self._short.update(one.name.short)
            self._countries.update([one.country] if one.country else [])
            self._cities.update(one.city)
        self.shared_domains = shared_domains() | self._shared("domain")
        self.shared_vats = self._shared("vat")
        self._weights: dict[str, float] = {}
        self._totals: dict[str, float] = {}

    def weight(self, key: str) -> float:
        """How much a word tells, in natural log: about ln(1 / share of names that hold it)."""
        found = self._weights.get(key)
        if found is None:
            expected = BACKGROUND * tables().rates.get(key, 0.0) + 0.5
            found = max(LEAST_WEIGHT, math.log((self.n + BACKGROUND) / (self._words[key] + expected)))
            if key.isdigit() and len(key) < 3:
                found = min(found, 2.0)
            elif len(key) <= 2:
                found = min(found, 4.0)
            self._weights[key] = found
        return found

    def total(self, known: Known) -> float:
        """How much all words of the main name tell together."""
        name = known.record.id
        if name not in self._totals:
            self._totals[name] = sum(self.weight(word.key) for word in known.name.forms[0].words)
        return self._totals[name]

    def times(self, key: str) -> int:
        """Records whose name holds a word."""
        return self._words[key]

    def name_weight(self, form: Form) -> float:
        """How much the same whole name tells, by how many are called so."""
        return math.log((self.n + BACKGROUND) / (self._names[keys_of(form)] + 1.0))

    def short_weight(self, short: str) -> float:
        """How much a short name tells; those of two letters tell little."""
        rare = math.log((self.n + BACKGROUND) / (self._short[short] + 0.5))
        return min(rare, 2.5 * len(short) - 2.5)

    def country_weight(self, country: str) -> float:
        """How much the same country tells."""
        share = (self._countries[country] + 50 * BACKGROUND_COUNTRY) / (sum(self._countries.values()) + 50)
        return -math.log(share)

    def city_weight(self, city: frozenset[str]) -> float:
        """How much the same city tells, by its rarest word."""
        known = sum(self._countries.values()) + 500
        return max((-math.log((self._cities[word] + 500 * BACKGROUND_CITY) / known) for word in city), default=0.0)

    @property
    def one_in(self) -> int:
        """Of how many pairs of records one is one organisation, if one record in five has a double."""
        return 5 * max(self.n, LEAST_RECORDS)

    def _shared(self, field: str) -> frozenset[str]:
        """Values under which several names stand that have no telling word in common."""
        groups: defaultdict[str, list[Known]] = defaultdict(list)
        for one in self.known:
            if getattr(one, field):
                groups[getattr(one, field)].append(one)
        return frozenset(value for value, members in groups.items() if _n_different(members) >= SHARED_FROM)


def keys_of(form: Form) -> frozenset[str]:
    """The words of a name by what they are compared by."""
    return frozenset(word.key for word in form.words)


def _n_different(members: list[Known]) -> int:
    """Groups of names without a word in common, words of kind and field aside."""
    groups: list[set[str]] = []
    for one in members[:200]:
        own = {key for key in one.keys if not key.startswith("=")} | one.name.short
        touching = [group for group in groups if group & own]
        for group in touching:
            own |= group
            groups.remove(group)
        groups.append(own)
    return len(groups)
