"""``hansa vocabulary``: bring the vocabularies up to date, load official files, list what is loaded."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hansa.hubs.taxonomy import operations, queries


class Command(BaseCommand):
    help = "Bring the vocabularies up to date, load official files of ESCO and NUTS, list what is loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("ensure", help="load the vocabularies that come with Hansa, as far as they changed")
        acts.add_parser("list", help="list vocabularies with version, source and number of concepts")
        load = acts.add_parser("load", help="load official files")
        load.add_argument("what", choices=["esco", "nuts"])
        load.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="official files or tables of labels: .csv, .csv.gz, .tsv.gz, .zip",
        )
        load.add_argument("--version-of-files", dest="edition", help="such as 1.2.0 or 2024; else read from the path")
        load.add_argument("--language", help="language of the labels; else read from the file's name (skills_fr.csv)")
        load.add_argument("--accept-retiring", action="store_true", help="also where the file lacks many concepts")
        encode = acts.add_parser("encode", help="make the vectors that texts are read with; ensure does it too")
        encode.add_argument(
            "--write", type=Path, metavar="FILE", help="write the file of vectors that ships with Hansa"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(**options)
        except operations.CannotLoad as no:
            raise CommandError(no.reason) from no

    def _ensure(self, **options: Any) -> None:
        operations.ensure(at=timezone.now(), progress=self.stdout.write)
        operations.encode(progress=self.stdout.write)

    def _list(self, **options: Any) -> None:
        for line in queries.loaded_schemes():
            retired = f", {line.n_retired} retired" if line.n_retired else ""
            self.stdout.write(f"{line.code}  {line.version}  {line.n_concepts} concepts{retired}  {line.title}")
            if line.attribution:
                self.stdout.write(f"    {line.attribution}")

    def _load(self, **options: Any) -> None:
        load = operations.load_esco if options["what"] == "esco" else operations.load_nuts
        given = {name: options[name] for name in ("edition", "accept_retiring")}
        if options["what"] == "esco":
            given["language"] = options["language"]
        for report in load(options["files"], at=timezone.now(), progress=self.stdout.write, **given):
            for line in report.refused[:20]:
                self.stderr.write(f"  refused: {line}")
        operations.encode(progress=self.stdout.write)

    def _encode(self, **options: Any) -> None:
        if options["write"]:
            self.stdout.write(f"{operations.write_shipped(options['write'])} vectors written.")
        else:
            operations.encode(progress=self.stdout.write)
