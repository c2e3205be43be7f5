"""``hansa recommend``: organisations likely to be good partners, from past projects. Needs no database."""

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

MOST_TOP = 10_000


class Command(BaseCommand):
    help = (
        "Recommend partners for drafts of projects, learnt from past projects and who took part in them. Tables as CSV, "
        "plain or gzip; queries and answers as lines of JSON. docs/formats/ describes the formats and holds examples."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--projects", required=True, help="past projects: id, title, objective and more")
        parser.add_argument("--participants", required=True, help="who took part: projectID, name and more")
        parser.add_argument(
            "--queries", required=True, help="drafts, one JSON object a line; - reads the standard input"
        )
        parser.add_argument("--top", type=int, default=20, help="how many organisations to name (default: 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["top"] <= MOST_TOP:
            raise CommandError(f"--top must lie between 1 and {MOST_TOP:,}.")
        try:
            answers = queries.recommend(
                projects=_rows(options["projects"], "projects"),
                participants=_rows(options["participants"], "participants"),
                drafts=_documents(options["queries"]),
                top=options["top"],
            )
            lines = [json.dumps(answer, ensure_ascii=False) for answer in answers]
        except queries.BadProblem as bad:
            raise CommandError(f"{bad}.") from bad
        for line in lines:
            self.stdout.write(line)


def _raw(name: str, what: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        return raw.decode("utf-8-sig")
    except (OSError, EOFError) as error:
        raise CommandError(f"{what}: {name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{what}: {name} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from error


def _rows(name: str, what: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the line it ends on, row) of a table."""
    csv.field_size_limit(sys.maxsize)
    text = _raw(name, what)
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","  # CORDIS itself publishes both
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise CommandError(f"{what}, line {reader.line_num}: the row has not as many cells as the heading.")
            yield reader.line_num, row
    except csv.Error as error:
        raise CommandError(f"{what}, line {reader.line_num}: {error}.") from error


def _documents(name: str) -> Iterator[tuple[int, Any]]:
    """Yield (line number, JSON value) of every line that is not empty."""
    for number, line in enumerate(_raw(name, "queries").split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                raise CommandError(f"queries, line {number}: is no JSON: {error}.") from error
