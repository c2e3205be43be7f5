"""From a workbook to services: rows that are whole, with what was repaired, and rows that are refused, cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.aid import operations as aid
from hansa.collaboration.aid import queries
from hansa.exchange.sheets.operations.cells import CannotReadCell, Cells, Vocabularies
from hansa.foundation.policies import Refusal

MOST_ROWS = 20_000
MOST_BYTES = 20_000_000
_MOST_UNPACKED = 400_000_000
_HEAD_WITHIN = 20
# Without these a row is no service.
_NEEDED = ("Customer", "Service category delivered", "Service price", "Dates")


class CannotReadSheet(Refusal):
    """The file is no KPI sheet. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about one cell; ``cell`` as spreadsheets name it (H12), empty for a whole row."""

    row: int
    cell: str
    text: str


@dataclass(slots=True, kw_only=True)
class Sheet:
    """What was read. ``n_read`` counts all rows that were not empty."""

    n_read: int = 0
    rows: list[aid.SheetService] = field(default_factory=list)
    repaired: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheet(data: bytes, *, country: str, today: date) -> Sheet:
    """Return the services of a workbook with the 28 columns, in any order, found by their heads.

    :param country: of the hub that reads it, for rules that differ by country
    :raises CannotReadSheet: it is no workbook, has no such heads, or is too large
    """
    sheet, words = Sheet(), Vocabularies.current()
    lines = _lines(data)
    columns, strange = _columns(lines)
    if strange:
        sheet.notes.append(_("Columns not used: %(names)s") % {"names": ", ".join(strange)})
    ids: dict[str, int] = {}
    for number, cells in lines:
        if not any(cell.value not in (None, "") for cell in cells):
            continue
        sheet.n_read += 1
        if sheet.n_read > MOST_ROWS:
            raise CannotReadSheet(_("The sheet has more than %(n)s rows. Part it in two.") % {"n": MOST_ROWS})
        _read_row(sheet, number, Cells(number, columns, cells, words), ids, country=country, today=today)
    return sheet


def _read_row(sheet: Sheet, number: int, cells: Cells, ids: dict[str, int], *, country: str, today: date) -> None:
    try:
        service = cells.service()
        _check(service, cells, country=country, today=today)
        if (first := ids.get(service.draft.content_id)) is not None:
            raise CannotReadCell("Content ID", _("row %(row)s has the same Content ID") % {"row": first})
    except CannotReadCell as no:
        sheet.refused.append(Remark(row=number, cell=cells.name_of(no.head), text=no.text))
        return
    if service.draft.content_id:
        ids[service.draft.content_id] = number
    sheet.rows.append(service)
    sheet.repaired += [Remark(row=number, cell=cells.name_of(head), text=text) for head, text in cells.repaired]


# Which column shows a field of a service.
_HEAD_OF = {
    "starts_on": "Dates",
    "ends_on": "Dates",
    "granted_on": "Dates",
    "price_eur": "Service price",
    "invoiced_eur": "Price invoiced to customer",
    "aid_eur": queries.HEADS[7],
    "legal_basis": "Specific information on State Aid",
    "investment_eur": "Amount of investment triggered",
    "status": "Status",
    "description": "Short description of the service",
    "technologies": "Technology type used",
    "technology_words": "Specify Technology type used",
}


def _check(service: aid.SheetService, cells: Cells, *, country: str, today: date) -> None:
    draft = service.draft
    problems = aid.problems_in(draft, today=today, known=cells.words.technologies)
    basis = queries.legal_bases().get(draft.legal_basis)
    if basis is not None and not problems:
        problem = basis.problem(on=draft.granted_on, country=country, client_type=service.client_type)
        problems = [("legal_basis", problem)] if problem else []
    if problems:
        name, text = problems[0]
        raise CannotReadCell(_HEAD_OF[name], text)


def _lines(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of the first sheet that has the heads, or of the first, with their numbers from 1."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if len(data) > MOST_BYTES:
        raise CannotReadSheet(_("The file is larger than 20 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise CannotReadSheet(_("The file is too large when it is unpacked."))
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheet = next((each for each in book.worksheets if each.title == "Services"), None) or book.worksheets[0]
        yield from enumerate(sheet.iter_rows(), start=1)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError, OSError) as error:
        raise CannotReadSheet(_("This is no Excel workbook (.xlsx). Save it as one and send it again.")) from error


def _columns(lines: Iterator[tuple[int, tuple[Any, ...]]]) -> tuple[dict[str, int], list[str]]:
    """Return the column of each head, from 0, and what stands over other columns; reads on to the row of the heads."""
    wanted = {_plain(head): head for head in queries.HEADS}
    for number, cells in lines:
        found: dict[str, int] = {}
        strange = []
        for place, cell in enumerate(cells):
            text = str(cell.value or "")
            head = wanted.get(_plain(text))
            if head and head not in found:
                found[head] = place
            elif text.strip():
                strange.append(text.strip()[:40])
        if "Customer" in found and len(found) >= 5:
            missing = [head for head in _NEEDED if head not in found]
            if missing:
                raise CannotReadSheet(_("The sheet lacks the columns: %(names)s.") % {"names": ", ".join(missing)})
            return found, strange
        if number >= _HEAD_WITHIN:
            break
    raise CannotReadSheet(_("The heads of the KPI sheet were not found. The first is “Content ID”."))


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())
