"""A list of hubs as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.exchange.exports.queries.columns import COLUMNS
from hansa.hubs.directory.queries import ExportedHub, exported_hubs
from hansa.hubs.taxonomy.queries import attributions

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
# A workbook costs ten times the work of a table; a longer list is cut, and the file says so.
MOST_HUBS = {"xlsx": 2_500, "csv": 25_000, "json": 25_000}
# Excel, LibreOffice and others take a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL_IN_XLSX = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands beside the list: which hubs, when, from where. ``filters`` are (name, value) in the reader's words."""

    network: str
    filters: Sequence[tuple[str, str]]
    at: datetime
    n_hubs: int
    n_found: int
    attributions: Sequence[str]


def hub_list(
    hub_ids: Sequence[int], *, kind: str, filters: Sequence[tuple[str, str]], at: datetime, language: str
) -> ExportedFile:
    """Return these hubs, in their order, as a file; seven statements at most, however many.

    :param kind: ``xlsx``, ``csv`` or ``json``
    :param filters: what was asked for, as pairs of names and values in the reader's words
    :raises KeyError: for another kind
    """
    media_type = FORMATS[kind]
    hubs = exported_hubs(hub_ids[: MOST_HUBS[kind]])
    about = About(
        network=settings.NETWORK_NAME,
        filters=filters,
        at=at,
        n_hubs=len(hubs),
        n_found=len(hub_ids),
        attributions=attributions(),
    )
    write = {"xlsx": _as_workbook, "csv": _as_csv, "json": _as_json}[kind]
    name = file_name("hubs", kind=kind, at=at, language=language)
    return ExportedFile(name=name, media_type=media_type, content=write(hubs, about))


def file_name(thing: str, *, kind: str, at: datetime, language: str) -> str:
    """Return what a file is called: network, thing, day, language."""
    network = "".join(letter if letter.isalnum() else "-" for letter in settings.NETWORK_NAME.lower())
    return f"{network}_{thing}_{at:%Y-%m-%d}_{language}.{kind}"


def safe_cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula: such texts get an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _cells(hub: ExportedHub) -> list[Any]:
    values: Mapping[str, Any] = {name: getattr(hub, name) for name in ExportedHub.__slots__}
    cells = []
    for field, _heading, _meaning in COLUMNS:
        if field == "address":
            cells.append(_address(hub))
        elif field == "is_demo":
            cells.append(pgettext("answer", "Yes") if hub.is_demo else "")
        elif isinstance(values[field], tuple):
            cells.append("; ".join(values[field]))
        else:
            cells.append(values[field])
    return cells


def _address(hub: ExportedHub) -> str:
    return f"{settings.SITE_URL.rstrip('/')}/hubs/{hub.slug}/"


def _as_csv(hubs: Sequence[ExportedHub], about: About) -> bytes:
    """UTF-8 with a mark, which Excel needs to see the accents."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([str(heading) for _field, heading, _meaning in COLUMNS])
    for hub in hubs:
        writer.writerow(["" if cell is None else safe_cell(cell) for cell in _cells(hub)])
    return out.getvalue().encode("utf-8-sig")


def _as_json(hubs: Sequence[ExportedHub], about: About) -> bytes:
    rows = []
    for hub in hubs:
        row = {name: getattr(hub, name) for name in ExportedHub.__slots__ if name != "slug"}
        row["address"] = _address(hub)
        rows.append({name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()})
    whole = {
        "network": about.network,
        "exported_at": about.at.isoformat(),
        "n_found": about.n_found,
        "filters": [{"name": name, "value": value} for name, value in about.filters],
        "columns": {field: str(meaning) for field, _heading, meaning in COLUMNS},
        "attributions": list(about.attributions),
        "hubs": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _as_workbook(hubs: Sequence[ExportedHub], about: About) -> bytes:
    """Two sheets: the list, and what was asked for, when, what the columns mean and whose vocabularies they use."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Hubs"))
    sheet.freeze_panes = "B2"
    for column, (field, _heading, _meaning) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = 40 if field in _WIDE else 16
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(hubs) + 1}"
    heads = [WriteOnlyCell(sheet, value=str(heading)) for _field, heading, _meaning in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for hub in hubs:
        sheet.append([_xlsx_cell(cell) for cell in _cells(hub)])
    notes = book.create_sheet(_("About this list"))
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 28, 100
    for name, value in _about_lines(about):
        notes.append([_xlsx_cell(name), _xlsx_cell(value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WIDE = frozenset(
    {"name", "website", "sectors", "technologies", "services", "made_together", "competences", "derived", "summary"}
)


def _xlsx_cell(value: Any) -> Any:
    """Cells of a workbook hold at most 32,767 characters, and some control characters never."""
    if not isinstance(value, str):
        return value
    return safe_cell(value.translate(_ILLEGAL_IN_XLSX))[:32_767]


def _how_many(about: About) -> str:
    if about.n_hubs == about.n_found:
        return str(about.n_hubs)
    return _("%(n)s, the first of %(of)s. Filter the list, or take it as CSV, to have all of them.") % {
        "n": about.n_hubs,
        "of": about.n_found,
    }


def _about_lines(about: About) -> list[tuple[str, str]]:
    lines = [
        (_("Network"), about.network),
        (_("Date"), f"{about.at:%Y-%m-%d %H:%M} UTC"),
        (_("Hubs"), _how_many(about)),
    ]
    lines += [(_("Filter"), f"{name}: {value}") for name, value in about.filters] or [(_("Filter"), _("none"))]
    lines += [("", ""), (_("Column"), _("Meaning"))]
    lines += [(str(heading), str(meaning)) for _field, heading, meaning in COLUMNS]
    lines += [("", "")] + [(_("Source"), text) for text in about.attributions]
    return lines
