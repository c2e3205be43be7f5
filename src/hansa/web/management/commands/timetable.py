"""``hansa timetable FILE``: who meets whom, when and where, with the bound. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.foundation.files import json_of
from hansa.web.solving import queries


class Command(BaseCommand):
    help = "Make the timetable of an event, JSON in and out. docs/formats/ describes the formats and holds examples."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the event as JSON; - reads the standard input")
        parser.add_argument("--repair", metavar="CHANGES", help="the meetings so far and what changed, as JSON")
        parser.add_argument(
            "--seconds", type=float, default=20.0, help="about how long to search at most (default: 20)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another number searches in another order")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["seconds"] <= 3600:
            raise CommandError("--seconds must lie between 0 and 3600.")
        try:
            event = json_of(options["file"])
            if options["repair"]:
                answer = queries.repaired(event, json_of(options["repair"]))
            else:
                answer = queries.timetable(event, seed=options["seed"], effort=options["seconds"])
        except (queries.BadProblem, queries.WrongAnswer) as bad:
            raise CommandError(str(bad)) from bad
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
