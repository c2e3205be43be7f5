"""A cover asked for, and the answer: values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import BadProblem, Reason

Longs = npt.NDArray[np.int64]
DEAREST = 1_000_000  # so that every sum and every bound stays exact in floating point


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverProblem:
    """Columns at a price, and for each row the columns that cover it, counted from 0.

    costs: int64, shape (columns,), 0 to 1,000,000. rows: one array of column numbers per row, at least one in each.
    """

    costs: Longs
    rows: tuple[Longs, ...]

    def __post_init__(self) -> None:
        n = len(self.costs)
        if not self.rows:
            raise BadProblem("CoverProblem.rows must hold at least one row")
        if n and (self.costs.min() < 0 or self.costs.max() > DEAREST):
            raise BadProblem(f"CoverProblem.costs must lie between 0 and {DEAREST:,}")
        for number, row in enumerate(self.rows):
            if not len(row):
                raise BadProblem(f"CoverProblem.rows[{number}] is covered by no column")
            if row.min() < 0 or row.max() >= n:
                raise BadProblem(f"CoverProblem.rows[{number}] must name columns from 0 to {n - 1}")

    def cost_of(self, columns: Iterable[int]) -> int:
        """What columns cost together."""
        return int(self.costs[list(columns)].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAnswer:
    """Chosen columns in ascending order, what they cost, and what no cover can cost less than; equal when proven."""

    columns: tuple[int, ...]
    value: int
    bound: int
    reasons: tuple[Reason, ...] = ()

    @property
    def proven(self) -> bool:
        return self.value == self.bound
