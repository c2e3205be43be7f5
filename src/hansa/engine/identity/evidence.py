"""Everything that speaks for and against two records being one organisation, each with its weight."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hansa.engine.identity.answer import Evidence, Pair, Verdict
from hansa.engine.identity.corpus import Corpus, Known
from hansa.engine.identity.names import Agreement, Setting, compare_names
from hansa.engine.identity.places import same_city
from hansa.engine.identity.record import Thresholds
from hansa.engine.problem import Reason

# Log-odds that no frequency in the data can tell. Stated, by judgement: how often one organisation is written so.
COUNTRIES_DIFFER = -7.0
CITIES_DIFFER = -2.0
LEGAL_SAME = 1.0
LEGAL_DIFFER = -3.0
SHORT_FITS = 0.6  # of the weight of a short name, if it is only the other name's initials
SHORT_DIFFER = -3.0
DOMAINS_DIFFER = -1.5
AGAIN = 0.5  # of the weight of a short name where the names share a word of their own: it says the same again
GROUP = 0.5  # of the weight of the city where the names share a word of their own and differ in another
NUMBER_SAME = 14.0
NUMBER_DIFFER = -9.0
RENAMED = -6.0  # with the same number, other names count no more against it: organisations are renamed
NOTHING_SHARED = -4.0
MOST_FROM_DOMAIN = 6.0

_SAME = {"pic": "pic_same", "vat": "vat_same"}
_DIFFER = {"pic": "pic_differs", "vat": "vat_differs"}


@dataclass(frozen=True, slots=True)
class Weighing:
    """All evidence about two records."""

    evidence: tuple[Evidence, ...]

    @property
    def probability(self) -> float:
        total = sum(one.log_odds for one in self.evidence)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))

    @property
    def is_vetoed(self) -> bool:
        return any(one.is_veto for one in self.evidence)

    def verdict(self, thresholds: Thresholds) -> Verdict:
        if self.probability >= thresholds.merge and not self.is_vetoed:
            return "merge"
        return "review" if self.probability >= thresholds.review else "apart"

    def pair(self, left: Known, right: Known, thresholds: Thresholds) -> Pair:
        return Pair(
            left=left.record.id,
            right=right.record.id,
            probability=self.probability,
            verdict=self.verdict(thresholds),
            evidence=self.evidence,
        )


def weigh(left: Known, right: Known, corpus: Corpus) -> Weighing:
    """Weigh all evidence about two records."""
    evidence = [
        Evidence(reason=Reason("identity_start", facts={"n": corpus.one_in}), log_odds=-math.log(corpus.one_in))
    ]
    evidence += _numbers(left, right, corpus)
    is_same_city = bool(left.city and right.city and same_city(left.city, right.city))
    places = left.city | right.city
    countries = {f"=in {country}" for country in (left.country, right.country) if country}
    setting = Setting(
        corpus=corpus,
        places=(places if is_same_city else frozenset()) | countries,
        own_places=places | countries,
    )
    agreement = compare_names(left.name, right.name, setting)
    has_number = any(one.log_odds == NUMBER_SAME for one in evidence)
    evidence += _names(agreement, least=RENAMED if has_number else -math.inf)
    evidence += _short_names(left, right, corpus, agreement)
    evidence += _legal_form(agreement)
    # Companies of one group, and the parts of a university, sit at one place.
    is_group = agreement.is_main and agreement.has_own and agreement.difference_weight < -2
    evidence += _places(left, right, corpus, is_same_city=is_same_city, share=GROUP if is_group else 1.0)
    evidence += _domains(left, right, corpus)
    return Weighing(tuple(evidence))


def _names(found: Agreement, *, least: float) -> Iterator[Evidence]:
    facts = {"words": found.shared}
    if not found.shared:
        yield Evidence(reason=Reason("names_unlike", good=False), log_odds=NOTHING_SHARED)
        return
    if found.is_whole and found.is_main:
        yield Evidence(reason=Reason("names_equal", facts=facts), log_odds=found.shared_weight)
        return
    yield Evidence(reason=Reason("names_share", facts=facts), log_odds=found.shared_weight)
    lost = max(found.difference_weight, least)
    if found.only_left and found.only_right:
        facts = {"words": found.only_left, "others": found.only_right}
        yield Evidence(reason=Reason("names_contradict", facts=facts, good=False), log_odds=lost)
    elif found.only_left or found.only_right:
        facts = {"words": found.only_left or found.only_right}
        yield Evidence(reason=Reason("names_differ", facts=facts, good=False), log_odds=lost)
    elif found.difference_weight:
        yield Evidence(reason=Reason("names_in_part", good=False), log_odds=found.difference_weight)


def _short_names(left: Known, right: Known, corpus: Corpus, found: Agreement) -> Iterator[Evidence]:
    share = AGAIN if found.has_own else 1.0
    said = {form.glued for name in (left.name, right.name) for form in name.forms[:1]} if found.is_whole else set()
    both = (left.name.short & right.name.short) - said
    if both:
        short = max(sorted(both), key=corpus.short_weight)
        yield Evidence(
            reason=Reason("short_name_same", facts={"name": short.upper()}), log_odds=share * corpus.short_weight(short)
        )
        return
    fits = (left.name.short & right.name.initials) | (right.name.short & left.name.initials)
    if fits:
        short = max(sorted(fits), key=corpus.short_weight)
        weight = SHORT_FITS * share * corpus.short_weight(short)
        yield Evidence(reason=Reason("short_name_fits", facts={"name": short.upper()}), log_odds=weight)
    elif left.name.short and right.name.short and not found.is_same_language and not left.name.short & right.name.short:
        yield Evidence(reason=Reason("short_names_differ", good=False), log_odds=SHORT_DIFFER)


def _legal_form(found: Agreement) -> Iterator[Evidence]:
    one, other = found.legal
    if not one or not other:
        return
    if one == other:
        yield Evidence(reason=Reason("legal_form_same"), log_odds=LEGAL_SAME)
    else:
        yield Evidence(reason=Reason("legal_forms_differ", good=False), log_odds=LEGAL_DIFFER)


def _places(left: Known, right: Known, corpus: Corpus, *, is_same_city: bool, share: float) -> Iterator[Evidence]:
    if left.country and right.country and left.country != right.country:
        reason = Reason("countries_differ", facts={"countries": (left.country, right.country)}, good=False)
        yield Evidence(reason=reason, log_odds=COUNTRIES_DIFFER, is_veto=True)
        return
    if is_same_city:
        common = left.city & right.city
        weight = corpus.city_weight(common) if common else min(map(corpus.city_weight, (left.city, right.city)))
        yield Evidence(reason=Reason("same_city", facts={"city": left.record.city}), log_odds=share * weight)
        return
    if left.country and right.country:
        reason = Reason("same_country", facts={"country": left.country})
        yield Evidence(reason=reason, log_odds=corpus.country_weight(left.country))
    if left.city and right.city:
        reason = Reason("cities_differ", facts={"cities": (left.record.city, right.record.city)}, good=False)
        yield Evidence(reason=reason, log_odds=CITIES_DIFFER)


def _domains(left: Known, right: Known, corpus: Corpus) -> Iterator[Evidence]:
    if not left.domain or not right.domain:
        return
    facts = {"domain": left.domain}
    if left.domain != right.domain:
        if not {left.domain, right.domain} & corpus.shared_domains:
            yield Evidence(reason=Reason("domains_differ", good=False), log_odds=DOMAINS_DIFFER)
    elif left.domain in corpus.shared_domains:
        yield Evidence(reason=Reason("domain_shared", facts=facts, good=False), log_odds=0.0)
    else:
        yield Evidence(reason=Reason("domain_same", facts=facts), log_odds=MOST_FROM_DOMAIN)


def _numbers(left: Known, right: Known, corpus: Corpus) -> Iterator[Evidence]:
    """PIC and VAT: the same is near to proof, another one forbids a merge."""
    for name, one, other in (("pic", left.pic, right.pic), ("vat", left.vat, right.vat)):
        if not one or not other:
            continue
        if one != other:
            reason = Reason(_DIFFER[name], facts={"numbers": (one, other)}, good=False)
            yield Evidence(reason=reason, log_odds=NUMBER_DIFFER, is_veto=True)
        elif name == "vat" and one in corpus.shared_vats:
            yield Evidence(reason=Reason("vat_shared", facts={"number": one}, good=False), log_odds=0.0)
        else:
            yield Evidence(reason=Reason(_SAME[name], facts={"number": one}), log_odds=NUMBER_SAME)
