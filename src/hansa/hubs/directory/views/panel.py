"""What stands around the list: menus of filters with their counts, the map, the chips. Each drawn once per search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hansa.hubs.directory.queries import asking, search
from hansa.hubs.directory.queries.asking import Asked
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.views.cards import grouped
from hansa.hubs.directory.views.charts import chart_of

MENUS = ("activity", "technology", "sector", "country", "language", "type", "trust")
_MOST_CHIPS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The filters as HTML: the four functions, and a menu per group."""

    functions: SafeString
    menus: dict[str, SafeString]


# 20 KB a panel, 10 to 40 KB a map.
_panels: Kept[Panel] = Kept(100)
_maps: Kept[SafeString] = Kept(60)


def panel(page: search.Page) -> Panel:
    return _panels.get((page.key, get_language()), lambda: _draw_panel(page))


def map_of(page: search.Page) -> SafeString:
    asked = page.asked
    key = (page.key, get_language(), page.own and page.own.id, asked.sort, asked.compared)
    return _maps.get(key, lambda: mark_safe(render_to_string("hubs/directory/map.html", {"chart": chart_of(page)})))


def _draw_panel(page: search.Page) -> Panel:
    functions = [
        {**option, "number": number, "note": _hubs(option["count"])}
        for number, option in enumerate(_options(page, "function", keep_empty=True), start=1)
    ]
    return Panel(
        functions=mark_safe(render_to_string("hubs/directory/functions.html", {"options": functions})),
        menus={group: mark_safe(render_to_string("hubs/directory/menu.html", _menu(page, group))) for group in MENUS},
    )


def _menu(page: search.Page, group: str) -> dict[str, Any]:
    name = asking.NAMES[group]
    menu = {"name": name, "label": asking.LABELS[group], "options": _options(page, group), "id": f"m-{name}"}
    return {"menu": menu}


def _hubs(n: int) -> str:
    return ngettext("%(n)s hub", "%(n)s hubs", n) % {"n": grouped(n)}


def _options(page: search.Page, group: str, *, keep_empty: bool = False) -> list[dict[str, Any]]:
    counts, chosen = page.hits.counts[group], page.asked.chosen.get(group, ())
    options = [
        {
            "value": value,
            "name": asking.label_of(group, value),
            "count": counts.get(value, 0),
            "chosen": value in chosen,
        }
        for value in asking.known_values(group)
        if keep_empty or counts.get(value) or value in chosen
    ]
    return sorted(options, key=lambda option: option["name"]) if group in {"country", "language"} else options


def chips(page: search.Page) -> list[tuple[str, str]]:
    """Return what the search was read as, each with the address that takes it away."""
    asked, path = page.asked, reverse("directory:list")
    found = []
    if asked.text:
        found.append((f"“{asked.text[:60]}”", path + asked.without_text().query()))
    for read in page.hits.reads:
        label = f"{asking.LABELS[read.group]}: {read.label}" if read.group else read.label
        less = replace(asked, dropped=(*asked.dropped, read.key), page=1)
        found.append((label, path + less.query()))
    for group, values in asked.filters:
        for value in values:
            label = f"{asking.LABELS[group]}: {asking.label_of(group, value)}"
            found.append((label, path + asked.without(group, value).query()))
    for name, value in asked.unknown:
        label = f"{asking.LABELS[asking.PARAMETERS[name]]}: {value} ({_('unknown')})"
        found.append((label, path + asked.query(with_unknown=False)))
    return found[:_MOST_CHIPS]


def changes(request: HttpRequest, asked: Asked, drawn: Panel) -> dict[str, Any]:
    """Return which menus a fragment brings along: all but the one in use, whose own counts stay the same."""
    before = asking.asked(parse_qs(urlsplit(request.headers.get("HX-Current-URL", "")).query))
    was, now = before.chosen, asked.chosen
    moved = [group for group in asking.NAMES if set(was.get(group, ())) != set(now.get(group, ()))]
    in_use = moved[0] if len(moved) == 1 and before.text == asked.text and before.dropped == asked.dropped else ""
    counts = [(f"m-{asking.NAMES[in_use]}", n_chosen(len(now.get(in_use, ()))))] if in_use in MENUS else []
    return {
        "tiles_change": in_use != "function",
        "menus_changed": [(asking.NAMES[group], html) for group, html in drawn.menus.items() if group != in_use],
        "menu_counts": counts,
    }


def n_chosen(n: int) -> SafeString:
    """Return the count of chosen filters as the menus show it; nothing for none."""
    if not n:
        return mark_safe("")
    return format_html('<span class="count">{}</span><span class="sr"> {}</span>', n, _("chosen"))


def relaxed(page: search.Page) -> SafeString:
    """Return what to leave out where nothing was found, the most costly first."""
    path, found = reverse("directory:list"), search.relaxations(page)[:4]
    ways = [{"name": _name_of(way), "total": way.total, "href": path + way.asked.query()} for way in found]
    is_alone = bool(ways) and found[0].is_alone
    context = {"ways": ways, "is_alone": is_alone, "bare": path}
    return mark_safe(render_to_string("hubs/directory/nothing.html", context))


def _name_of(way: search.Relaxation) -> str:
    if not way.group:
        return way.values[0][:60]
    labels = ", ".join(asking.label_of(way.group, value) for value in way.values[:3])
    return f"{asking.LABELS[way.group]}: {labels}"
