"""The search for the cheapest cover, by a stated rule.

1. All costs equal and at most 64 rows: a greedy cover, then covers of fewer columns are looked for until there is none
   (``bitsets``). Linear bounds say little there, and HiGHS needs long.
2. Otherwise the linear relaxation. Its dual prices give a bound, rounded up because costs are whole; a whole
   solution is the answer. Else covers rounded from it, each freed of what it does not need.
3. Columns whose reduced cost lies beyond the gap between cover and bound go; what is left shrinks to its core.
4. The core goes to HiGHS.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.setcover.bitsets import MOST_ROWS, FewColumns, TooLong, words_of
from hansa.engine.consortium.setcover.problem import CoverAnswer, CoverProblem, Longs
from hansa.engine.consortium.setcover.reducing import core_of
from hansa.engine.problem import BadProblem, Reason

Floats = npt.NDArray[np.float64]
FEW = 7  # columns up to which all covers of equal cost are looked at
PLACES_PER_SECOND = 20_000
RELAXING = 0.4  # share of the time for the linear relaxation
SLACK = 1e-6


def cheapest_cover(problem: CoverProblem, *, seconds: float = 20.0) -> CoverAnswer:
    """Find the cheapest cover, proven unless the time runs out; then the best found and what none can be cheaper than.

    ``seconds`` bound the solving; reading and the first cover come on top. Deterministic while time lasts.

    :raises BadProblem: ``seconds`` is no positive number.
    """
    if not 0 < seconds < math.inf:
        raise BadProblem("cheapest_cover: seconds must be a positive number")
    search = _Search(problem)
    search.take(search.greedy(problem.costs.astype(np.float64), []))
    if not search.is_proven and not _few_equal(search, seconds):
        _relax_and_fix(search, seconds)
    return search.answer()


class _Search:
    """The best cover so far and the best bound."""

    def __init__(self, problem: CoverProblem) -> None:
        from scipy.sparse import csr_array  # heavy: only when a cover is asked for

        lengths = np.array([len(row) for row in problem.rows])
        where = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(lengths), len(problem.costs))
        ones = np.ones(int(lengths.sum()))
        self.problem, self.costs = problem, problem.costs
        self.covers: Any = csr_array((ones, np.concatenate(problem.rows), where), shape=shape)
        self.by_column: Any = self.covers.T.tocsr()
        breadth = np.maximum(np.diff(self.by_column.indptr), 1)
        share = self.costs / breadth
        # Each row pays the least share of a column that covers it: no column is overpaid.
        least = sum(float(share[row].min()) for row in problem.rows)
        self.bound = math.ceil(least - SLACK)
        self.columns: list[int] = []
        self.value: int | None = None

    @property
    def is_proven(self) -> bool:
        return self.value is not None and self.bound >= self.value

    def take(self, columns: list[int]) -> None:
        value = self.problem.cost_of(columns)
        if self.value is None or value < self.value:
            self.value, self.columns = value, sorted(columns)

    def raise_bound(self, bound: float) -> None:
        self.bound = max(self.bound, math.ceil(bound - SLACK))

    def rows_of(self, column: int) -> npt.NDArray[np.intp]:
        start, end = self.by_column.indptr[column : column + 2]
        rows: npt.NDArray[np.intp] = self.by_column.indices[start:end]
        return rows

    def greedy(self, price: Floats, first: list[int]) -> list[int]:
        """A cover built from ``first``, the lowest price for each row newly covered coming next, without needless columns."""
        chosen = list(first)
        held = np.zeros(self.covers.shape[0])
        for column in chosen:
            held[self.rows_of(column)] += 1
        while (open_rows := held == 0).any():
            gain = self.by_column @ open_rows.astype(np.float64)
            worth = np.where(gain > 0, price / np.maximum(gain, 1), np.inf)
            chosen.append(int(worth.argmin()))
            held[self.rows_of(chosen[-1])] += 1
        for column in sorted(chosen, key=lambda column: -self.costs[column]):
            if (held[self.rows_of(column)] > 1).all():
                held[self.rows_of(column)] -= 1
                chosen.remove(column)
        return chosen

    def answer(self) -> CoverAnswer:
        assert self.value is not None
        n_rows = self.covers.shape[0]
        bound = min(self.bound, self.value)
        found = Reason("cover_found", facts={"n": len(self.columns), "of": n_rows, "value": self.value})
        if bound == self.value:
            proof = Reason("cover_is_cheapest")
        else:
            proof = Reason("cover_not_proven", facts={"bound": bound}, good=False)
        return CoverAnswer(columns=tuple(self.columns), value=self.value, bound=bound, reasons=(found, proof))


def _few_equal(search: _Search, seconds: float) -> bool:
    """Settle covers of few columns that all cost the same; False when that is not the question, or too long."""
    cost = int(search.costs[0])
    if len(search.problem.rows) > MOST_ROWS or (search.costs != cost).any() or len(search.columns) > FEW:
        return False
    few = FewColumns(words_of(search.covers.astype(np.bool_).toarray()), patience=int(PLACES_PER_SECOND * seconds))
    try:
        while (found := few.find(at_most=len(search.columns) - 1)) is not None:
            search.take(found)
    except TooLong:
        return False
    search.raise_bound(cost * len(search.columns))
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relaxed:
    """The linear relaxation: share of each column, reduced costs, and the bound they prove."""

    shares: Floats
    reduced: Floats
    bound: float


def _relaxed(search: _Search, seconds: float) -> _Relaxed | None:
    from scipy.optimize import linprog

    n_rows = search.covers.shape[0]
    answer = linprog(
        search.costs,
        A_ub=-search.covers,
        b_ub=-np.ones(n_rows),
        bounds=(0, None),
        method="highs-ds",
        options={"time_limit": seconds},
    )
    if answer.status != 0:
        return None
    prices = np.maximum(-answer.ineqlin.marginals, 0)
    reduced = search.costs - search.by_column @ prices
    # Holds for any prices, so it does not rest on the solver: what they pay, less what they overpay for columns.
    return _Relaxed(shares=answer.x, reduced=reduced, bound=float(prices.sum() + np.minimum(reduced, 0).sum()))


def _relax_and_fix(search: _Search, seconds: float) -> None:
    relaxed = _relaxed(search, seconds * RELAXING)
    if relaxed is None:
        return
    search.raise_bound(relaxed.bound)
    is_whole = np.abs(relaxed.shares - np.round(relaxed.shares)).max() < SLACK
    for least in (0.99,) if is_whole else (0.99, 0.5, 0.3):
        first = np.flatnonzero(relaxed.shares >= least).tolist()
        for price in (relaxed.reduced, search.costs):
            search.take(search.greedy(np.maximum(price, 0) + 1e-3, first))
            if search.is_proven:
                return
    assert search.value is not None
    # Whoever takes a column beyond this pays at least what the best cover costs.
    left = np.flatnonzero(relaxed.reduced <= search.value - 1 - relaxed.bound + SLACK)
    _solve_rest(search, left, seconds * (1 - RELAXING))


def _solve_rest(search: _Search, left: npt.NDArray[np.intp], seconds: float) -> None:
    """Look for a cheaper cover among the columns ``left``; there is none with any other."""
    assert search.value is not None
    covers = search.covers[:, left].astype(np.bool_).toarray()
    costs: Longs = search.costs[left]
    if not covers.any(axis=1).all():
        search.raise_bound(search.value)
        return
    core = core_of(costs, covers)
    fixed = [int(left[column]) for column in core.fixed]
    paid = search.problem.cost_of(fixed)
    if not len(core.rows):
        search.take(fixed)
        search.raise_bound(search.value)
        return
    found, bound = _by_highs(costs[core.columns], covers[np.ix_(core.rows, core.columns)], seconds)
    if found is not None:
        search.take([*fixed, *(int(left[core.columns[column]]) for column in found)])
    search.raise_bound(min(search.value, paid + bound))


def _by_highs(costs: Longs, covers: npt.NDArray[np.bool_], seconds: float) -> tuple[list[int] | None, float]:
    """Columns of the cheapest cover found, None when there is none, and the bound on its cost."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    answer = milp(
        costs,
        constraints=LinearConstraint(csr_array(covers.astype(np.float64)), lb=1),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(costs)),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    bound = float(answer.mip_dual_bound) if answer.mip_dual_bound is not None else 0.0
    if answer.x is None:
        return None, bound
    found = np.flatnonzero(answer.x > 0.5)
    is_cover = covers[:, found].any(axis=1).all()  # whole only up to a tolerance
    return found.tolist() if is_cover else None, bound
