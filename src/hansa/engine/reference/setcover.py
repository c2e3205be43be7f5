"""Brute force for tests only: obvious, slow, and right."""

from __future__ import annotations

from itertools import combinations

from hansa.engine.consortium.setcover import CoverProblem


def cheapest_cover_by_trying(problem: CoverProblem) -> int:
    """Try every set of columns and return the least cost of a cover. O(2 ** columns)."""
    costs = [int(cost) for cost in problem.costs]
    rows = [{int(column) for column in row} for row in problem.rows]
    return min(
        sum(costs[column] for column in chosen)
        for size in range(1, len(costs) + 1)
        for chosen in combinations(range(len(costs)), size)
        if all(row & set(chosen) for row in rows)
    )
