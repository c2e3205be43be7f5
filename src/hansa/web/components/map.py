"""The map of the directory: land drawn once in a static file, points drawn here."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from hansa.hubs.directory.queries.projection import EUROPE, INSETS, SIZE, Inset
from hansa.web.components.values import esc, gettext, value, values

_ORDER = {"": 0, "other": 0, "match": 1, "own": 2}


def hub_map(chart: Any, title: Any = "", *, level: int = 2) -> SafeString:
    """Return the map with its insets and legend. The list beside it holds the same hubs; the map is never the only way.

    Reads ``marks countries threads extra`` of ``chart``. A mark has ``x y area`` (from ``directory.queries.projection``),
    ``label`` (read out and shown as a hint), ``href``, ``kind`` (``own``, ``match`` or ``other``), ``count`` (more than 1: a
    cluster) and ``text`` (a name written beside it). ``countries`` are codes to fill; ``threads`` pairs of marks of hubs
    that worked together; ``extra`` is HTML at the heading's end.
    """
    marks = sorted(value(chart, "marks") or (), key=lambda mark: _ORDER.get(value(mark, "kind"), 0))
    here = [mark for mark in marks if value(mark, "area", EUROPE) == EUROPE]
    land = static("hansa/europe.svg")
    filled = "".join(f'<use href="{land}#{esc(code)}" class="has"/>' for code in value(chart, "countries") or ())
    threads = "".join(_thread(one, other) for one, other in value(chart, "threads") or ())
    words = gettext("Map of Europe with the hubs of this list. The list holds the same hubs.")
    insets = "".join(
        _inset(area, inset, [m for m in marks if value(m, "area") == area], land) for area, inset in INSETS.items()
    )
    name = esc(title or gettext("Map"))
    return mark_safe(
        f'<section class="card map"><header><h{level}>{name}</h{level}>{esc(value(chart, "extra"))}</header>'
        f'<svg viewBox="0 0 {SIZE:g} {SIZE:g}" role="group" aria-label="{esc(words)}"><use href="{land}#land" class="land"/>{filled}{threads}'
        f'{"".join(map(_mark, here))}</svg><ul class="insets">{insets}</ul>{_legend(marks, bool(threads))}'
        f'<p class="meta disclaimer">{gettext("Borders: Natural Earth. They express no opinion on the status of any territory.")}</p></section>'
    )


def _mark(mark: Any) -> str:
    x, y, label, href, kind, count = values(mark, "x", "y", "label", "href", "kind", "count")
    if count and int(count) > 1:
        radius = 12 if int(count) < 100 else 16
        shape = f'<circle class="dot {kind or "match"}" r="{radius}"/><text y="5">{count}</text>'
        css = "many"
    else:
        shape = f'<circle class="dot {kind}" r="{ {"own": 8, "match": 7}.get(kind, 4.5) }"/>'
        css = "one"
    text = value(mark, "text")
    at_edge = x > SIZE - 110
    place = ' x="-12" text-anchor="end"' if at_edge else ' x="12"'
    written = (
        f'<text class="name"{place} y="5">{esc(text)}</text>' if text and value(mark, "area", EUROPE) == EUROPE else ""
    )
    return (
        f'<a class="{css}" href="{esc(href)}" transform="translate({x:.1f} {y:.1f})"><title>{esc(label)}</title>'
        f'<circle class="hit" r="16"/>{shape}{written}</a>'
    )


def _thread(one: Any, other: Any) -> str:
    """Return an arc between two hubs, bent to the north."""
    (x1, y1), (x2, y2) = ((float(value(end, "x")), float(value(end, "y"))) for end in (one, other))
    bend = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 * 0.18
    return f'<path class="thread" d="M{x1:.0f} {y1:.0f}Q{(x1 + x2) / 2:.0f} {(y1 + y2) / 2 - bend:.0f} {x2:.0f} {y2:.0f}"/>'


def _inset(area: str, inset: Inset, marks: list[Any], land: str) -> str:
    return (
        f'<li><svg viewBox="0 0 {Inset.WIDTH:g} {Inset.HEIGHT:g}" role="group" aria-label="{esc(inset.name)}">'
        f'<use href="{land}#{area}" class="land"/>{"".join(map(_mark, marks))}</svg><span>{esc(inset.name)}</span></li>'
    )


def _legend(marks: list[Any], has_threads: bool) -> str:
    kinds = {value(mark, "kind") or "other" for mark in marks}
    parts = [
        f'<span><span class="key {kind}"></span>{label}</span>'
        for kind, label in (
            ("own", gettext("Our hub")),
            ("match", gettext("In this list")),
            ("other", gettext("Other hubs")),
        )
        if kind in kinds
    ]
    if has_threads:
        parts.append(f'<span><span class="key thread"></span>{gettext("Worked together")}</span>')
    return f'<p class="legend">{"".join(parts)}</p>' if parts else ""
