"""Brute force for tests only: obvious, slow, and right."""

from hansa.engine.reference.allocation import (
    best_assignment_by_trying,
    drawn_by_definition,
    most_points_by_trying,
)
from hansa.engine.reference.ranking import near_by_walking, scores_by_counting
from hansa.engine.reference.team import best_team_by_trying
from hansa.engine.reference.timetable import best_timetable_by_trying

__all__ = [
    "best_assignment_by_trying",
    "best_team_by_trying",
    "best_timetable_by_trying",
    "drawn_by_definition",
    "most_points_by_trying",
    "near_by_walking",
    "scores_by_counting",
]
