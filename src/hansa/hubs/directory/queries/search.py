"""Searching the directory: one page of hubs, the counts beside the filters, how the text was read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from django.utils.translation import get_language

from hansa.foundation.actors import Actor
from hansa.hubs.directory.models import Hub
from hansa.hubs.directory.queries import orders
from hansa.hubs.directory.queries.asking import VOCABULARIES, Asked
from hansa.hubs.directory.queries.catalogue import Catalogue, Row, catalogue
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.queries.reading import Read, Reading, read_text
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

PAGE_SIZE = 20
Counts = Mapping[str, Mapping[Hashable, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What a hub covers of the activities the reader's own hub does not have; ``perhaps`` was only read in its text."""

    covered: tuple[str, ...]
    perhaps: tuple[str, ...]
    n_gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What a search finds in one state of the directory: ``order`` holds positions of rows, best first."""

    order: npt.NDArray[np.intp]
    counts: Counts
    reads: tuple[Read, ...]

    @property
    def total(self) -> int:
        return len(self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of what a search finds. ``own`` is the reader's hub, if they act for one that is listed."""

    asked: Asked
    catalogue: Catalogue
    hits: Hits
    rows: tuple[Row, ...]
    number: int
    n_pages: int
    own: Row | None

    @property
    def total(self) -> int:
        return self.hits.total

    @property
    def n_all(self) -> int:
        return len(self.catalogue.rows)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What everything shown beside the list depends on, except the language."""
        asked = self.asked
        return (self.catalogue.stamp, asked.text, asked.filters, asked.dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """A looser search and what it finds: without one part (``group``, empty for the text), or with this part alone."""

    group: str
    values: tuple[str, ...]
    is_alone: bool
    total: int
    asked: Asked


_hits: Kept[Hits] = Kept(128)


def search_hubs(asked: Asked, *, actor: Actor) -> Page:
    """Return one page of the hubs asked for: one statement, and one more for a text not searched lately."""
    directory = catalogue()
    own = own_row(directory, actor)
    hits = _found(directory, asked, own)
    n_pages = max(1, -(-hits.total // PAGE_SIZE))
    number = min(asked.page, n_pages)
    positions = hits.order[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    rows = tuple(directory.rows[position] for position in positions.tolist())
    return Page(asked=asked, catalogue=directory, hits=hits, rows=rows, number=number, n_pages=n_pages, own=own)


def own_row(directory: Catalogue, actor: Actor) -> Row | None:
    position = directory.by_id.get(actor.hub_id) if actor.hub_id is not None else None
    return None if position is None else directory.rows[position]


_n_countries: Kept[int] = Kept(4)


def n_countries(directory: Catalogue) -> int:
    """Return in how many countries the listed hubs are."""
    counted = lambda: sum(1 for n in directory.facets.counts()["country"].values() if n)  # noqa: E731
    return _n_countries.get(directory.stamp, counted)


_slugs: Kept[dict[str, int]] = Kept(2)


def rows_of(directory: Catalogue, slugs: Sequence[str]) -> list[Row]:
    """Return the hubs of these addresses, in their order; addresses nobody has are left out."""
    if not slugs:
        return []
    known = _slugs.get(directory.stamp, lambda: {row.slug: place for place, row in enumerate(directory.rows)})
    return [directory.rows[known[slug]] for slug in dict.fromkeys(slugs) if slug in known]


def overlap(row: Row, own: Row | None) -> Overlap | None:
    """Return what ``row`` covers of what the reader's hub lacks; nothing for visitors and for the hub itself."""
    if own is None or own.id == row.id:
        return None
    gaps = gaps_of(own)
    said, read = activities_of(row)
    return Overlap(
        covered=tuple(code for code in said if code in gaps),
        perhaps=tuple(code for code in read if code in gaps),
        n_gaps=len(gaps),
    )


def gaps_of(own: Row) -> frozenset[str]:
    """Return the codes of the activities a hub does not say it has."""
    return frozenset(taxonomy.vocabulary(Kind.ACTIVITY)) - frozenset(activities_of(own)[0])


