"""When a file of hubs is opened, whatever it is called and however it was saved."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from hansa.exchange.imports.operations import CannotReadFile
from hansa.exchange.imports.operations.records import records_in

NAMES = ["Łódź Hub", "Münchner Hub"]
TABLE = "Hub name;Country code;Town;Colour\nŁódź Hub;PL;Łódź;red\nMünchner Hub;DE;München;blue\n"


def names(path: Path) -> list[str]:
    return [record["name"] for _row, record in records_in(path).rows]


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "value",
    [
        [{"title": name} for name in NAMES],
        {"count": 2, "hubs": [{"name": name} for name in NAMES]},
        {"type": "FeatureCollection", "features": [{"properties": {"Name": name}} for name in NAMES]},
    ],
    ids=["list", "object with a list", "GeoJSON"],
)
def test_json_of_several_shapes(tmp_path: Path, value: object):
    text = json.dumps(value, ensure_ascii=False)
    assert names(written(tmp_path, "x.json", text.encode())) == NAMES
    assert names(written(tmp_path, "x.json.gz", gzip.compress(text.encode()))) == NAMES
    assert names(written(tmp_path, "x.txt", text.encode("utf-8-sig"))) == NAMES


def test_geojson_keeps_longitude_first(tmp_path: Path):
    feature = {"properties": {"name": "Hub"}, "geometry": {"type": "Point", "coordinates": [11.5, 48.1]}}
    path = written(tmp_path, "x.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    assert records_in(path).rows[0][1] == {"name": "Hub", "longitude": 11.5, "latitude": 48.1}


def test_json_lines(tmp_path: Path):
    found = records_in(written(tmp_path, "x.jsonl", b'{"name": "A"}\n\n{"name": "B"}\n'))
    assert (found.kind, [row for row, _record in found.rows]) == ("JSON lines", [1, 2])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_with_any_delimiter(tmp_path: Path, delimiter: str):
    found = records_in(written(tmp_path, "x.csv", TABLE.replace(";", delimiter).encode()))
    assert found.rows[0] == (2, {"name": "Łódź Hub", "country_code": "PL", "city": "Łódź"})
    assert found.ignored == ("Colour",)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")],
)
def test_unicode_is_recognised_in_every_form(tmp_path: Path, encoding: str, said: str):
    found = records_in(written(tmp_path, "x.csv", TABLE.encode(encoding)))
    assert [record["name"] for _row, record in found.rows] == NAMES
    assert said in " ".join(found.notes)


@pytest.mark.parametrize(("encoding", "called"), [("cp1252", "Windows-1252"), ("latin-1", "Windows-1252")])
def test_old_encodings_are_read_and_said(tmp_path: Path, encoding: str, called: str):
    found = records_in(written(tmp_path, "x.csv", "name;city\nMünchner Hub;München\n".encode(encoding)))
    assert found.rows[0][1] == {"name": "Münchner Hub", "city": "München"}
    assert called in found.notes[0]
    assert "not UTF-8" in found.notes[0]


def test_a_table_called_json_is_read_and_said(tmp_path: Path):
    found = records_in(written(tmp_path, "hubs.json", TABLE.encode()))
    assert found.kind == "CSV"
    assert "is called JSON and holds a table" in found.notes[0]


def test_excel(tmp_path: Path):
    book = Workbook()
    book.active.append(["Title", "Country", None, "Lat"])
    book.active.append(["Łódź Hub", "Poland", "x", 51.7])
    book.active.append([None, None, None, None])
    book.active.append(["Second", "Spain", None, None])
    path = tmp_path / "hubs.xlsx"
    book.save(path)
    found = records_in(path)
    assert found.kind == "Excel"
    assert found.rows[0] == (2, {"name": "Łódź Hub", "country": "Poland", "latitude": 51.7})
    assert found.rows[1][0] == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x00\x00", "is empty"),
        (bytes(range(256)) * 9, "holds no text"),
        (b"[1, 2", "not valid JSON at line:column 1:6"),
        (b'{"a": 1}', "without a list of hubs"),
        (b"[]", "no column for the names"),
        (b'[{"colour": "red"}]', "It has: colour"),
        (b"[1, 2, 3]", "no column for the names"),
        (b"name\n", "no rows under its heading"),
        (b"colour;size\nred;1\n", "It has: colour, size"),
        (b"<html><body>Hubs</body></html>", "web page or XML"),
        (b"%PDF-1.7 x", "kind PDF"),
        (b"\xd0\xcf\x11\xe0 x", ".xls"),
        (b"PK\x03\x04 not a workbook", "not an Excel workbook"),
        (gzip.compress(b'[{"name": "x"}]' * 99, mtime=0)[:-9], "cannot be read to its end"),
    ],
)
def test_what_holds_no_hubs_is_refused_with_what_is_wrong(tmp_path: Path, content: bytes, said: str):
    with pytest.raises(CannotReadFile) as no:
        records_in(written(tmp_path, "hubs", content))
    assert said in no.value.reason


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(CannotReadFile, match="does not exist"):
        records_in(tmp_path / "absent.json")
