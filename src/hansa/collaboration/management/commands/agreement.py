"""``hansa agreement verify FILE``: does a sealed agreement hold?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.collaboration.agreements.operations.seal_keys import seal_keys
from hansa.collaboration.agreements.queries.validation import SealReport, UnreadableCertificate, check_seal


class Command(BaseCommand):
    help = "Check a sealed agreement: integrity, coverage, certificate, and that its pages say what was signed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="check a file; the exit code is 0 only when everything holds")
        verify.add_argument("file", type=Path, metavar="FILE")
        verify.add_argument(
            "--authority", type=Path, metavar="PEM", help="certificate to trust, instead of this installation's own"
        )
        verify.add_argument("--json", action="store_true", help="print what was found as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
            authority = options["authority"].read_bytes() if options["authority"] else seal_keys().authority
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        try:
            report = check_seal(content, authority=authority)
        except UnreadableCertificate as error:
            raise CommandError(f"{options['authority']}: this is no certificate in PEM form.") from error
        if options["json"]:
            self.stdout.write(json.dumps({"is_valid": report.is_valid, **asdict(report)}, default=str, indent=2))
        else:
            self._tell(report)
        if not report.is_valid:
            raise CommandError("This file is not a sealed agreement that holds.")

    def _tell(self, report: SealReport) -> None:
        if not report.is_sealed:
            self.stdout.write("No seal that can be read.")
            return
        answers = {
            "Not a byte differs from what was sealed": report.is_intact,
            "The seal covers the whole file": report.is_whole,
            f"Sealed under the trusted authority ({report.sealed_by})": report.is_ours,
            "Pages, attached text and fingerprint agree": report.text_agrees,
        }
        for question, holds in answers.items():
            self.stdout.write(f"{'yes' if holds else 'NO ':4}{question}")
        if report.sha256:
            self.stdout.write(
                f"\nCase {report.case_ref}, version {report.version}, sealed {report.sealed_at:%Y-%m-%d %H:%M:%S} UTC"
            )
            self.stdout.write(f"SHA-256 of the text: {report.sha256}")
        self.stdout.write("An advanced electronic seal of the installation, not qualified; its time is its own clock.")
