"""The map beside the list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.hubs.directory.queries import places, search

_MOST_NAMES = 3
_OTHERS_UP_TO = 400  # hubs of the directory; more of them would hide those found


def chart_of(page: search.Page) -> dict[str, Any]:
    """Return the marks of the hubs found, and as plain dots the others."""
    chart = places.chart(page.catalogue, page.hits.order)
    marks = [_mark(page, group) for group in chart.groups]
    if page.total < page.n_all <= _OTHERS_UP_TO:
        marks += [_other(page, group) for group in places.others(page.catalogue, page.hits.order).groups]
    countries = {page.catalogue.rows[position].country for group in chart.groups for position in group.positions}
    return {
        "marks": marks,
        "countries": sorted(countries - {""}) if page.total < page.n_all else [],
        "note": _note(chart),
    }


def _mark(page: search.Page, group: places.Group) -> dict[str, Any]:
    rows = [page.catalogue.rows[position] for position in group.positions]
    if len(rows) == 1:
        is_own = page.own is not None and rows[0].id == page.own.id
        return {
            "x": group.x, "y": group.y, "area": group.area, "kind": "own" if is_own else "match",
            "label": rows[0].name, "href": reverse("directory:profile", args=[rows[0].slug]),
        }  # fmt: skip
    countries = sorted({row.country for row in rows if row.country})
    names = ", ".join(row.name for row in rows[:_MOST_NAMES])
    label = ngettext("%(n)s hub: %(names)s", "%(n)s hubs, among them %(names)s", len(rows))
    return {
        "x": group.x, "y": group.y, "area": group.area, "kind": "match", "count": len(rows),
        "label": label % {"n": len(rows), "names": names},
        "href": reverse("directory:list") + page.asked.with_values("country", countries).query(),
    }  # fmt: skip


def _other(page: search.Page, group: places.Group) -> dict[str, Any]:
    row = page.catalogue.rows[group.positions[0]]
    own = page.own is not None and row.id == page.own.id
    return {
        "x": group.x, "y": group.y, "area": group.area, "kind": "own" if own else "other", "label": row.name,
        "href": reverse("directory:profile", args=[row.slug]),
    }  # fmt: skip


def _note(chart: places.Chart) -> str:
    """Say which hubs stand in the middle of their country, and which not at all."""
    parts = []
    if chart.n_guessed:
        parts.append(
            ngettext(
                "%(n)s hub does not say where it is and stands in the middle of its country.",
                "%(n)s hubs do not say where they are and stand in the middle of their countries.",
                chart.n_guessed,
            )
            % {"n": chart.n_guessed}
        )
    if chart.n_nowhere:
        parts.append(
            ngettext(
                "%(n)s hub lies outside the map or names no country.",
                "%(n)s hubs lie outside the map or name no country.",
                chart.n_nowhere,
            )
            % {"n": chart.n_nowhere}
        )
    return " ".join(parts) if parts else _("Each mark stands where the hub says it is.")
