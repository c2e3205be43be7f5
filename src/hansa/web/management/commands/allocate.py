"""``hansa allocate grants|assessors|sample FILE``: share out by stated rules, with proof. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.foundation.files import json_of
from hansa.web.solving import queries


class Command(BaseCommand):
    help = (
        "Choose grants under a budget, assign assessors to hubs, or draw a sample that anybody can draw again. JSON in "
        "and out; docs/formats/ describes the formats and holds examples."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["grants", "assessors", "sample"])
        parser.add_argument("file", help="the question as JSON; - reads the standard input")
        parser.add_argument("--seconds", type=float, default=10.0, help="how long to search at most (default: 10)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["seconds"] <= 3600:
            raise CommandError("--seconds must be above 0 and at most 3600.")
        document = json_of(options["file"])
        try:
            if options["what"] == "sample":
                answer = queries.sample(document)
            else:
                solve = queries.grants if options["what"] == "grants" else queries.assessors
                answer = solve(document, seconds=options["seconds"])
        except (queries.BadProblem, queries.WrongAnswer) as bad:
            raise CommandError(str(bad)) from bad
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
