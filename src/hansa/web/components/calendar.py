"""A week with what is taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.values import esc, gettext, values

_HOUR = 18
_TOP = 24


def week(blocks: Iterable[Any], *, monday: date, label: Any = "") -> SafeString:
    """Return the days of a week across and the hours down, with what is taken; the same as a list below.

    Reads ``day start end text tone`` of each block: day 0 is Monday, start and end are hours since midnight, tone is
    f1 to f4. The grid shows 6 to 22 h, and more when something is taken outside.
    """
    rows = [values(block, "day", "start", "end", "text", "tone") for block in blocks]
    first = int(min([6.0, *(row[1] for row in rows)]))
    last = int(-(-max([22.0, *(row[2] for row in rows)]) // 1))
    share, height = 94 / 7, _TOP + (last - first) * _HOUR + 8
    drawn = [
        f'<line x1="6%" x2="100%" y1="{_y(hour, first)}" y2="{_y(hour, first)}"/><text y="{_y(hour, first) + 4}">{hour:02d}</text>'
        for hour in range(first, last + 1, 2)
    ]
    days = [monday + timedelta(days=n) for n in range(7)]
    drawn += [
        f'<text x="{6 + n * share:.4g}%" dx="6" y="14">{date_format(day, "D j")}</text>' for n, day in enumerate(days)
    ]
    listed = []
    for day, start, end, text, tone in sorted(rows, key=lambda row: row[:2]):
        top, tall = _y(start, first), max(8, round((end - start) * _HOUR))
        drawn.append(
            f'<svg class="{tone}" x="{6 + day * share + 0.4:.4g}%" y="{top}" width="{share - 0.8:.4g}%" height="{tall}"><rect width="100%" height="{tall}" rx="4"/><text x="6" y="14">{esc(text)}</text></svg>'
        )
        listed.append(f"<li>{date_format(days[day], 'D j M')}, {_clock(start)}–{_clock(end)}: {esc(text)}</li>")
    title = esc(label or gettext("Week"))
    body = f"<ul>{''.join(listed)}</ul>" if listed else f"<p>{gettext('Nothing is taken this week.')}</p>"
    return mark_safe(
        f'<div class="scroll week" role="region" tabindex="0" aria-label="{title}"><svg height="{height}" width="100%" aria-hidden="true">{"".join(drawn)}</svg></div>'
        f'<details class="reveal"><summary>{gettext("Show as list")}</summary>{body}</details>'
    )


def _y(hour: float, first: int) -> int:
    return _TOP + round((hour - first) * _HOUR)


def _clock(hours: float) -> str:
    whole, minutes = divmod(round(hours * 60), 60)
    return f"{whole:02d}:{minutes:02d}"
