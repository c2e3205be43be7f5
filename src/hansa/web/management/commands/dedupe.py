"""``hansa dedupe FILE``: which records mean one organisation, with probability and reasons. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.foundation.files import json_lines, parsed, table_rows, text_of
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
    text = text_of(name)
    if text.lstrip()[:1] not in ("{", "["):
        yield from ((f"line {number}", row) for number, row in table_rows(text))
        return
    try:
        whole = parsed(text)
    except ValueError:
        whole = None
    if isinstance(whole, dict) and isinstance(whole.get("records"), list):
        whole = whole["records"]
    if isinstance(whole, list):
        yield from ((f"record {number}", row) for number, row in enumerate(whole, start=1))
    else:
        yield from ((f"line {number}", row) for number, row in json_lines(text))
