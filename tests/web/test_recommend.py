"""When the shell asks for partners: answers line by line, and errors that name file, line and field."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from formats import FOLDER, faults, schema

PROJECTS = FOLDER / "recommend-projects.example.csv"
PARTICIPANTS = FOLDER / "recommend-participants.example.csv"
QUERIES = FOLDER / "recommend-query.example.jsonl"


def run(queries: Path, *more: str, projects: Path = PROJECTS, participants: Path = PARTICIPANTS) -> str:
    out = io.StringIO()
    files = ["--projects", str(projects), "--participants", str(participants), "--queries", str(queries)]
    call_command("recommend", *files, *more, stdout=out)
    return out.getvalue()


def answers(*arguments: Any, **files: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, **files).splitlines()]


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_example_runs_and_fits_its_schemas() -> None:
    asked = [json.loads(line) for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    told = answers(QUERIES)
    assert [fault for query in asked for fault in faults(query, schema("recommend-query.schema.json"))] == []
    assert [fault for answer in told for fault in faults(answer, schema("recommend-answer.schema.json"))] == []
    assert [answer["id"] for answer in told] == [query["id"] for query in asked]


def test_leaves_the_partners_out_and_says_who_was_with_them() -> None:
    best = {one["name"]: one["reasons"] for one in answers(QUERIES)[0]["organisations"]}
    assert set(best) == {
        "Lyssna AB", "Universitet i Vest", "Vodárna Morava", "Metsä ja Puu Oy", "Universidade do Norte",
        "Case di Legno srl",
    }  # fmt: skip
    assert best["Universitet i Vest"][0] == (
        "Was with WERKSTATT AM SEE EV in 2 projects, among them Sensors that hear wear in pumps, Waterworks without leaks."
    )


def test_names_as_many_as_asked_for() -> None:
    assert [len(answer["organisations"]) for answer in answers(QUERIES, "--top", "2")] == [2, 2]


def test_reads_packed_tables_and_those_with_semicolons(tmp_path: Path) -> None:
    packed = tmp_path / "projects.csv.gz"
    packed.write_bytes(gzip.compress(PROJECTS.read_bytes()))
    lines = PARTICIPANTS.read_text(encoding="utf-8").replace(",", ";")
    semicolons = write(tmp_path / "participants.csv", lines)
    assert run(QUERIES, projects=packed, participants=semicolons) == run(QUERIES)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "queries, line 2 is no JSON"),
        ("[]", "queries, line 2: must be an object"),
        ('{"title": "Pumps"}', "queries, line 2: id must be a text"),
        ('{"id": "b", "title": 7}', "queries, line 2: title must be text"),
        ('{"id": "b", "partners": "Lyssna AB"}', "queries, line 2: partners must be a list"),
        ('{"id": "b", "partners": [" "]}', "queries, line 2: partners must not hold an empty name"),
        ('{"id": "b", "partner": []}', "queries, line 2: partner is not a field"),
        ('{"id": "b", "title": " "}', "queries, line 2: Draft.title of b must not be empty"),
        ('{"id": "b", "title": "\\u0000"}', "queries, line 2: title must be plain text"),
        ('{"id": "b", "title": "\\ud800"}', "queries, line 2: title must be plain text"),
        ('{"id": "a", "title": "Pumps"}', "queries, line 2: id a is given twice"),
    ],
)
def test_refuses_a_bad_query_and_answers_none(tmp_path: Path, line: str, complaint: str) -> None:
    queries = write(tmp_path / "queries.jsonl", '{"id": "a", "title": "Pumps"}', line)
    out = io.StringIO()
    files = ["--projects", str(PROJECTS), "--participants", str(PARTICIPANTS), "--queries", str(queries)]
    with pytest.raises(CommandError) as refused:
        call_command("recommend", *files, stdout=out)
    assert complaint in str(refused.value)
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["id,title", "P1,Pumps"], "projects, line 2: column objective is missing"),
        (["id,title,objective", ",Pumps,Hear"], "projects, line 2: id must not be empty"),
        (["id,title,objective", "P1,Pumps,Hear", "P1,Pumps,Hear"], "projects, line 3: id P1 was already given"),
        (["id,title,objective", "P1,Pumps"], "projects, line 2: the row has not as many cells"),
        (["id,title,objective"], "History.projects must not be empty"),
        (["id,title,objective", "X,Pumps,Hear"], "History.participations must name at least one"),
    ],
)
def test_refuses_a_bad_table(tmp_path: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        run(QUERIES, projects=write(tmp_path / "projects.csv", *lines))


def test_refuses_a_participant_without_a_name(tmp_path: Path) -> None:
    table = write(tmp_path / "participants.csv", "projectID,name", "P1,")
    with pytest.raises(CommandError, match="participants, line 2: name must not be empty"):
        run(QUERIES, participants=table)


def test_refuses_files_that_are_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.jsonl")
    (tmp_path / "raw").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="is not UTF-8"):
        run(tmp_path / "raw")


@pytest.mark.parametrize("top", ["0", "-1", "10001"])
def test_refuses_a_number_of_organisations_that_makes_no_sense(top: str) -> None:
    with pytest.raises(CommandError, match="--top must lie between 1 and 10,000"):
        run(QUERIES, "--top", top)
