"""Named reads of general steps, and of how long each step takes in the network."""

from hansa.collaboration.steps.queries.running import (
    ShownEntry,
    ShownStep,
    WaitingStep,
    case_for,
    file_of,
    steps_of,
    waiting_for,
)
from hansa.collaboration.steps.queries.statistics import (
    FEWEST,
    Statistics,
    StepFigures,
    statistics_of,
)

__all__ = [
    "FEWEST",
    "ShownEntry",
    "ShownStep",
    "Statistics",
    "StepFigures",
    "WaitingStep",
    "case_for",
    "file_of",
    "statistics_of",
    "steps_of",
    "waiting_for",
]