def activities_of(row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the activities a hub says it has, and those that were only read in its text."""
    known, said, read = taxonomy.vocabulary(Kind.ACTIVITY), [], []
    for code in row.activities:
        if code in known:
            (said if row.concepts.get(known[code].id, 0.0) >= orders.SAID_FROM else read).append(code)
    return tuple(said), tuple(read)


def relaxations(page: Page) -> list[Relaxation]:
    """Return what a search that found nothing would find without each of its parts, the most first.

    The first names the part that costs most. Where leaving out one part is not enough: what each part finds alone.
    """
    asked = page.asked
    parts = [*asked.filters, *([("", (asked.text,))] if asked.text else [])]
    for is_alone in (False, True):
        found = [_relaxed(page, group, values, is_alone=is_alone) for group, values in parts]
        found = [way for way in found if way.total]
        if found:
            return sorted(found, key=lambda way: -way.total)
    return []


def _relaxed(page: Page, group: str, values: tuple[str, ...], *, is_alone: bool) -> Relaxation:
    asked = page.asked
    if is_alone:
        bare = replace(asked, filters=(), page=1, unknown=())
        looser = bare.without_text().with_values(group, values) if group else bare
    else:
        looser = asked.without(group) if group else asked.without_text()
    total = _found(page.catalogue, looser, page.own).total
    return Relaxation(group=group, values=values, is_alone=is_alone, total=total, asked=looser)


def _found(directory: Catalogue, asked: Asked, own: Row | None) -> Hits:
    language = get_language() if asked.sort == "country" else ""
    for_hub = own if asked.sort in {"best", "gaps"} else None
    key = (directory.stamp, asked.text, asked.filters, asked.dropped, asked.sort, language)
    return _hits.get((*key, for_hub and for_hub.id), lambda: _find(directory, asked, own))


def _find(directory: Catalogue, asked: Asked, own: Row | None) -> Hits:
    reading = read_text(asked.text, asked.dropped) if asked.text else Reading(reads=(), words="")
    chosen: dict[str, set[str]] = {group: set(values) for group, values in asked.filters}
    for read in reading.reads:
        if read.group:
            chosen.setdefault(read.group, set()).add(read.value)
    fit = _fit(directory, reading)
    base = fit > 0 if fit is not None else None
    mask = directory.facets.mask(chosen, base=base)
    worth = _worth(directory, asked, own, fit, chosen)
    # A stable sort: rows stand in alphabetical order already, which decides between equals.
    order = np.flatnonzero(mask)
    if worth is not None:
        order = order[np.argsort(-worth[order], kind="stable")]
    return Hits(order=order, counts=directory.facets.counts_per_group(chosen, base=base), reads=reading.reads)


def _fit(directory: Catalogue, reading: Reading) -> npt.NDArray[np.float32] | None:
    """Return how well each row fits the words, 0 = not at all; nothing when there are no words to fit."""
    concepts = [read for read in reading.reads if read.concept_ids]
    if not reading.words and not concepts:
        return None
    fit = np.zeros(len(directory.rows), dtype=np.float32)
    for read in concepts:
        fit += read.confidence * orders.strength_of(directory, read.concept_ids) / len(concepts)
    for all_words in (True, False):
        ranks = _ranks(reading.words, all_words=all_words)
        if ranks:
            most = max(ranks.values()) or 1.0
            for pk, rank in ranks.items():
                if pk in directory.by_id:
                    fit[directory.by_id[pk]] += (2.0 if all_words else 0.5) * max(rank / most, 0.01)
        if ranks or fit.any():
            break
    return fit


def _ranks(words: str, *, all_words: bool) -> dict[int, float]:
    """Return how well the words fit names and texts of hubs; one statement."""
    query = taxonomy.prefix_query(words, all_words=all_words)
    if not query:
        return {}
    wanted = SearchQuery(query, search_type="raw", config="simple")
    rows = Hub.objects.filter(is_listed=True, search=wanted).annotate(rank=SearchRank(F("search"), wanted))
    return dict(rows.values_list("pk", "rank"))


def _worth(
    directory: Catalogue,
    asked: Asked,
    own: Row | None,
    fit: npt.NDArray[np.float32] | None,
    chosen: Mapping[str, set[str]],
) -> npt.NDArray[np.float32] | None:
    columns = orders.columns(directory)
    if asked.sort == "name":
        return None
    if asked.sort == "country":
        return orders.country_order(directory, get_language() or "en")
    if asked.sort == "joint":
        return columns.joint
    if asked.sort == "rate":
        return columns.rate
    gaps = columns.covered(gaps_of(own)) if own is not None else None
    if asked.sort == "gaps" and gaps is not None:
        return gaps + columns.standing / 10
    ids = [
        taxonomy.vocabulary(VOCABULARIES[group])[value].id
        for group in ("activity", "technology")
        for value in chosen.get(group, ())
    ]
    wanted = fit if fit is not None else orders.strength_of(directory, ids) if ids else gaps
    return columns.standing if wanted is None else wanted + columns.standing / 100
