"""``hansa profiles``: keep the index of profiles, and ask it for the hubs nearest to a text."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hansa.hubs.directory import operations, queries
from hansa.hubs.taxonomy import queries as taxonomy

MOST_TEXT = 100_000
MOST_TOP = 1000


class Command(BaseCommand):
    help = "Keep the index of what hubs say about themselves, and find the hubs nearest in meaning to a text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("index", help="read profiles that are new or changed (the worker does it by itself)")
        near = acts.add_parser("near", help="name the hubs whose profiles are nearest to a text, in any language")
        near.add_argument("text", help="the text; - reads it from the standard input")
        near.add_argument("--top", type=int, default=10, help="how many hubs to name at most (default: 10)")
        near.add_argument("--json", action="store_true", help="print JSON for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "index":
            self._index()
        else:
            self._near(options["text"], top=options["top"], as_json=options["json"])

    def _index(self) -> None:
        done = operations.index_profiles(progress=lambda n, of: self.stderr.write(f"  {n} of {of} profiles"))
        if done.was_rebuilt:
            self.stdout.write(f"The index was made anew. {done.was_rebuilt}")
        self.stdout.write(f"{done.n_profiles} profiles: {done.n_read} read, {done.n_removed} removed.")

    def _near(self, text: str, *, top: int, as_json: bool) -> None:
        text = sys.stdin.read() if text == "-" else text
        if not text.strip():
            raise CommandError("The text is empty.")
        if len(text) > MOST_TEXT:
            raise CommandError(f"The text has {len(text):,} characters; at most {MOST_TEXT:,} are read.")
        if not 1 <= top <= MOST_TOP:
            raise CommandError(f"--top must lie between 1 and {MOST_TOP:,}.")
        if taxonomy.reads_by_words_alone():
            self.stderr.write(taxonomy.BY_WORDS_ALONE)
        try:
            found = queries.nearest_profiles(text, top=top)
        except queries.IndexUnusable as unusable:
            raise CommandError(str(unusable)) from unusable
        names = {hub.id: hub for hub in queries.hub_names([near.profile_id for near in found])}
        rows = [(names[near.profile_id], near.likeness) for near in found if near.profile_id in names]
        if as_json:
            hubs = [{"name": hub.name, "slug": hub.slug, "likeness": round(like, 4)} for hub, like in rows]
            self.stdout.write(json.dumps({"hubs": hubs}, ensure_ascii=False, indent=2))
            return
        for hub, like in rows:
            self.stdout.write(f"{like:.2f}  {hub.name}")
        if not rows:
            self.stdout.write("No profile has anything in common with this text.")
