"""When the scenario, the agreement and the service templates that ship with Hansa are read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml
from shared import shared_path

from hansa.collaboration.partnering.states import MOVES, RequestState

COLLABORATION = files("hansa.collaboration")
KINDS = {"money", "int", "percent", "choice", "list", "bool", "text"}
# The blueprint leaves these risks of the scenario without an answer.
UNANSWERED = {"JD-D1-R4", "JD-D2-R2", "JD-D2-R4"}


def read(corner: str, name: str) -> dict[str, Any]:
    return yaml.safe_load((COLLABORATION / corner / "content" / name).read_text(encoding="utf-8"))


SCENARIO = read("scenarios", "joint_delivery.yaml")
AGREEMENT = read("agreements", "joint_delivery_agreement.yaml")
TEMPLATES = read("agreements", "service_templates.yaml")
CLAUSES = {clause["key"]: clause for clause in AGREEMENT["clauses"]}
PARAMETERS = {p["name"]: p for clause in AGREEMENT["clauses"] for p in clause.get("parameters", [])}
FACTS = {fact["name"] for fact in AGREEMENT["facts"]}
RISKS = {risk["id"]: risk for role in SCENARIO["roles"].values() for risk in role["risks"]}


def paragraphs(clause: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for paragraph in clause["body"]:
        if isinstance(paragraph, str):
            yield paragraph, {}
        else:
            assert set(paragraph) == {"when", "text"}, clause["key"]
            yield paragraph["text"], paragraph["when"]


def conditions() -> Iterator[tuple[str, dict[str, Any]]]:
    for clause in AGREEMENT["clauses"]:
        yield clause["key"], clause.get("when", {})
        for _, when in paragraphs(clause):
            yield clause["key"], when
        for parameter in clause.get("parameters", []):
            yield parameter["name"], parameter.get("when", {})


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


def test_enhancements_point_at_risks_costs_and_clauses_that_exist() -> None:
    """Source: BP-JD-08."""
    ids = {item["id"] for role in SCENARIO["roles"].values() for kind in ("costs", "risks") for item in role[kind]}
    for enhancement in SCENARIO["enhancements"]:
        assert set(enhancement["answers"]) <= ids
        assert set(enhancement["clauses"]) <= set(CLAUSES)
        for key in enhancement["clauses"]:
            answered = set(CLAUSES[key]["mitigates"])
            assert answered & set(enhancement["answers"]), (enhancement["id"], key)


def test_risks_without_an_answer_in_the_blueprint_are_marked() -> None:
    assert {key for key, risk in RISKS.items() if not risk["blueprint_answers"]} == UNANSWERED


def test_special_cases_switch_on_their_clause() -> None:
    """Source: BP-JD-05."""
    for case in SCENARIO["special_cases"]:
        assert PARAMETERS[case["switch"]]["default"] is False
        assert CLAUSES[case["clause"]]["when"] == {case["switch"]: True}


def test_scenario_and_instrument_name_each_other() -> None:
    assert SCENARIO["scenario"]["instrument"] == AGREEMENT["instrument"]["id"]
    assert AGREEMENT["instrument"]["scenario"] == SCENARIO["scenario"]["id"]


def test_agreement_has_the_clauses_of_its_instrument_in_order() -> None:
    """Source: BP-AGR-01."""
    source = yaml.safe_load(shared_path("blueprint/clause_library.yaml").read_text(encoding="utf-8"))
    instrument = next(i for i in source["instruments"] if i["id"] == AGREEMENT["instrument"]["id"])
    assert list(CLAUSES) == instrument["clauses"]
    assert len(CLAUSES) == len(AGREEMENT["clauses"])


def test_agreement_says_that_it_is_no_legal_advice() -> None:
    assert AGREEMENT["instrument"]["notice"] == "Model text, not legal advice; governing law to be chosen."


@pytest.mark.parametrize("key", CLAUSES)
def test_every_clause_has_text_and_plain_words(key: str) -> None:
    clause = CLAUSES[key]
    assert clause["title"]
    assert clause["plain_words"].endswith(".")
    assert clause["plain_words"].count(". ") == 0, "one sentence"
    assert clause["blueprint"] in {True, False, "partly"}
    texts = [text for text, _ in paragraphs(clause)]
    assert texts
    assert all(text.strip() and "\n" not in text.strip() for text in texts)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_can_be_asked_and_has_a_valid_value(name: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter["kind"] in KINDS
    assert parameter["label"]
    assert parameter["help"].endswith(".")
    if parameter.get("per") == "party":
        return
    if "default_from" in parameter:
        assert parameter["default_from"] in FACTS
        return
    default = parameter["default"]
    match parameter["kind"]:
        case "int" | "money" | "percent":
            assert parameter["min"] <= default <= parameter["max"]
        case "bool":
            assert isinstance(default, bool)
        case "choice":
            assert default in [choice["value"] for choice in parameter["choices"]]
        case "list":
            assert set(default) <= {choice["value"] for choice in parameter["choices"]}
        case "text":
            assert default.strip()


def test_parameters_are_declared_once() -> None:
    names = [p["name"] for clause in AGREEMENT["clauses"] for p in clause.get("parameters", [])]
    assert len(names) == len(set(names))
    assert not set(names) & FACTS


def test_every_name_in_the_text_is_declared_and_every_parameter_is_used() -> None:
    used = set()
    for clause in AGREEMENT["clauses"]:
        for text, _ in paragraphs(clause):
            assert text.count("{{") == text.count("}}") == len(re.findall(r"\{\{ \w+ \}\}", text)), clause["key"]
            used |= set(re.findall(r"\{\{ (\w+) \}\}", text))
    asked = {name for _, when in conditions() for name in when}
    filled = {p["default_from"] for p in PARAMETERS.values() if "default_from" in p}
    assert used - FACTS - set(PARAMETERS) == set()
    assert set(PARAMETERS) - used - asked == set()
    assert FACTS - used - filled == set()


def test_conditions_ask_for_values_that_a_parameter_can_have() -> None:
    for where, when in conditions():
        for name, wanted in when.items():
            parameter = PARAMETERS[name]
            values = wanted if isinstance(wanted, list) else [wanted]
            if parameter["kind"] == "bool":
                assert all(isinstance(value, bool) for value in values), where
            else:
                assert set(values) <= {choice["value"] for choice in parameter["choices"]}, where


def test_choices_that_are_printed_have_a_wording() -> None:
    text = "".join(text for clause in AGREEMENT["clauses"] for text, _ in paragraphs(clause))
    for name, parameter in PARAMETERS.items():
        if f"{{{{ {name} }}}}" in text and "choices" in parameter:
            assert all(choice.get("wording") for choice in parameter["choices"]), name


def test_every_choice_of_a_parameter_that_is_not_printed_decides_a_paragraph() -> None:
    text = "".join(text for clause in AGREEMENT["clauses"] for text, _ in paragraphs(clause))
    decided: dict[str, set[Any]] = {}
    for _, when in conditions():
        for name, wanted in when.items():
            decided.setdefault(name, set()).update(wanted if isinstance(wanted, list) else [wanted])
    for name, parameter in PARAMETERS.items():
        if parameter["kind"] == "choice" and f"{{{{ {name} }}}}" not in text:
            assert decided[name] == {choice["value"] for choice in parameter["choices"]}, name


def test_four_questions_come_first() -> None:
    """Source: BP-AGR-02."""
    front = sorted((p["front"], name) for name, p in PARAMETERS.items() if "front" in p)
    assert [number for number, _ in front] == [1, 2, 3, 3, 4]
    assert [name for _, name in front] == [
        "liability_cap",
        "ip_option",
        "non_compete",
        "non_compete_months",
        "effort_split",
    ]


def test_every_mitigated_risk_exists() -> None:
    for clause in AGREEMENT["clauses"]:
        assert set(clause["mitigates"]) <= set(RISKS), clause["key"]


def test_every_risk_is_answered_by_a_clause_that_is_always_there() -> None:
    """Source: BP-AGR-03. Also the three that the blueprint leaves open."""
    answered = {risk for clause in AGREEMENT["clauses"] if "when" not in clause for risk in clause["mitigates"]}
    assert answered == set(RISKS)


def test_client_protection_is_limited_in_time_territory_and_matter() -> None:
    """Source: BP-AGR-04."""
    clause = CLAUSES["non-compete-client"]
    text = " ".join(text for text, when in paragraphs(clause) if not when)
    for name in ("non_compete_months", "non_compete_territory", "non_compete_matter"):
        assert f"{{{{ {name} }}}}" in text
    assert PARAMETERS["non_compete_months"]["max"] == 24
    assert PARAMETERS["non_compete_territory"]["required"]
    assert PARAMETERS["non_compete_matter"]["required"]
    assert "competition law" in clause["caution"].lower()


def test_text_of_the_agreement_has_no_place_for_the_clients_name() -> None:
    """Source: BP-AUTH-02."""
    assert not [name for name in FACTS | set(PARAMETERS) if "client" in name]


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


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (
            "liability-allocation",
            "The Lead answers to the Client for the whole Service. Each Partner answers to the Lead",
        ),
        ("ip-background", "Background stays the property of the Party that brings it"),
        ("confidentiality", "A Party uses confidential information for this case only"),
        ("roles-raci", "Each Party is responsible for its own part of the Service"),
        ("kpi-review", "The Parties measure the cooperation by these KPIs"),
        ("payment-terms", "The Lead's duty to pay does not depend on payment by the Client"),
    ],
)
def test_agreement_says_what_the_blueprint_asks_for(key: str, says: str) -> None:
    """Source: BP-AGR-05, BP-AGR-06, BP-AGR-07, BP-AGR-08, BP-AGR-11."""
    text = " ".join(" ".join(text for text, _ in paragraphs(CLAUSES[key])).split())
    assert says in text
