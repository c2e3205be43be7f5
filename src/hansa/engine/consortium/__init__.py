"""The best team for a need: the smallest, cheapest set of hubs that covers everything, proven, with reasons.

Front doors: ``best_team`` and ``evaluate_team``. The rule for nice-to-haves: they never add a partner; among the
smallest teams the one that covers most of them wins, before cost. A partner always covers at least one want.
"""

from hansa.engine.consortium.alternatives import MOST_ALTERNATIVES
from hansa.engine.consortium.answer import (
    DEFAULT_GOALS,
    OTHER_GOALS,
    Alternative,
    Goal,
    GoalName,
    Member,
    SinglePoint,
    Status,
    TeamAnswer,
    TeamEffect,
)
from hansa.engine.consortium.team import best_team, evaluate_team

__all__ = [
    "DEFAULT_GOALS",
    "MOST_ALTERNATIVES",
    "OTHER_GOALS",
    "Alternative",
    "Goal",
    "GoalName",
    "Member",
    "SinglePoint",
    "Status",
    "TeamAnswer",
    "TeamEffect",
    "best_team",
    "evaluate_team",
]
