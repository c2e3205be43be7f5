"""When ``hansa rank`` is called with a file. Source: BP-JD-09."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from formats import FOLDER, faults, schema

EXAMPLE = FOLDER / "rank.example.json"


def run(*words: Any) -> Any:
    out = StringIO()
    call_command("rank", *map(str, words), stdout=out)
    return json.loads(out.getvalue())


def test_the_example_and_its_answer_fit_their_schemas() -> None:
    assert list(faults(json.loads(EXAMPLE.read_text()), schema("rank.schema.json"))) == []
    assert list(faults(run(EXAMPLE), schema("rank-answer.schema.json"))) == []


def test_all_kinds_stand_in_one_list_with_their_reasons() -> None:
    answer = run(EXAMPLE)
    assert [(row["place"], row["id"], row["kind"]) for row in answer["ranking"]] == [
        (1, "inn", "hub"),
        (2, "cell", "facility"),
        (3, "livenza", "hub"),
        (4, "moretti", "expert"),
        (5, "forgia", "organisation"),
        (6, "gates", "case"),
    ]
    assert all(row["pros"] and row["change"]["sentence"].endswith(".") for row in answer["ranking"])
    assert all(sum(part["of"] for part in row["parts"]) == pytest.approx(100, abs=1e-3) for row in answer["ranking"])


def test_what_is_near_is_told_with_its_distance() -> None:
    livenza = next(row for row in run(EXAMPLE)["ranking"] if row["id"] == "livenza")
    assert livenza["covers"] == {}
    assert livenza["near"][0] == {
        "want": "industrial-robots",
        "has": "robotics",
        "strength": 0.4,
        "path": ["industrial-robots", "robotics"],
        "steps": ["broader"],
    }
    assert "Has “robotics”, 1 step broader than “industrial robots”." in [r["sentence"] for r in livenza["pros"]]


def test_whom_a_rule_keeps_out_is_said() -> None:
    answer = run(EXAMPLE)
    assert [(left["id"], left["reason"]["code"]) for left in answer["left_out"]] == [("rival", "competes_with_client")]
    assert answer["n"] == 6


def test_gives_as_many_as_asked_for() -> None:
    assert [row["id"] for row in run(EXAMPLE, "--top", 2)["ranking"]] == ["inn", "cell"]


def changed(tmp_path: Any, change: Any) -> Any:
    document = json.loads(EXAMPLE.read_text())
    change(document)
    path = tmp_path / "question.json"
    path.write_text(json.dumps(document))
    return path


def test_similar_ranks_by_what_the_lead_has(tmp_path: Any) -> None:
    def change(document: Any) -> None:
        document["mode"] = "similar"
        document["candidates"][4]["has"]["operator-training"] = 0.9

    answer = run(changed(tmp_path, change))
    assert answer["ranking"][0]["id"] == "moretti"


def test_own_weights_are_said_to_be_own(tmp_path: Any) -> None:
    answer = run(changed(tmp_path, lambda d: d.update(weights={"fit": 65, "track_record": 0})))
    assert answer["weights"]["version"] == "own"
    assert [part["of"] for part in answer["ranking"][0]["parts"]] == [65, 0, 10, 5, 10, 10]


def test_a_question_without_candidates_ranks_nobody(tmp_path: Any) -> None:
    answer = run(changed(tmp_path, lambda d: d.update(candidates=[], competitors=[])))
    assert (answer["ranking"], answer["n"]) == ([], 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["need"].update(wants=[]), "need.wants must hold at least one"),
        (
            lambda d: d["need"].update(wants=[{"id": str(n)} for n in range(10_000)]),
            "need.wants must hold at most 1,000",
        ),
        (
            lambda d: d["need"]["wants"].append({"id": "machine-safety"}),
            "need.wants must not name 'machine-safety' twice",
        ),
        (lambda d: d["need"]["wants"][0].update(id=""), r"need.wants\[0\].id must not be empty"),
        (lambda d: d["need"]["wants"][0].update(must_have=1), r"need.wants\[0\].must_have must be true or false"),
        (lambda d: d["need"].update(wnats=1), "need has no 'wnats'"),
        (lambda d: d.pop("need"), "need is missing"),
        (lambda d: d["need"].update(pays_abroad=False, country=""), "need.country is missing"),
        (lambda d: d["candidates"].append({"id": "inn"}), "candidates must not name 'inn' twice"),
        (
            lambda d: d["candidates"][1].update(trust=float("nan")),
            r"candidates\[1\].trust must be a number from 0 to 1",
        ),
        (lambda d: d["candidates"][1].update(trust=-0.1), r"candidates\[1\].trust must be a number from 0 to 1"),
        (lambda d: d["candidates"][1].update(distance_km=-5), r"candidates\[1\].distance_km must be a number from 0"),
        (lambda d: d["candidates"][1].update(free_days=-1), r"candidates\[1\].free_days must be a number from 0"),
        (lambda d: d["candidates"][1].update(joint_deliveries=-1), r"candidates\[1\].joint_deliveries must be a whole"),
        (
            lambda d: d["candidates"][1].update(joint_deliveries=1e400),
            r"candidates\[1\].joint_deliveries must be a whole",
        ),
        (lambda d: d["candidates"][1].update(kind="robot"), r"candidates\[1\].kind must be one of hub, facility"),
        (lambda d: d["candidates"][1].update(colour="red"), r"candidates\[1\] has no 'colour'"),
        (
            lambda d: d["candidates"][1]["has"].update(welding=1),
            r"candidates\[1\].has names 'welding', which is neither",
        ),
        (lambda d: d["candidates"][1]["has"].update(robotics=2), r"candidates\[1\].has.robotics must be a number"),
        (lambda d: d["candidates"][1]["has"].update(robotics=float("nan")), r"candidates\[1\].has.robotics must be"),
        (lambda d: d["need"].pop("place"), r"candidates\[1\].distance_km is given, but need.place is not"),
        (lambda d: d["lead"]["has"].update(robotics=-1), "lead.has.robotics must be a number"),
        (lambda d: d.update(mode="alike"), "mode must be one of complementary, similar, not 'alike'"),
        (lambda d: d.update(mode="similar", lead=None), "mode similar needs a lead"),
        (lambda d: d.update(min_strength=float("inf")), "min_strength must be a number from 0 to 1"),
        (lambda d: d.update(competitors=["nobody"]), "competitors names 'nobody', which is no id of candidates"),
        (lambda d: d["rules"].update(listed="shout"), "rules.listed must be one of say, exclude"),
        (lambda d: d.update(weights={"fit": 60}), "weights must add up to 100, not 110"),
        (lambda d: d.update(weights={"fit": float("nan")}), "weights.fit must be a number from 0 on"),
        (lambda d: d.update(weights={"charm": 5}), "weights has no 'charm'"),
        (lambda d: d.update(closeness={"narrower": 0.9}), "closeness.narrower must be a number from 0 to 0.5"),
        (lambda d: d.update(closeness={"most_steps": 7}), "closeness.most_steps must lie between 0 and 4"),
        (lambda d: d["graph"]["relations"][0].update(kind="near"), r"graph.relations\[0\].kind must be one of broader"),
        (lambda d: d["graph"]["labels"].update(robotics=5), "graph.labels.robotics must be text"),
    ],
)
def test_a_wrong_file_is_refused_with_the_field(tmp_path: Any, change: Any, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(changed(tmp_path, change))


@pytest.mark.parametrize("top", [0, -1, 100_001])
def test_refuses_a_top_that_makes_no_sense(top: int) -> None:
    with pytest.raises(CommandError, match="--top must lie between 1 and 100,000"):
        run(EXAMPLE, "--top", top)


def test_a_wrong_answer_is_never_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ranking that puts a plus of one point on everybody is caught by the check."""
    from dataclasses import replace

    from hansa.engine.ranking import rank
    from hansa.web.solving import queries

    def generous(**question: Any) -> Any:
        answer = rank(**question)
        return replace(answer, ranked=tuple(replace(row, score=row.score + 1) for row in answer.ranked))

    monkeypatch.setattr(queries, "rank", generous)
    with pytest.raises(CommandError, match="the score of 2 is not the sum of its parts"):
        run(EXAMPLE)
