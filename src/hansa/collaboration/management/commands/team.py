"""``hansa team``: the best team for a need, with its proof.

``--need FILE`` asks the directory. ``FILE`` alone is a problem that stands whole in its file, and needs no database.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from hansa.collaboration.partnering import queries
from hansa.collaboration.partnering.queries import team_files
from hansa.foundation.files import json_of, text_of
from hansa.hubs.directory import queries as directory

SECONDS = 20.0
_HALF = re.compile("[\ud800-\udfff]")
_KEYS = {"text", "wants", "limits", "languages", "lead"}


class Command(BaseCommand):
    help = (
        "Find the best team of hubs, with its proof. FILE is a problem that stands whole in itself and needs no database: "
        "JSON as in docs/formats/team.schema.json, or a set covering problem of OR-Library; the answer is one JSON "
        "object. --need FILE asks the directory: plain text, or YAML or JSON with text and/or wants (notations, ids or "
        "{concept, must_have}), and optionally limits, languages, lead (slug)."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a problem that stands whole in itself; - reads the standard input")
        parser.add_argument("--format", choices=("json", "orlib"), help="of FILE (default: json)")
        parser.add_argument(
            "--seconds",
            type=float,
            help="about how long it may take, reading and check included, for FILE (default: 20)",
        )
        parser.add_argument("--need", help="a need to ask the directory about; - reads the standard input")
        parser.add_argument("--json", action="store_true", help="with --need: print JSON for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["file"] is None) == (options["need"] is None):
            raise CommandError("Name either FILE, a problem that stands whole in itself, or --need FILE.")
        if options["file"] is not None:
            self._solve(options["file"], options["format"] or "json", options["seconds"])
        elif options["format"] or options["seconds"] is not None:
            raise CommandError("--format and --seconds belong to FILE, not to --need.")
        else:
            self._ask_directory(options["need"], as_json=options["json"])

    def _solve(self, name: str, form: str, seconds: float | None) -> None:
        seconds = SECONDS if seconds is None else seconds
        try:
            if form == "orlib":
                answer = team_files.team_of_orlib(text_of(name), seconds=seconds)
            else:
                answer = team_files.team_of_document(json_of(name), seconds=seconds)
        except team_files.BadProblem as bad:
            raise CommandError(f"{name}: {bad}.") from bad
        except team_files.WrongAnswer as wrong:
            raise CommandError(str(wrong)) from wrong
        written = json.dumps(answer, ensure_ascii=False, indent=1)
        if _HALF.search(written):
            raise CommandError(f"{name}: a text holds half a character (\\ud800 to \\udfff alone).")
        self.stdout.write(written)

    def _ask_directory(self, name: str, *, as_json: bool) -> None:
        given = parse_need(text_of(name))
        wants = _wants(given)
        if not wants:
            raise CommandError("Nothing is asked for: no wants were given, and none were found in the text.")
        try:
            answer = queries.team_for(
                wants, lead_id=_lead(given), limits=given.get("limits") or {}, languages=given.get("languages") or ()
            )
        except (queries.BadProblem, TypeError) as bad:
            raise CommandError(f"limits: {bad}") from bad
        answer = {"wants": wants, **answer}
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._print(answer)

    def _print(self, answer: dict[str, Any]) -> None:
        write = self.stdout.write
        write("Asked for:")
        for want in answer["wants"]:
            write(f"  {want['label']} ({'must have' if want['must_have'] else 'nice to have'})")
        proof = "proven" if answer["is_proven"] else "not proven"
        write(f"\nTeam: {answer['status']}, {proof}")
        for member in answer["members"]:
            write(f"  {member['name']} ({member['country']}): {', '.join(member['covers'])}")
            if member["only_member_for"]:
                write(f"     alone for {', '.join(member['only_member_for'])}")
        for goal in answer["goals"]:
            write(f"  {goal['name']}: {goal['value']:g}, bound {goal['bound']:g}")
        for key, words in (("gaps", "No hub covers"), ("missed", "Not covered within the limits")):
            if answer[key]:
                write(f"  {words}: {', '.join(answer[key])}")
        write("\nWhy:")
        for reason in answer["reasons"]:
            write(f"  {reason}")
        for other in answer["alternatives"]:
            write(f"\nInstead: {', '.join(other['members'])}")
            for reason in other["reasons"]:
                write(f"  {reason}")


def parse_need(content: str) -> dict[str, Any]:
    """Read a need file: a mapping in YAML or JSON, or plain text.

    :raises CommandError: it is a mapping with keys that mean nothing, or a broken one
    """
    looks_structured = content.lstrip().startswith("{") or any(
        line.split(":")[0].strip() in _KEYS and ":" in line for line in content.splitlines() if line[:1].isalpha()
    )
    if not looks_structured:
        return {"text": content}
    try:
        given = yaml.safe_load(content)
    except yaml.YAMLError as error:
        if content.lstrip().startswith("{"):
            raise CommandError(f"The file is neither YAML nor JSON: {error}") from error
        return {"text": content}
    if not isinstance(given, Mapping):
        return {"text": content}
    unknown = sorted(str(key) for key in set(given) - _KEYS)
    if unknown:
        raise CommandError(f"Unknown in the file: {', '.join(unknown)}. Known: {', '.join(sorted(_KEYS))}.")
    if not isinstance(given.get("wants") or [], list):
        raise CommandError("wants must be a list.")
    if not isinstance(given.get("limits") or {}, Mapping):
        raise CommandError("limits must be a mapping such as {max_partners: 3}.")
    return dict(given)


def _wants(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the file asks for: its wants, and what is found in its text where it names none."""
    rows = given.get("wants")
    if rows:
        return [_want(row) for row in rows]
    text = given.get("text") or ""
    return queries.wants_from(queries.read_need(str(text))) if str(text).strip() else []


def _want(row: Any) -> dict[str, Any]:
    must_have = True
    if isinstance(row, Mapping):
        must_have, row = bool(row.get("must_have", True)), row.get("concept") or row.get("notation")
    found = queries.concept_named(str(row))
    if found is None:
        raise CommandError(f"wants: {row!r} is no activity, competence or technology of the vocabularies.")
    return {**found, "must_have": must_have}


def _lead(given: Mapping[str, Any]) -> int | None:
    slug = given.get("lead")
    if not slug:
        return None
    hub = directory.hub_by_slug(str(slug))
    if hub is None:
        raise CommandError(f"lead: there is no hub {slug!r} in the directory.")
    return hub.pk
