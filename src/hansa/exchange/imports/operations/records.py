"""From a file to records: JSON, JSON lines, CSV with any delimiter, Excel."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hansa.exchange.imports.operations.decoding import content_of, decoded, is_text
from hansa.exchange.imports.operations.refusals import CannotReadFile
from hansa.hubs.taxonomy.queries import normalised

csv.field_size_limit(10_000_000)

# What columns and keys are called elsewhere, by the field they hold. Compared without case, accents and punctuation.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "ref": ("id", "ref", "reference", "source id", "source ref", "identifier", "hub id", "dih id", "key"),
    "name": ("name", "title", "hub name", "hub", "dih name", "organisation", "organization", "nom", "nombre", "titel"),
    "other_names": (
        "other names", "other name", "title as scraped", "also known as", "alternative name", "alternative names",
        "acronym", "short name", "alternate name",
    ),
    "website": ("website", "web site", "url", "web", "homepage", "site", "link"),
    "summary": ("summary", "short description", "abstract", "teaser"),
    "description": ("description", "long description", "about", "text", "profile", "beschreibung", "descripcion"),
    "country": ("country", "country name", "land", "pays", "pais"),
    "country_code": ("country code", "cc", "iso", "iso2", "country iso", "iso code"),
    "city": ("city", "town", "location", "place", "stadt", "ville", "ciudad"),
    "region": ("region", "nuts", "nuts code", "region code", "nuts id", "nuts2", "nuts3"),
    "sectors": ("sectors", "sector", "industries", "industry", "market sectors"),
    "sectors_noise": ("sectors noise",),
    "technologies": ("technologies", "technology", "technical competences", "technological focus"),
    "languages": ("languages", "language", "working languages"),
    "hub_type": ("hub type", "type", "kind"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
}  # fmt: skip
_FIELD_OF = {alias: name for name, aliases in FIELD_NAMES.items() for alias in aliases}


@dataclass(frozen=True, slots=True)
class Records:
    """What a file holds. Each record is (row, fields by the names of ``FIELD_NAMES``); the first row is 1.

    ``ignored`` are columns or keys that mean nothing here, ``notes`` remarks on the file as a whole.
    """

    kind: str
    encoding: str
    rows: Sequence[tuple[int, Any]]
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def records_in(path: Path) -> Records:
    """Read a file of hubs, by what it holds and not by what it is called.

    :raises CannotReadFile: with what is wrong and where
    """
    content = content_of(path)
    if content.is_workbook:
        return _of_workbook(content.data, path)
    read = decoded(content.data)
    if not is_text(read.text):
        raise CannotReadFile(_("%(file)s holds no text. Save the hubs as .xlsx, .csv or .json.") % {"file": path})
    notes = [read.note] if read.note else []
    start = read.text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"[", "{"}:
        found = _of_json(read.text.lstrip("\ufeff"), path)
    elif start == "<":
        raise CannotReadFile(_("%(file)s is a web page or XML. Save it as .json, .csv or .xlsx.") % {"file": path})
    else:
        if ".json" in path.name.lower():
            notes.append(_("%(file)s is called JSON and holds a table. It was read as a table.") % {"file": path.name})
        found = _of_csv(read.text, path)
    return Records(found.kind, read.encoding, found.rows, found.ignored, tuple(notes))


def _of_json(text: str, path: Path) -> Records:
    try:
        value = json.loads(text)
    except ValueError as error:
        lines = _json_lines(text)
        if lines is None:
            raise CannotReadFile(_json_mistake(error, path)) from error
        return _named(list(enumerate(lines, start=1)), kind="JSON lines", path=path)
    return _named(list(enumerate(_list_in(value, path), start=1)), kind="JSON", path=path)


def _json_mistake(error: ValueError, path: Path) -> str:
    place = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "1:1"
    why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return _("%(file)s is not valid JSON at line:column %(place)s (%(why)s).") % {
        "file": path,
        "place": place,
        "why": why,
    }


def _json_lines(text: str) -> list[Any] | None:
    """Return the objects of a file with one per line; None if it is not such a file."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    try:
        return [json.loads(line) for line in lines]
    except ValueError:
        return None


def _list_in(value: Any, path: Path) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        if value.get("type") == "FeatureCollection" and isinstance(value.get("features"), list):
            return [_feature(each) for each in value["features"]]
        lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
        if lists:
            return max(lists, key=len)
        if any(normalised(str(key)) in _FIELD_OF for key in value):
            return [value]
    raise CannotReadFile(_("%(file)s is JSON without a list of hubs.") % {"file": path})


def _feature(feature: Any) -> Any:
    """GeoJSON keeps longitude before latitude."""
    if not isinstance(feature, dict):
        return feature
    found = dict(feature.get("properties") or {})
    point = (feature.get("geometry") or {}).get("coordinates")
    if isinstance(point, list) and len(point) >= 2:
        found |= {"longitude": point[0], "latitude": point[1]}
    return found


def _of_csv(text: str, path: Path) -> Records:
    head = text.lstrip("\ufeff")[:20_000]
    first = head.splitlines()[0] if head.splitlines() else ""
    delimiter = max(",;\t|", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
        lines = list(reader)
    except csv.Error as error:
        raise CannotReadFile(_("%(file)s is not a table: %(why)s") % {"file": path, "why": error}) from error
    return _of_table(lines, kind="CSV", path=path)


def _of_workbook(data: bytes, path: Path) -> Records:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next((each for each in book.worksheets if each.max_row and each.max_row > 1), book.worksheets[0])
        lines = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise CannotReadFile(_("%(file)s is not an Excel workbook (.xlsx).") % {"file": path}) from error
    return _of_table(lines, kind="Excel", path=path, encoding="")


def _of_table(lines: Iterable[Sequence[Any]], *, kind: str, path: Path, encoding: str = "UTF-8") -> Records:
    filled = [(number, line) for number, line in enumerate(lines, start=1) if any(str(cell).strip() for cell in line)]
    if len(filled) < 2:
        raise CannotReadFile(_("%(file)s has no rows under its heading.") % {"file": path})
    heading = [str(cell).strip() for cell in filled[0][1]]
    rows = [
        (number, {name: cell for name, cell in zip(heading, line, strict=False) if name}) for number, line in filled[1:]
    ]
    return _named(rows, kind=kind, path=path, encoding=encoding)


def _named(rows: Sequence[tuple[int, Any]], *, kind: str, path: Path, encoding: str = "UTF-8") -> Records:
    """Give the fields our names; refuse a file in which nothing can be a hub's name."""
    seen = dict.fromkeys(key for _row, record in rows if isinstance(record, Mapping) for key in record)
    fields = {key: _FIELD_OF.get(normalised(str(key))) for key in seen}
    if "name" not in fields.values():
        columns = ", ".join(str(key) for key in list(seen)[:12]) or _("none")
        raise CannotReadFile(
            _("%(file)s has no column for the names of hubs. Call it “name”. It has: %(columns)s.")
            % {"file": path, "columns": columns}
        )
    ignored = tuple(str(key) for key, name in fields.items() if name is None)
    return Records(kind, encoding, [(row, _renamed(record, fields)) for row, record in rows], ignored)


def _renamed(record: Any, fields: Mapping[Any, str | None]) -> Any:
    if not isinstance(record, Mapping):
        return record
    found: dict[str, Any] = {}
    for key, value in record.items():
        name = fields.get(key)
        # The first column that holds something wins: files repeat a field in several columns.
        if name and value not in (None, "", []) and name not in found:
            found[name] = value
    return found
