"""Charts drawn by the server as SVG, each with its numbers as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.icons import emblem
from hansa.web.components.values import esc, gettext, value, values, wrapped
from hansa.web.components.words import day


def bullet(kpi: Any) -> SafeString:
    """Return one indicator: number, bar, target mark, note.

    Reads ``name text unit number target most note lower_is_better`` of ``kpi``; ``text`` is the number as shown,
    ``most`` the end of the scale (else worked out). Without ``number`` nothing was measured yet.
    """
    name, text, unit, note = values(kpi, "name", "text", "unit", "note")
    number, target, most = (value(kpi, key, None) for key in ("number", "target", "most"))
    known = number not in (None, "")
    scale = float(most or max(float(number or 0), float(target or 0)) * 1.15 or 1)
    width = min(100.0, 100 * float(number or 0) / scale)
    mark = ""
    if target not in (None, ""):
        x = min(99.2, 100 * float(target) / scale)
        mark = f'<rect class="goal" x="{x:.4g}%" y="0" width="2" height="16"/>'
    fill = f'<rect class="fill" y="3" width="{width:.4g}%" height="10" rx="2"/>' if known else ""
    shown = text or number if known else gettext("Not measured yet")
    says = f"{name}: {shown} {unit}. {note}"
    better = f' <span class="meta">{gettext("lower is better")}</span>' if value(kpi, "lower_is_better", False) else ""
    return mark_safe(
        f'<div class="kpi"><p class="name">{esc(name)}{better}</p><p class="{"big" if known else "muted"}">{esc(shown)} <small>{esc(unit) if known else ""}</small></p>'
        f'<svg class="flip" height="16" width="100%" role="img" aria-label="{esc(says)}"><rect class="rail" y="3" width="100%" height="10" rx="2"/>{fill}{mark}</svg>'
        f"{wrapped('p', note, 'meta')}</div>"
    )


def bullets(kpis: Iterable[Any], *, caption: Any = "") -> SafeString:
    """Return indicators side by side, and the same numbers as a table."""
    kpis = list(kpis)
    rows = "".join(
        f'<tr><th scope="row">{esc(value(kpi, "name"))}</th><td class="num">{_cell(kpi, "number", "text")}</td><td class="num">{_cell(kpi, "target")}</td><td>{esc(value(kpi, "unit"))}</td></tr>'
        for kpi in kpis
    )
    heads = "".join(f'<th scope="col"{css}>{name}</th>' for name, css in (
        (gettext("Indicator"), ""), (gettext("Now"), " class=num"), (gettext("Target"), " class=num"), (gettext("Unit"), ""),
    ))  # fmt: skip
    table = f'<table class="table">{wrapped("caption", caption, "sr")}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return mark_safe(
        f'<div class="kpis">{"".join(bullet(kpi) for kpi in kpis)}</div>'
        f'<details class="reveal"><summary>{gettext("Show as table")}</summary><div class="scroll" role="region" tabindex="0" aria-label="{gettext("Table")}">{table}</div></details>'
    )


def _cell(thing: Any, *names: str) -> str:
    shown = [value(thing, name, None) for name in names]
    known = [content for content in reversed(shown) if content not in (None, "")]
    return esc(known[0]) if known and shown[0] not in (None, "") else "–"


def share_bars(rows: Iterable[Any]) -> SafeString:
    """Return shares of a whole, one bar per row: ``name parts`` with ``name share`` (0 to 100) of each part."""
    lines = []
    for row in rows:
        parts = list(value(row, "parts"))
        whole = sum(float(value(part, "share", 0)) for part in parts) or 1
        at, drawn, said = 0.0, [], []
        for number, part in enumerate(parts):
            width = 100 * float(value(part, "share", 0)) / whole
            label = f"{width:.0f}%"
            said.append(f"{value(part, 'name')} {label}")
            text = f'<text x="{at + width / 2:.4g}%" y="15">{label}</text>' if width >= 9 else ""
            drawn.append(
                f'<g class="f{number % 4 + 1}"><rect x="{at:.4g}%" width="{max(0.0, width - 0.5):.4g}%" height="22" rx="3"/>{text}</g>'
            )
            at += width
        name = value(row, "name")
        label = f"{name}: {', '.join(said)}"
        lines.append(
            f'<div><dt>{esc(name)}</dt><dd><svg height="22" width="100%" role="img" aria-label="{esc(label)}">{"".join(drawn)}</svg></dd></div>'
        )
    return mark_safe(f'<dl class="shares">{"".join(lines)}</dl>')


def plan(rows: Iterable[Any], *, start: date, end: date, today: date | None = None, label: Any = "") -> SafeString:
    """Return a timetable: one row per hub, months across, milestones as diamonds; the same as a list below.

    Reads ``id name bars milestones`` of each row; a bar has ``name start end``, a milestone ``name on``.
    """
    rows, span = list(rows), max(1, (end - start).days)

    def x(moment: date) -> float:
        return max(0.0, min(100.0, 100 * (moment - start).days / span))

    months = "".join(
        f'<g><line x1="{x(first):.4g}%" x2="{x(first):.4g}%" y2="100%"/><text x="{x(first):.4g}%" dx="4" y="13">{date_format(first, "M")}</text></g>'
        for first in _months(start, end)
    )
    now = (
        f'<line class="today" x1="{x(today):.4g}%" x2="{x(today):.4g}%" y1="18" y2="100%"/>'
        if today and start <= today <= end
        else ""
    )
    drawn, listed = [], []
    for number, row in enumerate(rows):
        top = 22 + number * 34
        for bar in value(row, "bars") or ():
            name, begins, ends = values(bar, "name", "start", "end")
            width = max(1.5, x(ends) - x(begins))
            drawn.append(
                f'<svg class="f{number % 4 + 1}" x="{x(begins):.4g}%" y="{top}" width="{width:.4g}%" height="26"><rect width="100%" height="26" rx="4"/><text x="8" y="17">{esc(name)}</text></svg>'
            )
            listed.append(f"<li>{esc(value(row, 'name'))}: {esc(name)}, {day(begins)} – {day(ends)}</li>")
        for stone in value(row, "milestones") or ():
            drawn.append(
                f'<svg class="stone" x="{x(value(stone, "on")):.4g}%" y="{top + 3}" overflow="visible"><path d="M0 0l10 10-10 10-10-10z"/></svg>'
            )
            listed.append(f"<li>{esc(value(row, 'name'))}: {esc(value(stone, 'name'))}, {day(value(stone, 'on'))}</li>")
    names = "".join(
        f'<li>{emblem(value(row, "id"), "tiny")}<span dir="auto">{esc(value(row, "name"))}</span></li>' for row in rows
    )
    title = esc(label or gettext("Plan"))
    return mark_safe(
        f'<div class="plan"><ul>{names}</ul><div class="scroll" role="region" tabindex="0" aria-label="{title}"><svg height="{26 + 34 * len(rows)}" width="100%" aria-hidden="true">{months}{"".join(drawn)}{now}</svg></div></div>'
        f'<details class="reveal"><summary>{gettext("Show as list")}</summary><ul>{"".join(listed)}</ul></details>'
    )


def _months(start: date, end: date) -> Iterable[date]:
    first = start.replace(day=1)
    while first <= end:
        if first >= start:
            yield first
        first = (first + timedelta(days=32)).replace(day=1)
