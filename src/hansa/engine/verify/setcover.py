"""An independent check of covers. Shares no code with the search, runs on every answer given out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hansa.engine.consortium.setcover import CoverAnswer, CoverProblem


def check_cover(problem: CoverProblem, answer: CoverAnswer) -> tuple[str, ...]:
    """List what is wrong with a cover: columns, rows, cost, and whether value and bound can be true. Never raises.

    The bound is held against what it cannot be below: every row pays the least that a row of a column covering it can
    cost. That an answer called proven is the cheapest is not proven again.
    """
    try:
        return tuple(_problems(problem, answer))
    except Exception as error:  # the check itself must never stop an answer
        return (f"the check failed: {type(error).__name__}: {error}",)


def _problems(problem: CoverProblem, answer: CoverAnswer) -> Iterator[str]:
    costs = [int(cost) for cost in problem.costs]
    chosen = set(answer.columns)
    if len(chosen) < len(answer.columns):
        yield "a column is chosen twice"
    unknown = [column for column in chosen if not 0 <= column < len(costs)]
    if unknown:
        yield f"there is no column {unknown[0]}"
        return
    breadth = [0] * len(costs)
    for number, row in enumerate(problem.rows):
        columns = row.tolist()
        for column in columns:
            breadth[column] += 1
        if chosen.isdisjoint(columns):
            yield f"row {number} is not covered"
    cost = sum(costs[column] for column in chosen)
    if cost != answer.value:
        yield f"the columns cost {cost}, the answer says {answer.value}"
    if answer.bound > answer.value:
        yield f"the cost {answer.value} is better than its bound {answer.bound}"
    least = sum(min(Fraction(costs[column], breadth[column]) for column in set(row.tolist())) for row in problem.rows)
    if answer.bound < least:
        yield f"the bound {answer.bound} is below {float(least):.2f}, which every cover costs"
