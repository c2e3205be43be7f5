"""Scenarios as values: what they say, how they are read, and what is wrong with one."""

from hansa.collaboration.scenarios.states.checking import Problem, problems
from hansa.collaboration.scenarios.states.definition import (
    FIELD_KINDS,
    GENERAL_KINDS,
    KINDS,
    TURNS,
    Enhancement,
    Field,
    Gate,
    Kind,
    Names,
    Point,
    Role,
    Scenario,
    ScenarioStep,
    Stage,
    Turn,
)
from hansa.collaboration.scenarios.states.process import MOVES, OPEN_STATES, RequestState
from hansa.collaboration.scenarios.states.reading import BadScenario, read_scenario
from hansa.collaboration.scenarios.states.versions import VERSION_MOVES, ProposalState, VersionState

__all__ = [
    "FIELD_KINDS",
    "GENERAL_KINDS",
    "KINDS",
    "MOVES",
    "OPEN_STATES",
    "TURNS",
    "VERSION_MOVES",
    "BadScenario",
    "Enhancement",
    "Field",
    "Gate",
    "Kind",
    "Names",
    "Point",
    "Problem",
    "ProposalState",
    "RequestState",
    "Role",
    "Scenario",
    "ScenarioStep",
    "Stage",
    "Turn",
    "VersionState",
    "problems",
    "read_scenario",
]
