"""Finding one's way inside a page: breadcrumbs, tabs, pages, facets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.icons import icon
from hansa.web.components.values import attributes, esc, gettext, value, values


def count(number: int, label: Any = "") -> str:
    """Return the marigold count of things that need the reader; nothing for none."""
    if not number:
        return ""
    hidden = f'<span class="sr"> {esc(label or gettext("need you"))}</span>'
    return f'<span class="count">{number if number < 100 else "99+"}</span>{hidden}'


def breadcrumbs(crumbs: Iterable[tuple[Any, str]], here: Any = "") -> SafeString:
    """Return the way to this page.

    :param crumbs: pairs of words and address
    :param here: this page, without address
    """
    links = [
        f'<li><a href="{esc(href)}" dir="auto">{esc(label)}</a>{icon("chevron-right")}</li>' for label, href in crumbs
    ]
    if here:
        links.append(f'<li aria-current="page" dir="auto">{esc(here)}</li>')
    return mark_safe(f'<nav aria-label="{gettext("You are here")}"><ol class="crumbs">{"".join(links)}</ol></nav>')


def tabs(items: Iterable[Any], label: Any) -> SafeString:
    """Return tabs, each a page of its own: ``name href count needs current`` of each item.

    :param label: what the tabs are, for screen readers
    """
    links = []
    for item in items:
        name, href, number, needs, current = values(item, "name", "href", "count", "needs", "current")
        mark = attributes(href=href, aria_current="page" if current else "")
        total = f' <span class="meta">{number}</span>' if number not in (None, "") else ""
        links.append(f"<a{mark}>{esc(name)}{total}{count(needs or 0)}</a>")
    return mark_safe(f'<nav class="tabs" aria-label="{esc(label)}">{"".join(links)}</nav>')


def with_page(query: QueryDict, number: int, name: str = "page") -> str:
    """Return the query string of ``query`` on another page."""
    changed = query.copy()
    changed.pop(name, None)
    if number > 1:
        changed[name] = str(number)
    return f"?{changed.urlencode()}"


def pages(query: QueryDict, number: int, n_pages: int, *, total: Any = "") -> SafeString:
    """Return previous, position, next; nothing for a single page.

    :param total: words about the whole, such as ``214 hubs``
    """
    if n_pages <= 1:
        return mark_safe("")
    where = gettext("Page %(number)s of %(pages)s") % {"number": number, "pages": n_pages}
    parts = [f'<span class="meta">{esc(total)}{" · " if total else ""}{where}</span>']
    if number > 1:
        parts.append(
            f'<a class="btn small" rel="prev" href="{esc(with_page(query, number - 1))}">{icon("chevron-left")}{gettext("Previous")}</a>'
        )
    if number < n_pages:
        parts.append(
            f'<a class="btn small" rel="next" href="{esc(with_page(query, number + 1))}">{gettext("Next")}{icon("chevron-right")}</a>'
        )
    return mark_safe(f'<nav class="pages" aria-label="{gettext("Pages")}">{"".join(parts)}</nav>')


def facet(name: str, label: Any, options: Iterable[Any], *, single: bool = False, id: str = "") -> SafeString:
    """Return a filter menu of checkboxes with counts: ``value name count chosen`` of each option.

    It belongs inside a GET form; without scripts the form's own button applies it.

    :param id: the number of those chosen stands in an element of this id and ``-n``, so that a fragment can renew it
    """
    rows, n_chosen = [], 0
    for option in options:
        key, text, number, chosen = values(option, "value", "name", "count", "chosen")
        n_chosen += bool(chosen)
        box = attributes(type="radio" if single else "checkbox", name=name, value=key, checked=bool(chosen))
        total = f'<span class="meta end">{number}</span>' if number not in (None, "") else ""
        rows.append(f'<label class="item">{"<input" + box + ">"}<span>{esc(text)}</span>{total}</label>')
    inside = "".join(rows) or f'<p class="who">{gettext("Nothing to choose from")}</p>'
    number = count(n_chosen, gettext("chosen"))
    number = f'<span id="{id}-n">{number}</span>' if id else number
    return mark_safe(
        f'<details class="menu facet" name="facets"><summary class="btn">{esc(label)}{number}{icon("chevron-down")}</summary>'
        f'<fieldset class="pop"><legend class="sr">{esc(label)}</legend>{inside}</fieldset></details>'
    )


def function_tiles(options: Iterable[Any], name: str = "fn") -> SafeString:
    """Return the four functions as filter tiles: ``value name note number chosen icon`` of each; ``number`` is 1 to 4."""
    tiles = []
    for option in options:
        key, text, note, number, chosen = values(option, "value", "name", "note", "number", "chosen")
        box = attributes(type="checkbox", name=name, value=key, checked=bool(chosen))
        sign = icon(value(option, "icon") or FUNCTION_ICONS.get(number, "shapes"))
        tiles.append(
            f'<label class="fn f{number}">{"<input" + box + ">"}<span class="tile f{number}">{sign}</span>'
            f"<span><b>{esc(text)}</b><small>{esc(note)}</small></span></label>"
        )
    return mark_safe(
        f'<fieldset class="functions"><legend class="sr">{gettext("Functions")}</legend>{"".join(tiles)}</fieldset>'
    )


FUNCTION_ICONS = {1: "flask-conical", 2: "coins", 3: "network", 4: "graduation-cap"}
# Named here for the sprite: icon("flask-conical") icon("coins") icon("network") icon("graduation-cap") icon("shapes")


def read_as(label: Any, items: Iterable[tuple[Any, str]], clear: str = "") -> SafeString:
    """Return how a search was read: chips that can be taken away, and one link that clears all."""
    from hansa.web.components.pieces import chip

    inner = "".join(f"<li>{chip(text, remove=href)}</li>" for text, href in items)
    if not inner:
        return mark_safe("")
    end = f'<li><a class="link small" href="{esc(clear)}">{gettext("Clear all")}</a></li>' if clear else ""
    return mark_safe(f'<ul class="chips"><li class="meta">{esc(label)}</li>{inner}{end}</ul>')
