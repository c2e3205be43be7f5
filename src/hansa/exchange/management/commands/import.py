"""``hansa import hubs FILE``: bring hubs in from a file, with a report of what was read, repaired and refused."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hansa.exchange.imports import operations
from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as listed


class Command(BaseCommand):
    help = "Bring hubs in from a file: JSON, JSON lines, CSV with any delimiter, Excel; packed with gzip or not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["hubs"])
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--source", default="", help="where the file comes from; else its name")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument(
            "--read", action="store_true", help="read the descriptions now instead of in the background"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = _Bar(self.stderr, is_shown=not options["json"] and sys.stderr.isatty())
        try:
            report = operations.import_hubs(
                options["file"], source=options["source"], by=SYSTEM, at=timezone.now(), progress=bar.show
            )
        except (operations.CannotReadFile, directory.CannotImport) as no:
            raise CommandError(no.reason) from no
        bar.end()
        if options["read"]:
            self._read(bar)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
        else:
            for line in report.lines():
                self.stdout.write(line)

    def _read(self, bar: _Bar) -> None:
        total = listed.n_unread()
        done = 0
        while done < total:
            left = directory.read_unread(
                at=timezone.now(), limit=20, progress=lambda n, so_far=done: bar.show(so_far + n, total)
            )
            done = max(done + 1, total - left)
        bar.end()


class _Bar:
    """A line that grows, for people who watch."""

    def __init__(self, out: Any, *, is_shown: bool) -> None:
        self._out, self._is_shown, self._drawn = out, is_shown, False

    def show(self, done: int, total: int) -> None:
        if self._is_shown and total:
            width = 30 * done // total
            self._out.write(f"\r[{'#' * width}{'.' * (30 - width)}] {done} / {total}", ending="")
            self._drawn = True

    def end(self) -> None:
        if self._drawn:
            self._out.write("")
            self._drawn = False
