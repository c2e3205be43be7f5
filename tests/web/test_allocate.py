"""When the shell is asked to allocate."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from formats import FOLDER, faults, schema

from hansa.web.solving import queries

KINDS = ("grants", "assessors", "sample")


def example(what: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"allocate-{what}.example.json").read_text(encoding="utf-8"))


def answer(what: str, path: Path, *more: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("allocate", what, str(path), *more, stdout=out)
    return json.loads(out.getvalue())


def ask(tmp_path: Path, what: str, document: Any) -> dict[str, Any]:
    path = tmp_path / "question.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return answer(what, path)


@pytest.mark.parametrize("what", KINDS)
def test_the_example_runs_and_fits_its_schemas(what: str) -> None:
    assert list(faults(example(what), schema(f"allocate-{what}.schema.json"))) == []
    told = answer(what, FOLDER / f"allocate-{what}.example.json")
    assert list(faults(told, schema(f"allocate-{what}-answer.schema.json"))) == []


def test_grants_come_with_their_proof_and_with_reasons() -> None:
    told = answer("grants", FOLDER / "allocate-grants.example.json")
    assert (told["funded"], told["value"], told["bound"], told["proven"]) == (["a", "c"], 14.0, 14.0, True)
    assert [one["id"] for one in told["unfunded"]] == ["b", "d"]
    assert all(one["reasons"] for one in told["unfunded"])


def test_assessors_come_without_conflict() -> None:
    told = answer("assessors", FOLDER / "allocate-assessors.example.json")
    assert told["status"] == "optimal"
    assert "ben" not in told["teams"][1]["assessors"]


def test_a_sample_is_drawn_the_same_again() -> None:
    path = FOLDER / "allocate-sample.example.json"
    assert answer("sample", path) == answer("sample", path)
    assert len(answer("sample", path)["drawn"]) == 3


def changed(what: str, **changes: Any) -> dict[str, Any]:
    return {**example(what), **changes}


@pytest.mark.parametrize(
    ("what", "document", "said"),
    [
        ("grants", [], "must be an object"),
        ("grants", {"budget_eur": 1}, "applications must be a list"),
        ("grants", {"applications": []}, "budget_eur is missing"),
        ("grants", changed("grants", colour=1), "colour is not known"),
        ("grants", changed("grants", budget_eur=-1), "GrantRules.budget_eur"),
        ("grants", changed("grants", applications=[{"id": "a"}]), r"applications\[0\]\.hub is missing"),
        ("grants", changed("grants", applications=[7]), r"applications\[0\] must be an object"),
        (
            "grants",
            changed("grants", applications=[{"id": "a", "hub": "h", "value": 1, "amount_eur": float("nan")}]),
            r"applications\[0\]: Application.amount_eur of a",
        ),
        ("grants", changed("grants", min_shares=[1]), "min_shares must be an object"),
        ("assessors", changed("assessors", lifted=["colour"]), "AssessorRules.lifted"),
        ("assessors", changed("assessors", hubs=[{"id": "a"}, {"id": "a"}]), "Assessed.id a occurs twice"),
        (
            "assessors",
            changed("assessors", hubs=[{"id": "a", "languages": "en"}]),
            r"hubs\[0\]\.languages must be a list",
        ),
        ("sample", changed("sample", size=99), "Draw.size"),
        ("sample", changed("sample", seed=" "), "Draw.seed"),
        ("sample", changed("sample", candidates=[{"id": 3}]), r"candidates\[0\]\.id must be plain text"),
    ],
)
def test_bad_input_is_refused_and_named(tmp_path: Path, what: str, document: Any, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        ask(tmp_path, what, document)


def test_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "question.json"
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(CommandError, match="is no JSON"):
        answer("grants", path)


def test_an_answer_its_check_refuses_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "check_grants", lambda **_: ("planted",))
    with pytest.raises(CommandError, match="planted"):
        answer("grants", FOLDER / "allocate-grants.example.json")


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "99999"])
def test_times_that_make_no_sense_are_refused(seconds: str) -> None:
    with pytest.raises(CommandError, match="--seconds"):
        answer("grants", FOLDER / "allocate-grants.example.json", "--seconds", seconds)
