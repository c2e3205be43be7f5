"""When hubs are imported from the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hansa.hubs.models import Hub
from hansa.hubs.taxonomy import queries as taxonomy

pytestmark = pytest.mark.django_db

JsonFile = Callable[..., Path]


def run(*words: str) -> str:
    out = StringIO()
    call_command("import", "hubs", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_says_what_was_read_repaired_refused_and_doubtful(json_file: JsonFile):
    """Source: BP-PRO-01."""
    path = json_file(
        {"title": "Athens Hub", "country_code": "EL", "colour": "red"},
        {"title": "ATHENS hub", "country_code": "GR", "id": "7"},
        {"title": ""},
    )
    said = run(str(path)).splitlines()
    assert said[1] == "3 read: 2 added, 0 changed, 0 unchanged, 1 refused"
    assert "Columns not used: colour" in said
    assert any("1 × country code brought to ISO 3166" in line for line in said)
    assert "  row 3: It has no name." in said
    assert any(line.startswith("  row 2, ATHENS hub: possible duplicate of row 1 (") for line in said)


def test_the_report_is_also_for_machines(json_file: JsonFile):
    report = json.loads(run(str(json_file({"title": "Hub", "country_code": "UK"})), "--json", "--source", "jrc"))
    assert (report["source"], report["n_added"], report["refused"]) == ("jrc", 1, [])
    assert report["repairs_by_kind"] == {"country_code": 1, "no_description": 1}
    assert report["repaired"][0] == {"row": 1, "name": "Hub", "kind": "country_code", "text": "UK → GB"}


def test_descriptions_are_read_at_once_when_asked(json_file: JsonFile, monkeypatch: pytest.MonkeyPatch):
    class Nothing:
        def find(self, text: str, **given: object) -> tuple[()]:
            return ()

    monkeypatch.setattr(taxonomy, "concept_index", Nothing)
    run(str(json_file(*({"title": f"Hub {n}", "id": str(n), "description": "We help."} for n in range(45)))), "--read")
    assert Hub.objects.exclude(read_digest="").count() == 45


def test_a_wrong_file_is_refused_in_words(tmp_path: Path):
    path = tmp_path / "hubs.csv"
    path.write_text("colour\nred\n", "utf-8")
    with pytest.raises(CommandError, match="no column for the names"):
        run(str(path))
