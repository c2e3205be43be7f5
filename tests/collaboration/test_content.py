"""When the scenarios and the service templates that ship with Hansa are read."""

from __future__ import annotations

import itertools
from importlib.resources import files
from typing import Any

import pytest
import yaml
from shared import shared_path

from hansa.collaboration.agreements.queries import instrument
from hansa.collaboration.partnering.states import MOVES, RequestState

COLLABORATION = files("hansa.collaboration")
# The blueprint leaves these risks of the scenario without an answer.
UNANSWERED = {"JD-D1-R4", "JD-D2-R2", "JD-D2-R4"}


def read(corner: str, name: str) -> dict[str, Any]:
    return yaml.safe_load((COLLABORATION / corner / "content" / name).read_text(encoding="utf-8"))


SCENARIO = read("scenarios", "joint_delivery.yaml")
TEMPLATES = read("agreements", "service_templates.yaml")
RISKS = {risk["id"]: risk for role in SCENARIO["roles"].values() for risk in role["risks"]}


def test_steps_come_in_the_order_of_the_process() -> None:
    """Source: BP-JD-01."""
    order = ["need", "confirm", "shortlist", "invite", "agree", "sign", "deliver", "results", "close"]
    assert [step["key"] for step in SCENARIO["steps"]] == order


def test_every_state_of_a_request_has_a_step_and_a_turn() -> None:
    states = {step["state"] for step in SCENARIO["steps"]}
    assert states == set(RequestState) - {RequestState.CANCELLED}
    assert all(step["turn"] in {"client", "lead", "partners", "all"} for step in SCENARIO["steps"])


def test_every_step_has_three_names_and_its_usual_days() -> None:
    for step in SCENARIO["steps"]:
        assert set(step["names"]) == {"hub", "client", "later"}, step["key"]
        assert all(name and not name.endswith(".") for name in step["names"].values()), step["key"]
        assert step["usual_days"] >= 0


def test_moves_of_the_steps_are_the_moves_in_code() -> None:
    named = {move for step in SCENARIO["steps"] for move in step["moves"]}
    assert named == set(MOVES)
    for step in SCENARIO["steps"]:
        for name in step["moves"]:
            assert step["state"] in MOVES[name].sources, (step["key"], name)
        if "ends_with" in step:
            assert step["ends_with"] in step["moves"]


def test_gates_stand_before_moves_that_exist() -> None:
    """Source: BP-JD-04."""
    assert {gate["before"] for gate in SCENARIO["gates"]} <= set(MOVES)
    assert "client-authorisation" in {gate["key"] for gate in SCENARIO["gates"]}


@pytest.mark.parametrize("name", ["joint_delivery", "new_service", "matchmaking"])
def test_roles_carry_the_benefits_costs_and_risks_of_the_blueprint(name: str) -> None:
    """Source: BP-JD-07."""
    content = read("scenarios", f"{name}.yaml")
    source = yaml.safe_load(shared_path("blueprint/scenarios.yaml").read_text(encoding="utf-8"))
    theirs = next(s for s in source["scenarios"] if s["id"] == content["scenario"]["id"])
    for role in content["roles"].values():
        roles = theirs["roles"][role["source_role"]]
        for kind in ("benefits", "costs", "risks"):
            assert [item["id"] for item in role[kind]] == list(roles[kind])
    for ours, their in zip(content["enhancements"], theirs["enhancements"], strict=True):
        assert (ours["id"], ours["answers"], ours["kind"]) == (their["id"], their["addresses"], their["kind"])
        assert ours["clauses"] == their.get("clause", [])
    assert len(content["tools"]) == len(theirs["horizontal_tools"])


@pytest.mark.parametrize("name", ["joint_delivery", "new_service", "matchmaking"])
def test_steps_end_where_the_next_begins_in_every_scenario(name: str) -> None:
    steps = [step for step in read("scenarios", f"{name}.yaml")["steps"] if not step.get("optional")]
    for step, following in itertools.pairwise(steps):
        assert MOVES[step["ends_with"]].target == following["state"]


@pytest.mark.parametrize("name", ["joint_delivery", "new_service", "matchmaking"])
def test_enhancements_point_at_risks_costs_and_clauses_that_exist(name: str) -> None:
    """Source: BP-JD-08."""
    content = read("scenarios", f"{name}.yaml")
    of = instrument(content["scenario"]["instrument"])
    ids = {item["id"] for role in content["roles"].values() for kind in ("costs", "risks") for item in role[kind]}
    for enhancement in content["enhancements"]:
        assert set(enhancement["answers"]) <= ids
        for key in enhancement["clauses"]:
            clause = of.clause(key)
            assert clause is not None, key
            assert set(clause.mitigates) & set(enhancement["answers"]), (enhancement["id"], key)


def test_risks_without_an_answer_in_the_blueprint_are_marked() -> None:
    assert {key for key, risk in RISKS.items() if not risk["blueprint_answers"]} == UNANSWERED


def test_special_cases_switch_on_their_clause() -> None:
    """Source: BP-JD-05."""
    of = instrument("jd-agreement")
    for case in SCENARIO["special_cases"]:
        clause = of.clause(case["clause"])
        assert clause is not None
        assert of.parameters[case["switch"]].default is False
        assert clause.when == {case["switch"]: (True,)}


def test_every_function_has_tasks_and_kpis() -> None:
    """Source: BP-JD-06."""
    assert list(TEMPLATES["functions"]) == ["TBI", "SFI", "IEN", "SKT"]
    keys = []
    for template in [TEMPLATES["common"], *TEMPLATES["functions"].values()]:
        assert template["tasks"]
        assert template["kpis"]
        for task in template["tasks"]:
            assert task["role"] in {"lead", "partner"}
            assert 0 < task["days"] <= 70
        for kpi in template["kpis"]:
            assert kpi["better"] in {"higher", "lower"}
            assert kpi["target"] > 0
        keys += [item["key"] for item in [*template["tasks"], *template["kpis"]]]
    assert len(keys) == len(set(keys))


def test_common_kpis_are_computed_from_what_happened() -> None:
    assert {kpi["key"]: kpi["computed"] for kpi in TEMPLATES["common"]["kpis"]} == {
        "needs-covered": True,
        "days-to-team": True,
        "satisfaction": True,
    }
