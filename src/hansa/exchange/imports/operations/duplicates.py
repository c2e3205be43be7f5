"""Which rows of a file may mean a hub that is here already, or one of another row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from hansa.engine.explain import say
from hansa.engine.identity import Record, find_duplicates
from hansa.exchange.imports.operations.repairs import Repaired
from hansa.exchange.imports.operations.report import Line
from hansa.hubs.directory.queries import Known

_MOST_REASONS = 3


def duplicates_among(rows: Sequence[tuple[int, Repaired]], *, known: Sequence[Known]) -> list[Line]:
    """Return a remark for each row that may be another row or a hub known from elsewhere, with what speaks for it.

    :param rows: with their numbers in the file
    """
    name_of = {number: row.name for number, row in rows}
    found: dict[int, Line] = {}
    for pair in find_duplicates([*_records_of_hubs(known), *_records_of_rows(rows)]).pairs:
        # The pairs come surest first; hubs stand before rows, and rows in their order.
        (left, at), (right, number) = _read(pair.left), _read(pair.right)
        if pair.verdict == "apart" or right == "hub" or (left, at) == (right, number) or number in found:
            continue
        name = name_of[number]
        other = f"“{known[at].name}”" if left == "hub" else _("row %(row)s") % {"row": at}
        evidence = sorted((one for one in pair.evidence if one.log_odds > 0), key=lambda one: -one.log_odds)
        reasons = [say(one.reason, translate=gettext, translate_plural=ngettext) for one in evidence[:_MOST_REASONS]]
        text = _("possible duplicate of %(other)s (%(percent)s %%): %(reasons)s") % {
            "other": other,
            "percent": min(99, round(100 * pair.probability)),
            "reasons": " ".join(reasons),
        }
        found[number] = Line(row=number, name=name, kind="duplicate", text=text)
    return [found[number] for number in sorted(found)]


def _records_of_hubs(known: Sequence[Known]) -> Iterator[Record]:
    for number, hub in enumerate(known):
        yield from _record(f"hub {number}", hub)


def _records_of_rows(rows: Sequence[tuple[int, Repaired]]) -> Iterator[Record]:
    for number, row in rows:
        values = row.hub.values
        hub = Known(row.name, values["other_names"], row.country, values.get("city", ""), values.get("website", ""))
        yield from _record(f"row {number}", hub)


def _record(key: str, hub: Known) -> Iterator[Record]:
    """Yield the hub as the engine knows it, once by each of its names; a name without a letter tells nothing."""
    for place, name in enumerate((hub.name, *hub.other_names)):
        if any(letter.isalnum() for letter in name):
            yield Record(id=f"{key} {place}", name=name, country=hub.country, city=hub.city, website=hub.website)


def _read(key: str) -> tuple[str, int]:
    """Return of what kind a record is and its number there."""
    kind, number, _place = key.split()
    return kind, int(number)
