"""Scenarios as values: what they say, how they are read, and what is wrong with one."""

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
from hansa.collaboration.scenarios.states.reading import BadScenario, read_scenario

__all__ = [
    "FIELD_KINDS",
    "GENERAL_KINDS",
    "KINDS",
    "TURNS",
    "BadScenario",
    "Enhancement",
    "Field",
    "Gate",
    "Kind",
    "Names",
    "Point",
    "Role",
    "Scenario",
    "ScenarioStep",
    "Stage",
    "Turn",
    "read_scenario",
]
