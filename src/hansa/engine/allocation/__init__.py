"""Sharing out what is scarce, by stated rules, proven and explained: grants, assessors, and a fair draw.

Front doors: ``choose_grants``, ``assign_assessors`` (and ``conflicts_between``), ``draw_sample``.
"""

from hansa.engine.allocation.answer import (
    AssessorAnswer,
    AssessorGoal,
    GrantAnswer,
    SampleAnswer,
    Status,
    Team,
    Unfunded,
)
from hansa.engine.allocation.assessors import assign_assessors
from hansa.engine.allocation.conflicts import conflicts_between
from hansa.engine.allocation.grants import choose_grants
from hansa.engine.allocation.problem import (
    RULES,
    Application,
    Assessed,
    Assessor,
    AssessorRules,
    Candidate,
    Draw,
    GrantRules,
    RuleName,
)
from hansa.engine.allocation.sample import draw_sample

__all__ = [
    "RULES",
    "Application",
    "Assessed",
    "Assessor",
    "AssessorAnswer",
    "AssessorGoal",
    "AssessorRules",
    "Candidate",
    "Draw",
    "GrantAnswer",
    "GrantRules",
    "RuleName",
    "SampleAnswer",
    "Status",
    "Team",
    "Unfunded",
    "assign_assessors",
    "choose_grants",
    "conflicts_between",
    "draw_sample",
]
