"""The KPI sheet and the register of grants as files. No cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.aid import queries as aid
from hansa.exchange.exports.queries import FORMATS, ExportedFile, file_name, safe_cell
from hansa.foundation.actors import Actor

KINDS = ("xlsx", "csv")
# The sheet in which the tool looks for services.
SHEET = "Services"
_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


def kpi_sheet(*, actor: Actor, asked: aid.Asked, at: datetime) -> ExportedFile:
    """Return the services of the actor's hub that fit, as the workbook that the reporting tool reads.

    One row per service in the order in which they began, 28 columns, heads in English; four queries, however many.
    """
    assert actor.hub_id is not None
    rows = aid.narrowed(aid.records_visible_to(actor), asked).order_by("starts_on", "pk")
    content = _workbook(SHEET, aid.HEADS, aid.sheet_rows(rows, hub_id=actor.hub_id))
    name = file_name("kpi-sheet", kind="xlsx", at=at, language="en")
    return ExportedFile(name=name, media_type=FORMATS["xlsx"], content=content)


def register_file(*, kind: str, actor: Actor, today: date, at: datetime, language: str) -> ExportedFile:
    """Return the grants for the register, what is late first, as ``xlsx`` or ``csv``; two queries."""
    assert actor.hub_id is not None
    authority = aid.settings_of(actor.hub_id).granting_authority
    lines = aid.register_lines(actor.hub_id, granting_authority=authority, today=today)
    heads = [
        _("Beneficiary"),
        _("Number of the beneficiary"),
        _("Amount, EUR"),
        _("Day of the grant"),
        _("Granting authority"),
        _("Aid instrument"),
        _("Sector (NACE)"),
        _("Enter by"),
        _("Entered on"),
        _("State"),
    ]
    rows = [
        (
            line.beneficiary,
            line.beneficiary_id,
            line.amount_eur,
            line.granted_on,
            line.granting_authority,
            line.instrument,
            line.sector,
            line.due_on,
            line.registered_on,
            _("late") if line.is_late else _("entered") if line.registered_on else _("open"),
        )
        for line in lines
    ]
    write = {"xlsx": _workbook, "csv": _table}[kind]
    name = file_name("aid-register", kind=kind, at=at, language=language)
    return ExportedFile(name=name, media_type=FORMATS[kind], content=write(_("Grants"), heads, rows))


def _workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    # Imported at first use: most processes never write a workbook.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append(list(heads))
    for row in rows:
        sheet.append([_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Return what a workbook can hold: at most 32,767 characters, no control characters; nothing for an empty text."""
    if isinstance(value, str):
        return safe_cell(value.translate(_ILLEGAL))[:32_767] or None
    return value


def _table(_title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark, which Excel needs to see the accents."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else safe_cell(value)
