"""Brute force for tests only: obvious, slow, and right."""

from hansa.engine.reference.team import best_team_by_trying

__all__ = ["best_team_by_trying"]
