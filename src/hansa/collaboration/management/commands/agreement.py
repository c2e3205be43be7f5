"""``hansa agreement verify FILE``: does a sealed or signed agreement hold?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hansa.collaboration.agreements.operations.stamping import trust
from hansa.collaboration.agreements.queries.reading import copy_of
from hansa.collaboration.agreements.queries.validation import (
    FileReport,
    Signed,
    Trust,
    UnreadableCertificate,
    check_file,
)


class Command(BaseCommand):
    help = "Check an agreement that Hansa sealed, or a text of Hansa that people signed in their own tools."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="check a file; the exit code is 0 only when everything holds")
        verify.add_argument("file", type=Path, metavar="FILE")
        verify.add_argument(
            "--authority", type=Path, metavar="PEM", help="certificate to trust, instead of this installation's own"
        )
        verify.add_argument("--json", action="store_true", help="print what was found as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = options["authority"]
        try:
            content = options["file"].read_bytes()
            trusted = Trust.of(authority.read_bytes(), folder=settings.TRUST_DIR) if authority else trust()
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except UnreadableCertificate as error:
            raise CommandError(f"{authority or settings.TRUST_DIR}: this is no certificate in PEM form.") from error
        report = check_file(content, trust=trusted, copy_of=copy_of)
        if options["json"]:
            self.stdout.write(json.dumps({"is_valid": report.is_valid, **asdict(report)}, default=str, indent=2))
        else:
            self._tell(report)
        if not report.is_valid:
            raise CommandError("This file is not an agreement that holds.")

    def _tell(self, report: FileReport) -> None:
        for problem in report.problems:
            self.stdout.write(f"NO  {problem}")
        for signed in report.signatures:
            self._tell_signature(signed)
        if report.sha256:
            self.stdout.write(f"\nCase {report.case_ref}, version {report.version}")
            self.stdout.write(f"SHA-256 of the text: {report.sha256}")
        if report.is_valid:
            self.stdout.write("yes It says what was signed, and nothing was changed since.")
            if report.seal:
                self.stdout.write("An advanced electronic seal of the installation, not qualified.")

    def _tell_signature(self, signed: Signed) -> None:
        when = f"{signed.at:%Y-%m-%d %H:%M:%S} UTC" if signed.at else "at an unknown time"
        clock = f"time stamp of {signed.stamped_by}" if signed.stamped_by else "by the clock of who signed"
        self.stdout.write(f"    {signed.by} (certificate of {signed.issuer}), {signed.level.label}, {when}, {clock}")
        if signed.says_qualified:
            self.stdout.write("    The certificate calls itself qualified; no trusted list was asked.")
