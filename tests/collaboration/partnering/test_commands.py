"""When the shell asks: the same answers as on the pages, and errors that say what to do."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.contrib.postgres.search import SearchVector
from django.core.management import CommandError, call_command
from django.db.models import Value
from factories import make_concept

from hansa.hubs.models import Competence, Concept


@pytest.fixture
def market(cast: Cast) -> list[Concept]:
    """Isar proves edge AI, Aarhus claims vibration analysis."""
    edge, vibration = make_concept("skill", "edge", "Edge AI"), make_concept("skill", "vib", "Vibration analysis")
    Concept.objects.filter(pk=edge.pk).update(search=SearchVector(Value("edge ai"), config="simple"))
    Competence.objects.create(hub=cast.isar, skill=edge, evidence="Three projects.")
    Competence.objects.create(hub=cast.aarhus, skill=vibration)
    return [edge, vibration]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


class TestMatch:
    def test_names_what_was_found_and_who_covers_it(self, market: list[Concept]) -> None:
        answer = run_json("match", "We need edge AI for the line.")
        assert [(want["label"], want["words"], want["must_have"]) for want in answer["findings"]] == [
            ("Edge AI", "edge AI", True)
        ]
        assert [(hub["place"], hub["name"], hub["country"]) for hub in answer["hubs"]] == [(1, "Isar Edge Lab", "DE")]
        assert sum(part["points"] for part in answer["hubs"][0]["parts"]) == pytest.approx(
            answer["hubs"][0]["score"], abs=0.3
        )

    def test_says_the_same_in_words(self, market: list[Concept]) -> None:
        answer = run("match", "We need edge AI.")
        assert "1. Isar Edge Lab (DE)" in answer
        assert "“edge AI”" in answer

    def test_says_when_nothing_is_found(self, market: list[Concept]) -> None:
        assert "Nothing of the vocabularies was found" in run("match", "Good morning")
        assert run_json("match", "Good morning")["hubs"] == []

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["  "], "The text is empty"),
            (["x" * 100_001], "100,001 characters"),
            (["a\0b"], "NUL"),
            (["x", "--limit", "0"], "--limit"),
        ],
    )
    def test_says_what_is_wrong(self, market: list[Concept], arguments: list[str], message: str) -> None:
        with pytest.raises(CommandError, match=message):
            run("match", *arguments)


class TestTeam:
    def need(self, tmp_path: Path, content: str | bytes) -> str:
        path = tmp_path / "need.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    @pytest.mark.parametrize(
        "content",
        [
            "We need edge AI and vibration analysis.",
            "text: We need edge AI and vibration analysis.",
            "wants: [edge, vib]",
            "wants:\n  - concept: Edge AI\n  - concept: vib\n",
            '{"wants": ["edge", {"concept": "vib", "must_have": true}]}',
        ],
    )
    def test_finds_the_best_team(self, cast: Cast, market: list[Concept], tmp_path: Path, content: str) -> None:
        answer = run_json("team", "--need", self.need(tmp_path, content))
        assert answer["status"] == "optimal"
        assert answer["is_proven"]
        assert {member["name"] for member in answer["members"]} == {"Isar Edge Lab", "Aarhus Food Robotics"}
        assert {goal["name"]: (goal["value"], goal["bound"]) for goal in answer["goals"]}["number"] == (2, 2)
        assert answer["reasons"]

    def test_keeps_to_limits_and_says_what_stands_in_the_way(self, market: list[Concept], tmp_path: Path) -> None:
        need = self.need(tmp_path, "wants: [edge, vib]\nlimits: {max_partners: 1}")
        answer = run_json("team", "--need", need)
        assert (answer["status"], answer["conflicts"]) == ("infeasible", ["max_partners"])
        assert "Not covered within the limits" in run("team", "--need", need)

    def test_leaves_out_what_the_lead_covers(self, cast: Cast, market: list[Concept], tmp_path: Path) -> None:
        answer = run_json("team", "--need", self.need(tmp_path, f"wants: [edge, vib]\nlead: {cast.isar.slug}"))
        assert [member["name"] for member in answer["members"]] == ["Aarhus Food Robotics"]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("", "is empty"),
            (b"\xff\xfe\x00", "not UTF-8"),
            ("wants: [nonsense]", "no activity, competence or technology"),
            ("wants: 3", "wants must be a list"),
            ("wants: [edge]\nlimits: 3", "limits must be a mapping"),
            ("wants: [edge]\nlimits: {max_partners: -1}", "max_partners must be 0 or more"),
            ("wants: [edge]\nlimits: {max_partners: many}", "limits"),
            ("wants: [edge]\nlead: nowhere", "no hub 'nowhere'"),
            ("wants: [edge]\nwishes: 3", "Unknown in the file: wishes"),
            ('{"wants": [', "neither YAML nor JSON"),
            ("Good morning", "Nothing is asked for"),
            ("text: hello\0", "NUL"),
        ],
    )
    def test_says_what_is_wrong(
        self, market: list[Concept], tmp_path: Path, content: str | bytes, message: str
    ) -> None:
        with pytest.raises(CommandError, match=message):
            run("team", "--need", self.need(tmp_path, content))

    def test_says_that_a_file_is_missing(self, market: list[Concept]) -> None:
        with pytest.raises(CommandError, match="cannot be read"):
            run("team", "--need", "/nowhere/need.yaml")
