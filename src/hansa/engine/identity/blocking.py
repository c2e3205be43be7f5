"""Which records are worth comparing: those that share something rare. Everything else is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from hansa.engine.identity.corpus import Corpus, Known
from hansa.engine.identity.words import Form

RAREST = 3  # words of a form by which it is looked up
LARGEST = 120  # records under one key; more common keys are joined with the place
PREFIX = 6
GLUED_PREFIX = 12
GLANCE = 0.4  # share of the lighter name's weight that both must hold


def candidates(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Pairs of positions, each once, the smaller first, in ascending order.

    Deterministic. About n x RAREST x LARGEST / 2 at the very most; in practice a few dozen for each record.
    """
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for position, known in enumerate(corpus.known):
        for key in set(_keys(known, corpus)):
            blocks[key].append(position)
    partners: list[set[int]] = [set() for _ in corpus.known]
    for key, members in blocks.items():
        if len(members) > LARGEST and not key.startswith(("pic ", "vat ")):
            continue
        for at, one in enumerate(members):
            partners[one].update(members[at + 1 :])
    for one, others in enumerate(partners):
        for other in sorted(others):
            yield one, other


def is_worth_weighing(left: Known, right: Known, corpus: Corpus) -> bool:
    """A glance before all evidence is weighed: leaves out pairs whose names share little and nothing else."""
    if (left.pic and left.pic == right.pic) or (left.vat and left.vat == right.vat) or left.glued & right.glued:
        return True
    if left.country and right.country and left.country != right.country:
        return False
    shared = sum(map(corpus.weight, left.keys & right.keys))
    if shared >= GLANCE * min(corpus.total(left), corpus.total(right)):
        return True
    has_short = left.name.short & (right.name.short | right.name.initials) or right.name.short & left.name.initials
    return bool(has_short) or bool(left.domain and left.domain == right.domain)


def _keys(known: Known, corpus: Corpus) -> Iterator[str]:
    if known.pic:
        yield f"pic {known.pic}"
    if known.vat and known.vat not in corpus.shared_vats:
        yield f"vat {known.vat}"
    if known.domain and known.domain not in corpus.shared_domains:
        yield f"web {known.domain}"
    for short in known.name.short:
        yield f"short {short} {known.country}"
    for initials in known.name.initials:
        if len(initials) >= 4:
            yield f"short {initials} {known.country}"
    for form in known.name.forms:
        yield from _form_keys(form, known, corpus)


def _form_keys(form: Form, known: Known, corpus: Corpus) -> Iterator[str]:
    """The rarest words; of common words two together, or one with the place."""
    yield f"glued {form.glued[:GLUED_PREFIX]}"
    words = sorted({word.key for word in form.words}, key=lambda key: (corpus.times(key), key))
    for key in words[:RAREST]:
        yield f"word {key}"
        if not key.startswith("="):
            yield f"start {key[:PREFIX]} {known.country}"
    for key in words[: RAREST + 1]:
        for city in known.city:
            yield f"place {key} {city}"
    for one, other in combinations(sorted(words[: RAREST + 1]), 2):
        yield f"two {one} {other} {known.country}"
