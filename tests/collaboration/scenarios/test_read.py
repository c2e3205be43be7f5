"""When a scenario is read: it fits the states and moves of a request, or names what is wrong."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hansa.collaboration.partnering.states import MOVES, OPEN_STATES, STAGE_PAGES, RequestState
from hansa.collaboration.scenarios import queries
from hansa.collaboration.scenarios.states import BadScenario, Scenario, read_scenario


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(queries.contents()["JD"])


@pytest.fixture(params=["JD", "MM", "NS"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return queries.scenario(request.param)


def test_every_state_of_a_request_has_a_step_and_a_turn(scenario: Scenario) -> None:
    steps = scenario.steps
    assert {step.state for step in steps} == set(RequestState) - {RequestState.CANCELLED}
    assert all(step.turn for step in steps)


def test_every_move_of_a_step_is_possible_there(scenario: Scenario) -> None:
    for step in scenario.steps:
        for move in step.moves:
            assert step.state in MOVES[move].sources, (step.key, move)


def test_every_state_can_be_reached_and_the_last_ones_have_no_exit() -> None:
    reached = {RequestState.NEED}
    while True:
        further = {move.target for move in MOVES.values() if move.sources & reached}
        if further <= reached:
            break
        reached |= further
    assert reached == set(RequestState)
    assert not any(move.sources - OPEN_STATES for move in MOVES.values())


def test_every_stage_has_a_page_and_a_name_and_a_note_for_every_audience(scenario: Scenario) -> None:
    audiences = {"hub", "client", "partner"} if scenario.has_client else {"hub", "partner"}
    assert [stage.key for stage in scenario.stages] == list(STAGE_PAGES)
    for stage in scenario.stages:
        assert set(stage.names) == set(stage.notes) == audiences
        assert all([*stage.names.values(), *stage.notes.values()])


def test_every_open_state_lies_in_one_stage(scenario: Scenario) -> None:
    states = [state for stage in scenario.stages for state in stage.states]
    assert sorted(states) == sorted(OPEN_STATES)


def test_times_of_a_stage_add_up_without_optional_steps() -> None:
    scenario = queries.scenario("JD")
    assert scenario.usual_days(frozenset({"agreeing", "signing"})) == 7
    assert scenario.usual_days(frozenset({"shortlist"})) == 3


def test_risks_without_an_answer_in_the_blueprint_are_marked() -> None:
    risks = queries.scenario("JD").roles["partner"].risks
    assert [risk.id for risk in risks if risk.is_answered == "no"] == ["JD-D2-R2", "JD-D2-R4"]


@pytest.mark.django_db
def test_a_scenario_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        queries.scenario("XX")
    with pytest.raises(KeyError):
        queries.scenario("JD", "1999.1")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda c: c["steps"][0].update(turn="nobody"), "step 1: turn must be one of"),
        (lambda c: c["steps"][1].update(usual_days="soon"), "step 2: usual_days must be a whole number"),
        (lambda c: c["steps"][2].pop("state"), "'state' is missing"),
        (lambda c: c.pop("roles"), "'roles' is missing"),
        (lambda c: c.update(steps=3), "wrong shape"),
    ],
)
def test_a_broken_file_names_the_place(content: dict[str, Any], broken: Any, message: str) -> None:
    broken(content)
    with pytest.raises(BadScenario, match=message):
        read_scenario(content, where="x.yaml")
