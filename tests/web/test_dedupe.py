"""When the shell is asked for duplicates."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from formats import FOLDER, faults, schema

TABLE = FOLDER / "dedupe-records.example.csv"
LINES = FOLDER / "dedupe-records.example.jsonl"


def answer(path: Path, *more: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("dedupe", str(path), *more, stdout=out)
    return json.loads(out.getvalue())


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("example", [TABLE, LINES])
def test_the_examples_run_and_fit_their_schema(example: Path) -> None:
    assert list(faults(answer(example), schema("dedupe-answer.schema.json"))) == []
    for line in LINES.read_text(encoding="utf-8").splitlines():
        assert list(faults(json.loads(line), schema("dedupe-record.schema.json"))) == []


def test_proposes_merges_and_a_cluster_to_take_apart() -> None:
    told = answer(TABLE)
    assert told["merges"] == [["k1", "k2"], ["t1", "t2"]]
    assert [(split["cluster"], split["groups"]) for split in told["splits"]] == [("uto", [["t1", "t2"], ["t3"]])]
    by_number = next(pair for pair in told["pairs"] if pair["left"] == "t1")
    assert by_number["verdict"] == "merge"
    assert by_number["probability"] > 0.97
    assert "Same VAT number: SI12345678." in {reason["text"] for reason in by_number["reasons"]}


def test_reads_lists_packed_files_and_records_without_id(tmp_path: Path) -> None:
    rows = [{"title": "Kvarnby Data", "country": "SE", "colour": "red"}, {"title": "Kvarnby Data AB", "country": "SE"}]
    told = answer(write(tmp_path / "list.json", json.dumps(rows)))
    assert [(pair["left"], pair["right"]) for pair in told["pairs"]] == [("1", "2")]
    assert told["unused_fields"] == ["colour"]
    packed = tmp_path / "list.json.gz"
    packed.write_bytes(gzip.compress(json.dumps({"records": rows}).encode()))
    assert answer(packed)["pairs"] == told["pairs"]


def test_other_thresholds_show_more_or_less() -> None:
    assert len(answer(TABLE, "--review", "0.00000001")["pairs"]) > len(answer(TABLE)["pairs"])
    strict = answer(TABLE, "--merge", "0.99999999", "--review", "0.99999999")
    assert len(strict["pairs"]) < len(answer(TABLE)["pairs"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("id,name\n1,Kvarnby\n1,Tolmin\n", "Record.id 1 occurs twice"),
        ("id,name\n1,\n", "line 2: Record.name of 1"),
        ("id,name\n1\n", "line 2: the row has not as many cells"),
        ('{"id": 1, "name": 7.5}', "line 1: name must be text"),
        ('{"id": 1}\nnonsense', "line 1: Record.name|line 2 is no JSON"),
        ("[3]", "record 1 must be an object"),
        ('[{"name": "a\\u0000b"}]', "record 1: name must be plain text"),
        ('[{"name": "a", "shortName": [1]}]', "record 1: shortName must be text or a list"),
    ],
)
def test_bad_input_is_refused_and_named(tmp_path: Path, content: str, said: str) -> None:
    path = write(tmp_path / "bad", content)
    with pytest.raises(CommandError, match=said):
        answer(path)


def test_unknown_thresholds_are_refused() -> None:
    with pytest.raises(CommandError, match=r"Thresholds\.merge"):
        answer(TABLE, "--merge", "nan")


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        answer(tmp_path / "none.csv")
    broken = tmp_path / "latin.csv"
    broken.write_bytes("name\nBr\xfcckner\n".encode("latin-1"))
    with pytest.raises(CommandError, match="not UTF-8"):
        answer(broken)
