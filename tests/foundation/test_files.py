"""A command is given a file."""

import gzip
import io
import sys

import pytest
from django.core.management.base import CommandError

from hansa.foundation.files import json_lines, json_of, table_rows, text_of


@pytest.fixture
def written(tmp_path):
    def write(content: bytes | str) -> str:
        path = tmp_path / "given"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


@pytest.mark.parametrize("content", ["Żółw\n", "\ufeffŻółw\n", gzip.compress("Żółw\n".encode(), mtime=0)])
def test_text_comes_plain_or_packed(written, content):
    assert text_of(written(content)) == "Żółw\n"


def test_a_dash_is_the_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a": 1}')))
    assert json_of("-") == {"a": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"a\xff", r"is not UTF-8 \(byte 2\). Save it as UTF-8."),
        (b"a\0b", "NUL"),
        (gzip.compress(b"text", mtime=0)[:-6], "cannot be read"),
        ('{"a": 1', "is no JSON"),
        ('{"a": 1, "b": 2, "a": 3}', "'a' stands twice in one object"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_what_cannot_be_read_is_said(written, content, said):
    with pytest.raises(CommandError, match=said):
        json_of(written(content))


@pytest.mark.parametrize("place", ["/nowhere/file", "/"])
def test_a_file_that_is_not_there(place):
    with pytest.raises(CommandError, match=f"{place} cannot be read: "):
        text_of(place)


def test_lines_of_json_keep_their_numbers():
    assert list(json_lines('{"a": 1}\n\n [2] \n')) == [(1, {"a": 1}), (3, [2])]
    with pytest.raises(CommandError, match="line 2 is no JSON"):
        list(json_lines("1\n{"))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_by_whatever_parts_its_cells(mark):
    text = f'a{mark}b\n1{mark}"two\nlines"\n3{mark}4\n'
    assert list(table_rows(text)) == [(3, {"a": "1", "b": "two\nlines"}), (4, {"a": "3", "b": "4"})]


@pytest.mark.parametrize("row", ["1", "1,2,3"])
def test_a_row_that_does_not_fit_is_named(row):
    with pytest.raises(CommandError, match="line 3"):
        list(table_rows(f"a,b\n1,2\n{row}\n"))
