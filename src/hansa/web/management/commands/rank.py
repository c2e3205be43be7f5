"""``hansa rank FILE``: hubs, facilities, experts, past cases, organisations, ranked for a need. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.foundation.files import json_of
from hansa.web.solving import queries

MOST = 100_000


class Command(BaseCommand):
    help = (
        "Rank hubs, facilities, experts, past cases and organisations for a need, each with its score in parts and its "
        "reasons. JSON in and out; docs/formats/ describes the formats and holds an example."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the question as JSON; - reads the standard input")
        parser.add_argument("--top", type=int, default=20, metavar="K", help="how many to return (default: 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["top"] <= MOST:
            raise CommandError(f"--top must lie between 1 and {MOST:,}.")
        try:
            answer = queries.ranking(json_of(options["file"]), top=options["top"])
        except queries.BadProblem as bad:
            raise CommandError(f"{options['file']}: {bad}.") from bad
        except queries.WrongAnswer as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
