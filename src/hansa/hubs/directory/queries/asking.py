"""What a reader of the directory asks for, as the address holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hansa.hubs.directory.states import HubType, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

MAX_TEXT = 400
MAX_VALUES = 60  # per group; the largest vocabulary of a group has 48
MAX_COMPARED = 4
_MAX_VALUE = 120
_MAX_PAGE = 100_000

# The name in the address, the group of the facets, what people call it.
PARAMETERS = {
    "fn": "function",
    "activity": "activity",
    "tech": "technology",
    "sector": "sector",
    "cc": "country",
    "lang": "language",
    "type": "type",
    "trust": "trust",
}
NAMES = {group: name for name, group in PARAMETERS.items()}
LABELS = {
    "function": pgettext_lazy("filter", "Function"),
    "activity": pgettext_lazy("filter", "Activity"),
    "technology": pgettext_lazy("filter", "Technology"),
    "sector": pgettext_lazy("filter", "Sector"),
    "country": pgettext_lazy("filter", "Country"),
    "language": pgettext_lazy("filter", "Language"),
    "type": pgettext_lazy("filter", "Type"),
    "trust": pgettext_lazy("filter", "Trust"),
}
VOCABULARIES = {
    "function": Kind.FUNCTION,
    "activity": Kind.ACTIVITY,
    "technology": Kind.TECHNOLOGY,
    "sector": Kind.SECTOR,
    "country": Kind.COUNTRY,
    "language": Kind.LANGUAGE,
}
SORTS = {
    "best": _("Best match"),
    "gaps": _("Fills most gaps"),
    "name": _("Name"),
    "country": _("Country"),
    "joint": _("Most joint deliveries"),
    "rate": _("Cheapest day rate"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search of the directory. ``filters`` holds (group, values) pairs, each value known to its vocabulary.

    ``dropped`` are the readings of the text that the reader took away, ``unknown`` filters that mean nothing (as name
    in the address and value), ``compared`` the addresses of ticked hubs.
    """

    text: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dropped: tuple[str, ...] = ()
    sort: str = "best"
    page: int = 1
    compared: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    was_cut: bool = False

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        return dict(self.filters)

    def without(self, group: str, value: str | None = None) -> Asked:
        """Return the same search without one value of a group, or without the whole group."""
        kept = []
        for name, values in self.filters:
            left = values if name != group else tuple(one for one in values if value is not None and one != value)
            if left:
                kept.append((name, left))
        return replace(self, filters=tuple(kept), page=1)

    def without_text(self) -> Asked:
        return replace(self, text="", dropped=(), page=1, was_cut=False)

    def with_values(self, group: str, values: Iterable[str]) -> Asked:
        """Return the same search with these values of a group instead of others."""
        chosen = {**self.chosen, group: tuple(values)}
        order = [*PARAMETERS.values()]
        return replace(self, filters=tuple((name, chosen[name]) for name in order if chosen.get(name)), page=1)

    def query(self, *, page: int = 1, with_unknown: bool = True) -> str:
        """Return the query string of this search, with its question mark; empty for the whole directory."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        pairs += [(NAMES[group], value) for group, values in self.filters for value in values]
        pairs += self.unknown if with_unknown else ()
        pairs += [("not", reading) for reading in self.dropped]
        pairs += [("sort", self.sort)] if self.sort != "best" else []
        pairs += [("hub", slug) for slug in self.compared]
        pairs += [("page", str(page))] if page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""


def asked(given: Mapping[str, Sequence[str]]) -> Asked:
    """Read the parameters of an address. What means nothing is left out, never an error."""
    text = " ".join(next(iter(given.get("q", [])), "").split())
    filters, unknown = [], []
    for name, group in PARAMETERS.items():
        values = _some(given.get(name, []), MAX_VALUES)
        known = known_values(group)
        fitting = tuple(value for value in values if value in known)
        unknown += [(name, value) for value in values if value not in known]
        if fitting:
            filters.append((group, fitting))
    sort = next(iter(given.get("sort", [])), "best")
    page = next(iter(given.get("page", [])), "1")
    return Asked(
        text=text[:MAX_TEXT].strip(),
        filters=tuple(filters),
        dropped=tuple(_some(given.get("not", []), MAX_VALUES)) if text else (),
        sort=sort if sort in SORTS else "best",
        page=min(max(int(page), 1), _MAX_PAGE) if page.isdecimal() and len(page) < 10 else 1,
        compared=tuple(_some(given.get("hub", []), MAX_COMPARED)),
        unknown=tuple(unknown[:MAX_COMPARED]),
        was_cut=len(text) > MAX_TEXT,
    )


def known_values(group: str) -> Mapping[str, object]:
    """Return the values a group can be filtered by, with what names them, in their order."""
    if group == "type":
        return {kind.value: kind.label for kind in HubType}
    if group == "trust":
        return {level.value: level.label for level in Trust}
    return taxonomy.vocabulary(VOCABULARIES[group])


def label_of(group: str, value: str) -> str:
    """Return a value of a group in the reader's words."""
    named = known_values(group).get(value)
    if named is None:
        return value
    return named.label if isinstance(named, taxonomy.Entry) else str(named)


def _some(values: Sequence[str], most: int) -> list[str]:
    return list(dict.fromkeys(value[:_MAX_VALUE] for value in values[: most * 4] if value))[:most]
