"""When the shell asks for a team with a problem that stands whole in its file. No test here may touch the database."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from formats import FOLDER, faults, schema

from hansa.collaboration.partnering.queries import team_files

EXAMPLE = FOLDER / "team.example.json"
COVER = FOLDER / "setcover.example.txt"
SMALL: dict[str, Any] = {
    "wants": [{"id": "a"}, {"id": "b"}],
    "hubs": [{"id": "x", "covers": {"a": 1}, "cost_eur": 5}, {"id": "y", "covers": {"b": 1}}],
}


def run(*arguments: str) -> Any:
    out = io.StringIO()
    call_command("team", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def solve(tmp_path: Path) -> Any:
    def solved(content: Any, *arguments: str) -> Any:
        path = tmp_path / "problem"
        raw = content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(raw.encode())
        return run(str(path), *arguments)

    return solved


def test_the_examples_run_and_fit_their_schemas() -> None:
    asked = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert list(faults(asked, schema("team.schema.json"))) == []
    for answer in (run(str(EXAMPLE)), run(str(COVER), "--format", "orlib")):
        assert list(faults(answer, schema("team-answer.schema.json"))) == []
        assert answer["proven"]


def test_the_example_gets_the_best_team_with_its_reasons() -> None:
    answer = run(str(EXAMPLE))
    assert [member["id"] for member in answer["members"]] == ["brno", "oulu"]
    assert (answer["value"], answer["bound"], answer["status"]) == (2, 2, "optimal")
    assert answer["next_best"] == ["isar", "brno", "delft"]
    assert {"code": "team_covers_all", "sentence": "Covers all 3 must-haves."} in answer["reasons"]


def test_the_cheapest_cover_names_its_columns_from_one() -> None:
    answer = run(str(COVER), "--format", "orlib")
    assert (answer["members"], answer["value"], answer["bound"]) == ([1, 3], 6, 6)
    assert [reason["code"] for reason in answer["reasons"]] == ["cover_found", "cover_is_cheapest"]


def test_says_why_no_team_is_possible(solve: Any) -> None:
    answer = solve({**SMALL, "limits": {"max_partners": 1}})
    assert list(faults(answer, schema("team-answer.schema.json"))) == []
    assert (answer["status"], answer["conflicts"]) == ("infeasible", ["max_partners"])
    assert answer["proven"]


def test_says_what_no_hub_covers_and_what_the_lead_brings(solve: Any) -> None:
    answer = solve({"wants": [{"id": "a"}, {"id": "b"}], "hubs": [], "lead": {"covers": {"a": 1}}})
    assert list(faults(answer, schema("team-answer.schema.json"))) == []
    assert (answer["status"], answer["value"], answer["gaps"]) == ("nothing_to_cover", None, ["b"])


def test_other_goals_give_another_value(solve: Any) -> None:
    answer = solve({**SMALL, "goals": ["coverage", "cost"]})
    assert (answer["value"], [goal["name"] for goal in answer["goals"]]) == (5, ["coverage", "cost"])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"wants": []}, "wants must hold at least one"),
        ({"wants": None}, "wants is missing"),
        ({"wants": 3}, "wants must be a list, not 3"),
        ({"wants": [3]}, r"wants\[0\] must be an object, not 3"),
        ({"wants": [{}]}, r"wants\[0\].id is missing"),
        ({"wants": [{"id": ""}]}, r"wants\[0\]: Want.id must not be empty"),
        ({"wants": [{"id": "a"}, {"id": "a"}]}, "Need.wants must not name the same id twice"),
        ({"wants": [{"id": "a", "must": True}]}, r"wants\[0\] has no 'must'"),
        ({"wants": [{"id": "a", "must_have": 1}]}, r"wants\[0\].must_have must be"),
        ({"wants": [{"id": "a", "backups": 0}]}, r"wants\[0\]: Want.backups must be 1 or more"),
        ({"wants": [{"id": "a", "backups": 1.5}]}, r"wants\[0\].backups must be a whole number"),
        ({"wants": [{"id": "a", "min_strength": 2}]}, r"wants\[0\]: Want.min_strength must lie in"),
        ({"hubs": None}, "hubs is missing"),
        ({"hubs": [{"id": "x"}, {"id": "x"}]}, "hubs must not name 'x' twice"),
        ({"hubs": [{"id": ""}]}, r"hubs\[0\]: id must not be empty"),
        ({"hubs": [{"id": 7}]}, r"hubs\[0\].id must be text"),
        ({"hubs": [{"id": "x\0"}]}, r"hubs\[0\].id must be plain text"),
        ({"hubs": [{"id": "x", "cost_eur": -1}]}, r"hubs\[0\]: cost_eur must be a number from 0"),
        ({"hubs": [{"id": "x", "cost_eur": 1e10}]}, r"hubs\[0\]: cost_eur must be a number from 0"),
        ({"hubs": [{"id": "x", "cost_eur": 10**400}]}, "too large"),
        ({"hubs": [{"id": "x", "trust": 2}]}, r"hubs\[0\]: trust must be a number from 0 to 1"),
        ({"hubs": [{"id": "x", "languages": "en"}]}, r"hubs\[0\].languages must be a list"),
        ({"hubs": [{"id": "x", "covers": ["a"]}]}, r"hubs\[0\].covers must be an object"),
        ({"hubs": [{"id": "x", "covers": {"z": 1}}]}, r"hubs\[0\].covers names 'z'"),
        ({"hubs": [{"id": "x", "covers": {"a": 1.1}}]}, r"hubs\[0\].covers.a must be a number from 0 to 1"),
        ({"hubs": [{"id": "x", "covers": {"a": True}}]}, r"hubs\[0\].covers.a must be a number from 0 to 1"),
        ({"limits": []}, "limits must be an object"),
        ({"limits": {"most": 3}}, "limits has no 'most'"),
        ({"limits": {"max_partners": -1}}, "Limits.max_partners must be 0 or more"),
        ({"limits": {"max_partners": "many"}}, "limits.max_partners must be a whole number"),
        ({"limits": {"max_partners": 10**30}}, "limits.max_partners must be at most"),
        ({"limits": {"max_unpaid": -1}}, "Limits.max_unpaid must be 0 or more"),
        ({"hubs": [{"id": "x", "may_be_paid": 1}]}, r"hubs\[0\].may_be_paid must be true or false"),
        ({"limits": {"budget_eur": -1}}, "Limits.budget_eur must be a number from 0 on"),
        ({"limits": {"required": ["z"]}}, "limits.required names 'z'"),
        ({"limits": {"required": ["x"], "excluded": ["x"]}}, "Limits.required and Limits.excluded"),
        ({"lead": {"covers": {"z": 1}}}, "lead.covers names 'z'"),
        ({"lead": {"id": "x"}}, "lead has no 'id'"),
        ({"goals": []}, "goals must start with coverage"),
        ({"goals": ["cost"]}, "goals must start with coverage"),
        ({"goals": ["coverage", "cost", "cost"]}, "goals must start with coverage and name none twice"),
        ({"goals": ["coverage", "beauty"]}, "goals names 'beauty'"),
        ({"wishes": 1}, "the document has no 'wishes'"),
    ],
)
def test_names_the_field_that_makes_no_sense(solve: Any, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        solve({**SMALL, **changes})


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("", [], "is empty"),
        ("[1", [], "is no JSON"),
        ("[]", [], "must be an object"),
        ('{"wants": NaN}', [], "wants must be a list"),
        ('{"wants": [], "wants": []}', [], "'wants' stands twice in one object"),
        ("[" * 100_000, [], "is no JSON"),
        ('{"wants": [{"id": "a"}], "hubs": [{"id": "\\ud800", "covers": {"a": 1}}]}', [], "half a character"),
        ("3 4\n1 2 x", ["--format", "orlib"], "line 2: the cost of a column must be a whole number"),
        ("{}", ["--seconds", "0"], "seconds must be more than 0"),
        ("{}", ["--seconds", "nan"], "seconds must be more than 0"),
        ("1 1 1 1 1", ["--format", "orlib", "--seconds", "4000"], "seconds must be more than 0 and at most 3600"),
        ("{}", ["--need", "x"], "Name either FILE"),
    ],
)
def test_says_what_is_wrong_with_the_call(solve: Any, content: str, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        solve(content, *arguments)


def test_an_option_is_not_passed_over_in_silence() -> None:
    with pytest.raises(CommandError, match="belong to FILE"):
        call_command("team", "--need", "x", "--seconds", "3")
    with pytest.raises(CommandError, match="Name either FILE"):
        call_command("team")


@pytest.mark.parametrize(
    ("arguments", "search", "field"),
    [
        ([str(EXAMPLE)], "best_team", "members"),
        ([str(COVER), "--format", "orlib"], "cheapest_cover", "columns"),
    ],
)
def test_gives_no_answer_out_that_its_check_refuses(
    arguments: list[str], search: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = getattr(team_files, search)

    def with_one_left_out(*args: Any, **options: Any) -> Any:
        answer = right(*args, **options)
        return replace(answer, **{field: getattr(answer, field)[:1]})

    monkeypatch.setattr(team_files, search, with_one_left_out)
    with pytest.raises(CommandError, match="did not pass its check"):
        run(*arguments)
