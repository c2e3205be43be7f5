"""``hansa classify``: texts in any language to competences of ESCO or to activities of hubs."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.foundation.files import json_lines, text_of
from hansa.hubs.taxonomy import operations, queries

MOST_TOP = 1000


class Command(BaseCommand):
    help = (
        "Classify texts, one JSON object a line: id, text, and lang where it is known. Uses the vocabulary that is loaded, "
        "in all its languages: English ESCO comes with Hansa, 'hansa vocabulary load esco FILES' brings others. The "
        "first call encodes labels that have no vectors yet (minutes; it may be interrupted and goes on where it "
        "was). docs/formats/ describes the formats and holds examples."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", required=True, help="the texts, plain or gzip; - reads the standard input")
        parser.add_argument(
            "--scheme",
            choices=list(queries.SCHEMES),
            default="esco-skills",
            help="what to look for (default: esco-skills)",
        )
        parser.add_argument("--top", type=int, default=10, help="how many concepts to name at most (default: 10)")
        parser.add_argument(
            "--hide-language", action="append", default=[], metavar="xx",
            help="work as if the vocabulary had no labels in this language; may be given several times",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["top"] <= MOST_TOP:
            raise CommandError(f"--top must lie between 1 and {MOST_TOP:,}.")
        hidden = {language.lower() for language in options["hide_language"]}
        if wrong := next((language for language in hidden if not re.fullmatch(r"[a-z]{2}", language)), None):
            raise CommandError(f"--hide-language must be a two-letter code such as de, not {wrong}.")
        try:
            lines = json_lines(text_of(options["file"]))
            texts = queries.texts_from((f"line {number}", value) for number, value in lines)
        except queries.BadProblem as bad:
            raise CommandError(f"{bad}.") from bad
        scheme = options["scheme"]
        concepts = queries.concepts_of(scheme, hidden=hidden)
        if not concepts:
            raise CommandError("The vocabulary has no labels to look for. Run 'hansa vocabulary ensure'.")
        if queries.reads_by_words_alone():
            self.stderr.write(queries.BY_WORDS_ALONE)
        operations.encode_texts(queries.wordings_to_classify(scheme, concepts), progress=self.stderr.write)
        for answer in queries.classified(texts, scheme=scheme, concepts=concepts, top=options["top"]):
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
