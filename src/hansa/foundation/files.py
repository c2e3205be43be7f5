"""The files that a command is given: text, JSON, lines of JSON, tables. Plain or gzip; ``-`` is the standard input.

What cannot be read ends the command with a sentence that names the file, the line and what to do.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError


def text_of(name: str) -> str:
    """Return what a file of UTF-8 says.

    :raises CommandError: it cannot be read, is empty, or is no text
    """
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError) as error:
        raise CommandError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from error
    if "\0" in text:
        raise CommandError(f"{name} holds a NUL character, so it is no text.")
    if not text.strip():
        raise CommandError(f"{name} is empty.")
    return text


def json_of(name: str) -> Any:
    """Return the one value of a JSON file.

    :raises CommandError: likewise, or it is no JSON
    """
    try:
        return parsed(text_of(name))
    except ValueError as error:
        raise CommandError(f"{name} is no JSON: {error}.") from error


def json_lines(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the number of each line that is not empty, and the value that stands on it.

    :raises CommandError: a line is no JSON
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, parsed(line)
            except ValueError as error:
                raise CommandError(f"line {number} is no JSON: {error}.") from error


def table_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of the line on which each row of a table ends, and the row by its headings.

    Cells are parted by comma, semicolon or tab, whichever the heading has most of.

    :raises CommandError: a row does not fit the heading
    """
    csv.field_size_limit(sys.maxsize)
    heading = text.lstrip("\n").partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise CommandError(f"line {reader.line_num}: the row has not as many cells as the heading.")
            yield reader.line_num, row
    except csv.Error as error:
        raise CommandError(f"line {reader.line_num}: {error}.") from error


def parsed(text: str) -> Any:
    """Read JSON; no key may stand twice in one object. NaN is let in, so that who reads on can name its field.

    :raises ValueError: with what is wrong and where
    """
    try:
        return json.loads(text, object_pairs_hook=_once)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"{next(key for key in keys if keys.count(key) > 1)!r} stands twice in one object")
    return found
