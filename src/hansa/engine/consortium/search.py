"""The exact search: CP-SAT, one goal after the other, each proven before the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hansa.engine.consortium.answer import Goal, GoalName
from hansa.engine.consortium.candidates import Rows
from hansa.engine.consortium.model import MORE_IS_BETTER, UNITS, CoverModel

FINE = frozenset({"evidence", "distance", "trust"})  # small numbers, so that they can share one objective
HEAVIEST = 2**60  # whole numbers of the solver end at 2 ** 63


class OutOfTime(Exception):
    """The solver found neither a team nor a proof that there is none."""


@dataclass(slots=True, kw_only=True)
class Clock:
    """Seconds left. ``now`` tells the time; without it only what the solver reports counts."""

    left_s: float
    now: Callable[[], float] | None = None
    last: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.last = self.now() if self.now is not None else 0.0

    def spend(self, seconds: float) -> None:
        """Take what the solver used, or what has passed since the last look."""
        if self.now is not None:
            seconds, self.last = self.now() - self.last, self.now()
        self.left_s -= seconds

    def require_time(self) -> None:
        """:raises OutOfTime: nothing is left"""
        self.spend(0.0)
        if self.left_s <= 0:
            raise OutOfTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Rows of the candidates in the team, and the goals reached."""

    rows: Rows
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one call of the solver found: a team, the values of the goals asked about, and what is proven of them."""

    rows: Rows
    values: Mapping[GoalName, int]
    bound: int
    proven: bool


def solve(
    cover: CoverModel,
    *,
    goals: tuple[GoalName, ...],
    clock: Clock,
    start: Rows | None = None,
    kept: tuple[Goal, ...] = (),
) -> Solution | None:
    """Reach the goals one after the other, from a first team if there is one; None when no team is possible.

    ``kept`` goals were reached before and keep their values.
    Neighbouring fine goals (``FINE``) are reached in one go, weighted so that no later one can outbid an earlier one.

    :raises OutOfTime: not even the first goal gave a team.
    """
    rows: Rows | None = None
    reached: list[Goal] = []
    for goal in kept:
        _keep(cover, goal.name, cover.goal(goal.name), round(goal.value * UNITS[goal.name]))
    for group in _groups(cover, tuple(goal for goal in goals if not (goal == "coverage" and cover.full))):
        expressions = {name: cover.goal(name) for name in group}
        try:
            outcome = optimise(cover, expressions, clock=clock, start=start if rows is None else rows)
        except OutOfTime:
            if rows is None:
                raise
            break
        if outcome is None:
            return None
        rows = outcome.rows
        for name, expression in expressions.items():
            value = outcome.values[name]
            bound = value if outcome.proven else outcome.bound if len(group) == 1 else cover.extreme(name)
            reached.append(Goal(name=name, value=value / UNITS[name], bound=bound / UNITS[name], proven=outcome.proven))
            _keep(cover, name, expression, value)
    if rows is None:
        outcome = optimise(cover, {}, clock=clock, start=start)
        return None if outcome is None else Solution(rows=outcome.rows, goals=())
    return Solution(rows=rows, goals=tuple(reached))


def _keep(cover: CoverModel, name: GoalName, expression: Any, value: int) -> None:
    if not isinstance(expression, int):  # a goal nothing can change is no condition
        cover.model.add(expression >= value if name in MORE_IS_BETTER else expression <= value)


def _groups(cover: CoverModel, goals: tuple[GoalName, ...]) -> list[tuple[GoalName, ...]]:
    """Goals one by one, neighbouring fine ones together as far as their weights stay small enough."""
    together: list[tuple[GoalName, ...]] = []
    for goal in goals:
        joined = (*together[-1], goal) if together else ()
        if joined and FINE.issuperset(joined) and math.prod(cover.span(name) + 1 for name in joined) < HEAVIEST:
            together[-1] = joined
        else:
            together.append((goal,))
    return together


def optimise(
    cover: CoverModel, expressions: Mapping[GoalName, Any], *, clock: Clock, start: Rows | None
) -> Outcome | None:
    """Find the team that is best in the goals named, the first one first; None when no team is possible.

    :raises OutOfTime: neither a team nor a proof.
    """
    clock.require_time()
    from ortools.sat.python import cp_model

    model = cover.model
    model.clear_hints()  # type: ignore[no-untyped-call]
    if start is not None:
        chosen = set(start.tolist())
        for row, variable in enumerate(cover.x):
            model.add_hint(variable, row in chosen)
    model.minimize(_joined(cover, expressions))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.max_time_in_seconds = clock.left_s
    status = solver.solve(model)
    clock.spend(solver.wall_time)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise OutOfTime
    rows = np.array([row for row, variable in enumerate(cover.x) if solver.boolean_value(variable)], dtype=np.intp)
    first = next(iter(expressions), "number")
    sign = -1 if first in MORE_IS_BETTER else 1
    return Outcome(
        rows=rows,
        values={name: solver.value(expression) for name, expression in expressions.items()},
        bound=sign * round(solver.best_objective_bound),
        proven=status == cp_model.OPTIMAL,
    )


def _joined(cover: CoverModel, expressions: Mapping[GoalName, Any]) -> Any:
    """One expression to minimise: each goal weighs more than all that the goals behind it can add up to."""
    weight, total = 1, 0
    for name, expression in reversed(list(expressions.items())):
        total = total + (-weight if name in MORE_IS_BETTER else weight) * expression
        weight *= cover.span(name) + 1 if name in FINE else 1
    return total
