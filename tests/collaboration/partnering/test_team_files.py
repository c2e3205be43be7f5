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
    assert answer["leads"] == {"sensors": "brno", "edge": "oulu", "security": "brno"}
    assert answer["next_best"] == ["isar", "brno", "delft"]
    assert [other["members"] for other in answer["alternatives"]] == [["isar", "brno", "delft"]]
    assert answer["alternatives"][0]["values"]["cost"] == 2060
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


def test_hubs_lead_no_more_than_they_can(solve: Any) -> None:
    hubs = [{"id": "x", "capacity": 1, "covers": {"a": 1, "b": 1}}, {"id": "y", "covers": {"b": 1}}]
    answer = solve({**SMALL, "hubs": hubs})
    assert answer["leads"] == {"a": "x", "b": "y"}
    short = solve({**SMALL, "hubs": hubs[:1]})
    assert (short["status"], short["conflicts"], short["missed"]) == ("infeasible", ["capacity"], ["b"])


def test_those_who_worked_with_the_lead_or_each_other_come_first_when_asked(solve: Any) -> None:
    hubs = [{"id": id, "covers": {want: 1}} for id, want in (("w", "a"), ("x", "b"), ("y", "a"), ("z", "b"))]
    goals = ["coverage", "number", "together"]
    asked = {**SMALL, "hubs": hubs, "goals": goals, "worked_together": [["z", "y"], ["y", "z"]]}
    assert [member["id"] for member in solve(asked)["members"]] == ["y", "z"]
    asked |= {"lead": {"worked_with": ["w", "x"]}, "alternatives": 1}
    answer = solve(asked)
    assert ([member["id"] for member in answer["members"]], answer["goals"][-1]["value"]) == (["w", "x"], 2)
    assert list(faults(answer, schema("team-answer.schema.json"))) == []


def test_as_many_other_teams_come_as_are_asked_for(solve: Any) -> None:
    hubs = [{"id": f"{want}{n}", "covers": {want: 1}, "cost_eur": n} for want in "ab" for n in range(5)]
    answer = solve({**SMALL, "hubs": hubs, "alternatives": 2, "differ_by": 1})
    assert [other["members"] for other in answer["alternatives"]] == [["a1", "b1"], ["a2", "b2"]]
    assert solve({**SMALL, "hubs": hubs, "alternatives": 0})["alternatives"] == []


def test_the_seconds_bound_reading_searching_and_checking_together(solve: Any) -> None:
    hubs = [{"id": f"h{n}", "covers": {"a": 1}} for n in range(20_000)]
    answer = solve({**SMALL, "hubs": [*hubs, {"id": "y", "covers": {"b": 1}}]}, "--seconds", "0.001")
    assert list(faults(answer, schema("team-answer.schema.json"))) == []
    assert (answer["status"], answer["proven"]) == ("feasible", False)
    assert [member["id"] for member in answer["members"]] == ["h0", "y"]


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
        ({"limits": {"max_led": 0}}, "Limits.max_led must be 1 or more"),
        ({"limits": {"max_led": 1.5}}, "limits.max_led must be a whole number"),
        ({"hubs": [{"id": "x", "capacity": -1}]}, r"hubs\[0\].capacity must be a whole number from 0"),
        ({"hubs": [{"id": "x", "capacity": "two"}]}, r"hubs\[0\].capacity must be a whole number"),
        ({"lead": {"capacity": -1}}, "lead.capacity must be a whole number from 0"),
        ({"lead": {"worked_with": ["z"]}}, "lead.worked_with names 'z'"),
        ({"lead": {"worked_with": "x"}}, "lead.worked_with must be a list"),
        ({"worked_together": [["x"]]}, r"worked_together\[0\] must be a list of two ids"),
        ({"worked_together": [["x", "y"], ["x", 3]]}, r"worked_together\[1\] must be a list of two ids"),
        ({"worked_together": [["x", "z"]]}, r"worked_together\[0\] names 'z'"),
        ({"worked_together": [["x", "x"]]}, r"worked_together\[0\] names 'x' twice"),
        ({"worked_together": {"x": "y"}}, "worked_together must be a list"),
        ({"alternatives": 4}, "alternatives must be a whole number from 0 to 3"),
        ({"alternatives": True}, "alternatives must be a whole number"),
        ({"differ_by": 0}, "differ_by must be a number above 0 and at most 1"),
        ({"differ_by": 1.1}, "differ_by must be a number above 0 and at most 1"),
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
