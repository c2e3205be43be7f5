"""Hubs as cards: each drawn once, and kept while the hub and the language stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hansa.hubs.directory.queries import asking, orders, places, search
from hansa.hubs.directory.queries.catalogue import Row
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.states import Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_MOST_TAGS = 4
_MIDDLE = "\ue010"
# A card of 2 KB each: two screens full of searches.
_cards: Kept[tuple[Row, str]] = Kept(2000)


def cards(page: search.Page) -> list[str]:
    """Return the cards of a page as HTML, in order. Those drawn lately cost nothing."""
    language, compared = get_language(), set(page.asked.compared)
    wanted = _wanted(page)
    keys = [
        (
            row.id,
            language,
            row.slug in compared,
            _ticks(row, page, wanted),
            page.own is not None and page.own.id == row.id,
        )
        for row in page.rows
    ]
    found = {key: _cards.peek(key) for key in keys}
    missing = [
        (key, row)
        for key, row in zip(keys, page.rows, strict=True)
        if (kept := found[key]) is None or kept[0] is not row
    ]
    if missing:
        regions = places.regions_of(page.catalogue)
        drawn = render_to_string(
            "hubs/directory/cards.html",
            {"cards": [_card(row, key[3], regions, key[2], key[4]) for key, row in missing], "end": _MIDDLE},
        ).split(_MIDDLE)
        for (key, row), html in zip(missing, drawn, strict=False):
            found[key] = _cards.put(key, (row, html))
    return [found[key][1] for key in keys]  # type: ignore[index]


def _wanted(page: search.Page) -> frozenset[int]:
    """Return the concepts that the search names."""
    ids = {pk for read in page.hits.reads for pk in read.concept_ids}
    for group, values in page.asked.filters:
        if group in {"activity", "technology"}:
            ids |= {taxonomy.vocabulary(asking.VOCABULARIES[group])[value].id for value in values}
    return frozenset(ids)


def _ticks(row: Row, page: search.Page, wanted: frozenset[int]) -> tuple[Any, ...]:
    """Return what the card marks: concepts the search names, and what the reader's own hub lacks."""
    overlap = search.overlap(row, page.own)
    named = tuple(sorted(pk for pk in wanted if pk in row.concepts))
    return (named, overlap and overlap.covered, overlap and overlap.n_gaps)


def _card(
    row: Row, ticks: tuple[Any, ...], regions: dict[str, taxonomy.Entry], is_compared: bool, is_own: bool
) -> dict[str, Any]:
    named, covered, n_gaps = ticks
    reason = _("Your hub") if is_own else reason_of(len(covered), n_gaps) if covered else ""
    return {
        "id": row.id,
        "slug": row.slug,
        "name": row.name,
        "href": reverse("directory:profile", args=[row.slug]),
        "place": place_of(row, regions),
        "reason": reason,
        "summary": row.summary,
        "tags": _tags(row, named, frozenset(covered or ())),
        "functions": row.strip if any(row.strip) else (),
        "compared": is_compared,
        **trust_words(row),
    }


def grouped(n: int) -> str:
    """Return a number as the reader's language writes thousands."""
    return number_format(n, force_grouping=True)


def reason_of(n_covered: int, n_gaps: int) -> str:
    return ngettext(
        "Covers %(n)s of the %(gaps)s activity you do not have",
        "Covers %(n)s of the %(gaps)s activities you do not have",
        n_gaps,
    ) % {"n": n_covered, "gaps": n_gaps}


def place_of(row: Any, regions: dict[str, taxonomy.Entry]) -> str:
    """Return city, region, country in the reader's language, as far as they are known; and whether the hub is invented."""
    region = regions[row.region].label if row.region in regions else ""
    country = asking.label_of("country", row.country) if row.country else ""
    place = ", ".join(dict.fromkeys(part for part in (row.city, region, country) if part))
    return f"{place} · {_('Example')}" if row.is_demo else place


def trust_words(row: Any) -> dict[str, Any]:
    """Return the line that says how far to trust a hub, part by part."""
    return {
        "assessed": row.trust == Trust.ASSESSED,
        "trust": trust_of(row),
        "joint": _together(row),
        "reply": _reply(row.reply_days),
        "languages": row.languages,
    }


def _together(row: Any) -> str:
    """Say what the hub did with others: joint deliveries, and services made together."""
    said = []
    if n := row.joint_deliveries:
        said.append(ngettext("%(n)s joint delivery", "%(n)s joint deliveries", n) % {"n": n})
    if n := row.made_together:
        said.append(ngettext("%(n)s service made together", "%(n)s services made together", n) % {"n": n})
    return ", ".join(said)


def trust_of(row: Any) -> str:
    if row.trust == Trust.ASSESSED and row.assessed_on:
        return _("Assessed %(when)s") % {"when": date_format(row.assessed_on, "M Y")}
    return str(Trust(row.trust).label)


def _reply(days: float | None) -> str:
    if days is None:
        return ""
    if days < 1:
        return _("Replies within a day")
    n = round(days)
    return ngettext("Replies in %(n)s day", "Replies in %(n)s days", n) % {"n": n}


def _tags(row: Row, named: Sequence[int], lacking: frozenset[str]) -> list[dict[str, Any]]:
    """Return what the hub can do: first what the search names, then what the reader lacks, then the rest."""
    activities = taxonomy.vocabulary(Kind.ACTIVITY)
    said = [pk for pk, strength in row.concepts.items() if strength >= orders.SAID_FROM]
    lacked = [activities[code].id for code in row.activities if code in lacking]
    ticked = {*named, *lacked} & set(said)
    known = taxonomy.entries(list(dict.fromkeys([*named, *lacked, *said]))[: 2 * _MOST_TAGS])
    # The same words as technology and as competence are one thing to the reader.
    once = {taxonomy.normalised(entry.label): pk for pk, entry in reversed(known.items())}
    shown = [pk for pk, entry in known.items() if once[taxonomy.normalised(entry.label)] == pk]
    tags = [{"text": _tag(known[pk].label, pk in said), "tick": pk in ticked} for pk in shown[:_MOST_TAGS]]
    return tags or _sectors(row)


def _tag(label: str, is_said: bool) -> str:
    return label if is_said else _("Read in its text: %(name)s") % {"name": label}


def _sectors(row: Row) -> list[dict[str, Any]]:
    vocabulary: Iterable[str] = row.sectors[:_MOST_TAGS]
    return [{"text": asking.label_of("sector", value), "tick": False} for value in vocabulary]
