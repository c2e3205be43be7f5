"""``hansa recommend``: organisations likely to be good partners, from past projects. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.foundation.files import json_lines, table_rows, text_of
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
                projects=_named("projects", table_rows(text_of(options["projects"]))),
                participants=_named("participants", table_rows(text_of(options["participants"]))),
                drafts=_named("queries", json_lines(text_of(options["queries"]))),
                top=options["top"],
            )
            lines = [json.dumps(answer, ensure_ascii=False) for answer in answers]
        except queries.BadProblem as bad:
            raise CommandError(f"{bad}.") from bad
        for line in lines:
            self.stdout.write(line)


def _named(what: str, lines: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Yield the same; a complaint says in which of the files the line stands."""
    try:
        yield from lines
    except CommandError as error:
        raise CommandError(f"{what}, {error}") from error
