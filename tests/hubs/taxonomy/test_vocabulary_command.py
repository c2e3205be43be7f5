"""When vocabularies are looked after from the shell."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from factories import make_concept

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("vocabulary", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_list_shows_versions_and_numbers():
    make_concept("skill", "s1")
    make_concept("skill", "s2", retired_in="2")
    assert "test-skill  1  1 concepts, 1 retired  skill" in run("list")


def test_load_says_what_came_of_it_and_which_lines_were_refused(tmp_path: Path):
    path = tmp_path / "nuts_2024.csv"
    path.write_text("nuts_id,nuts_name\nES2,Noreste\nes,small letters\n", "utf-8")
    said = run("load", "nuts", str(path))
    assert "nuts 2024: 1 read, 1 added, 0 changed, 0 retired" in said
    assert "line 3: no code and name" in said


def test_load_refuses_a_wrong_file_in_words(tmp_path: Path):
    path = tmp_path / "hubs.json"
    path.write_text("[]", "utf-8")
    with pytest.raises(CommandError, match=r"is not a \.csv"):
        run("load", "esco", str(path))
