"""A table as a file to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def download(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return the table as a file of this kind (``csv`` or ``xlsx``)."""
    lines = [[_cell(value) for value in row] for row in rows]
    content = _csv(heads, lines) if kind == "csv" else _xlsx(heads, lines)
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _cell(value: Any) -> Any:
    """Return a value that no spreadsheet runs as a formula."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _csv(heads: Sequence[str], rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([value.isoformat() if isinstance(value, date) else value for value in row] for row in rows)
    # The mark at the beginning tells Excel that this is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(heads: Sequence[str], rows: list[list[Any]]) -> bytes:
    # Most processes never write a workbook.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(heads))
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
