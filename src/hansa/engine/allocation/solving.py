"""A choice among rows as a CP-SAT model in whole numbers. Deterministic: one worker, a fixed seed, no clock of its own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


class OutOfTime(Exception):
    """The solver found neither a choice nor a proof that there is none."""


@dataclass(slots=True, kw_only=True)
class Clock:
    """Seconds of solving left, by what the solver reports."""

    left_s: float

    @property
    def is_left(self) -> bool:
        return self.left_s > 0

    def spend(self, seconds: float) -> None:
        self.left_s -= seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows chosen, what they are worth, and what no choice can be worth more than."""

    chosen: tuple[int, ...]
    value: int
    bound: int
    is_proven: bool


class Model:
    """Rows that are chosen or not, and linear rules over them."""

    def __init__(self, n: int) -> None:
        from ortools.sat.python import cp_model  # heavy: only when something is allocated

        self.cp = cp_model.CpModel()
        self.x = [self.cp.new_bool_var("") for _ in range(n)]

    def sum(self, rows: Iterable[int], weights: Sequence[int] | None = None) -> Any:
        """Linear expression over rows; ``weights`` are by row position in ``rows``."""
        from ortools.sat.python import cp_model

        variables = [self.x[row] for row in rows]
        if weights is None:
            return cp_model.LinearExpr.sum(variables)
        return cp_model.LinearExpr.weighted_sum(variables, list(weights))

    def add_at_most(self, rows: Iterable[int], limit: int, weights: Sequence[int] | None = None) -> None:
        self.cp.add(self.sum(rows, weights) <= limit)

    def add_at_least(self, rows: Iterable[int], limit: int, weights: Sequence[int] | None = None) -> None:
        self.cp.add(self.sum(rows, weights) >= limit)


def maximise(model: Model, objective: Any, *, clock: Clock, start: Iterable[int] | None = None) -> Found | None:
    """Find the choice of the highest objective; None when the rules allow no choice at all.

    :raises OutOfTime: neither a choice nor a proof was found
    """
    from ortools.sat.python import cp_model

    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    if start is not None:
        hinted = set(start)
        for row, variable in enumerate(model.x):
            model.cp.add_hint(variable, row in hinted)
    model.cp.maximize(objective)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(0.01, clock.left_s)
    status = solver.solve(model.cp)
    clock.spend(solver.wall_time)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise OutOfTime
    return Found(
        chosen=tuple(row for row, variable in enumerate(model.x) if solver.boolean_value(variable)),
        value=round(solver.objective_value),
        bound=math.floor(solver.best_objective_bound + 1e-6),
        is_proven=status == cp_model.OPTIMAL,
    )
