"""``hansa match "TEXT"``: what a need asks for, and the hubs that cover it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.collaboration.partnering import queries
from hansa.hubs.taxonomy import queries as taxonomy

MAX_TEXT = 100_000


class Command(BaseCommand):
    help = "Read a need in any language and rank the hubs of the directory for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="the need in plain words; - reads it from the standard input")
        parser.add_argument("--json", action="store_true", help="print JSON for programs")
        parser.add_argument("--limit", type=int, default=10, help="how many hubs to name (default: 10)")
        parser.add_argument("--language", action="append", default=[], help="a working language, may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        text = sys.stdin.read() if options["text"] == "-" else options["text"]
        if not text.strip():
            raise CommandError("The text is empty. Say what has to be solved.")
        if len(text) > MAX_TEXT:
            raise CommandError(f"The text has {len(text):,} characters; at most {MAX_TEXT:,} are read.")
        if "\0" in text:
            raise CommandError("The text holds a NUL character, so it is no text.")
        if options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.")
        if taxonomy.reads_by_words_alone():
            self.stderr.write(taxonomy.BY_WORDS_ALONE)
        answer = queries.match(text, limit=options["limit"], languages=options["language"])
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._print(answer)

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(f"{answer['title']}  [{answer['language'] or 'language unknown'}]\n")
        if not answer["findings"]:
            self.stdout.write("Nothing of the vocabularies was found in this text.")
            return
        self.stdout.write("Asked for:")
        for want in answer["findings"]:
            kind = "must have" if want["must_have"] else "nice to have"
            if want["weight_words"]:
                kind += f" by “{want['weight_words']}”"
            self.stdout.write(
                f"  {want['label']} ({want['kind']}, {kind}, {want['confidence']:.0%}): “{want['words']}”"
            )
        self.stdout.write(f"\nHubs, of {answer['n_hubs']:,}:")
        for hub in answer["hubs"]:
            self.stdout.write(f"  {hub['place']}. {hub['name']} ({hub['country']}), {hub['score']:.1f} of 100")
            for reason in hub["pros"]:
                self.stdout.write(f"     + {reason}")
            for reason in hub["cons"]:
                self.stdout.write(f"     - {reason}")
            self.stdout.write(f"     > {hub['change']}")
        if not answer["hubs"]:
            self.stdout.write("  No hub covers any of it.")
