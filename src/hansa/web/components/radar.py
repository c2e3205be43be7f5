"""A radar for a few fixed axes: before and after."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.values import esc, gettext

_SIZE, _RADIUS = 300, 105


def radar(axes: Iterable[tuple[Any, Any, Any]], *, label: Any = "") -> SafeString:
    """Return rings at 25, the state before dashed and after solid, and the same numbers as a table.

    :param axes: name, value before and value after of each axis, 0 to 100; None where there is no value
    """
    rows = list(axes)
    rings = "".join(f'<path class="ring" d="{_path([part] * len(rows))}"/>' for part in (25, 50, 75, 100))
    numbers = "".join(
        f'<text x="{x:.4g}" y="{y:.4g}" text-anchor="middle">{n + 1}</text>'
        for n in range(len(rows))
        for x, y in [_spot(n, len(rows), 118)]
    )
    shapes = ""
    for css, place in (("before", 1), ("after", 2)):
        if all(row[place] is not None for row in rows):
            shapes += f'<path class="{css}" d="{_path([row[place] for row in rows])}"/>'
    cells = "".join(
        f'<tr><td class="num">{n}</td><th scope="row">{esc(name)}</th><td class="num">{_number(before)}</td><td class="num">{_number(after)}</td></tr>'
        for n, (name, before, after) in enumerate(rows, start=1)
    )
    heads = f'<th scope="col"><span class="sr">{gettext("Axis")}</span></th><th scope="col">{gettext("Dimension")}</th><th scope="col" class="num">{gettext("Before")}</th><th scope="col" class="num">{gettext("After")}</th>'
    return mark_safe(
        f'<div class="halves"><svg class="radar" viewBox="0 0 {_SIZE} {_SIZE}" role="img" aria-label="{esc(label)}">{rings}{shapes}{numbers}</svg>'
        f'<table class="table"><caption class="sr">{esc(label)}</caption><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table></div>'
    )


def _spot(n: int, of: int, part: float) -> tuple[float, float]:
    turn = 2 * math.pi * n / of - math.pi / 2
    length = _RADIUS * part / 100
    return _SIZE / 2 + length * math.cos(turn), _SIZE / 2 + length * math.sin(turn)


def _path(parts: list[Any]) -> str:
    spots = [_spot(n, len(parts), float(part)) for n, part in enumerate(parts)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "Z"


def _number(value: Decimal | None) -> str:
    return "–" if value is None else number_format(round(value))
