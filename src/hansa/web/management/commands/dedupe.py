"""``hansa dedupe FILE``: which records mean one organisation, with probability and reasons. Needs no database."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.web.solving import queries


class Command(BaseCommand):
    help = (
        "Find records that mean one organisation. A table (CSV), lines of JSON or one JSON list, plain or gzip; out: one "
        "JSON object. docs/formats/ describes the formats and holds examples."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the records; - reads the standard input")
        parser.add_argument("--merge", type=float, default=0.97, help="from which probability to merge (default: 0.97)")
        parser.add_argument("--review", type=float, default=0.5, help="from which to show a pair (default: 0.5)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = queries.duplicates(_rows(options["file"]), merge=options["merge"], review=options["review"])
        except queries.BadProblem as bad:
            raise CommandError(f"{bad}.") from bad
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def _rows(name: str) -> Iterator[tuple[str, Any]]:
    """Yield where each record stands, and the record."""
    text = _text(name)
    if text.lstrip()[:1] not in ("{", "["):
        yield from _table(text)
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict) and isinstance(whole.get("records"), list):
        whole = whole["records"]
    if isinstance(whole, list):
        yield from ((f"record {number}", row) for number, row in enumerate(whole, start=1))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (ValueError, RecursionError) as error:
                raise CommandError(f"line {number} is no JSON: {error}.") from error


def _table(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    csv.field_size_limit(sys.maxsize)
    heading = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise CommandError(f"line {reader.line_num}: the row has not as many cells as the heading.")
            yield f"line {reader.line_num}", row
    except csv.Error as error:
        raise CommandError(f"line {reader.line_num}: {error}.") from error


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError) as error:
        raise CommandError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from error
