"""Who meets whom when slots are only counted: a bound on the weight, and a target for the search.

Everybody has at most so many meetings, all cells together hold at most so many. That is a b-matching, solved as a
linear program; its prices prove the bound (weak duality), and where its answer is not whole, a mixed-integer program
follows. What no schedule can hold is cut off: the pairs of a person, or all pairs, that fit only into few cells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from hansa.engine.timetable.cuts import Cut, cuts_against
from hansa.engine.timetable.grid import Grid

ROUNDS = 12
NODES = 2000  # of the branching: a count, so that the same input gives the same answer
WHOLE = 1e-6

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(slots=True, kw_only=True)
class Relaxation:
    """The weight, bounded. ``bound`` in thousandths; ``target``: pairs of an answer of the relaxation.

    ``advantage``: per pair, its weight less the prices of what it uses: below 0 it does not pay to hold it.
    ``prices``: per row of ``rows``. ``slack``: how far the relaxation's own answer may be below the bound.
    """

    grid: Grid
    unit: int
    rows: list[Cut]
    bound: int = 0
    is_whole: bool = False
    target: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    advantage: Floats = field(default_factory=lambda: np.zeros(0))
    prices: Floats = field(default_factory=lambda: np.zeros(0))

    def limits(self) -> tuple[Floats, Floats]:
        """Lower and upper limit of each pair: pinned ones are held, those without a cell are not."""
        pinned = np.array(self.grid.pairs.pinned, dtype=np.float64)
        possible = np.array([float(cells > 0) for cells in self.grid.pairs.allowed])
        return pinned, possible

    def weights(self) -> Floats:
        """Weights in units, a whole number each."""
        return np.array(self.grid.pairs.weight, dtype=np.float64) / self.unit

    def matrix(self) -> object:
        """Rows x pairs, as a sparse matrix."""
        from scipy.sparse import csr_array

        ends = np.cumsum([0, *(len(row.pairs) for row in self.rows)])
        columns = np.concatenate([np.array(row.pairs, dtype=np.int64) for row in self.rows] or [np.zeros(0, np.int64)])
        return csr_array((np.ones(len(columns)), columns, ends), shape=(len(self.rows), len(self.grid.pairs)))

    def most(self) -> Floats:
        """Upper limit of each row."""
        return np.array([row.most for row in self.rows], dtype=np.float64)


def relax(grid: Grid) -> Relaxation | None:
    """Bound the weight of an event; None when the fixed meetings alone are too many.

    Rounds of a linear program and of what its answer shows to be impossible. 0.1 to 1 s for 1,000 people.
    """
    unit = math.gcd(*grid.pairs.weight) or 1
    relaxation = Relaxation(grid=grid, unit=unit, rows=_rows(grid))
    if not len(grid.pairs):
        return relaxation
    for _ in range(ROUNDS):
        if not _solve(relaxation):
            return None
        cuts = cuts_against(grid, np.flatnonzero(relaxation.target).tolist(), known=relaxation.rows)
        if not cuts:
            break
        relaxation.rows += cuts
    return relaxation


def _rows(grid: Grid) -> list[Cut]:
    """Meetings of each person, and all together."""
    mine: list[list[int]] = [[] for _ in range(grid.n_people)]
    for pair in range(len(grid.pairs)):
        for person in grid.pairs.both(pair):
            mine[person].append(pair)
    rows = [Cut(pairs=tuple(pairs), most=most_of(grid, person)) for person, pairs in enumerate(mine)]
    per_slot = [
        min(
            sum(grid.capacity[cell] for cell in range(slot * grid.zones.n, (slot + 1) * grid.zones.n)),
            sum(1 for there in grid.there if there & cells) // 2,
        )
        for slot, cells in enumerate(grid.slot_cells)
    ]
    return [*rows, Cut(pairs=tuple(range(len(grid.pairs))), most=sum(per_slot))]


def most_of(grid: Grid, person: int) -> int:
    """Meetings a person can have at most, breaks counted."""
    there = grid.there[person]
    slots = grid.n_slots_in(there)
    in_breaks = [slots - grid.n_slots_in(mask) + most for mask, most in grid.windows[person]]
    return min(grid.most[person], slots, *in_breaks)


def _solve(relaxation: Relaxation) -> bool:
    from scipy.optimize import linprog

    low, high = relaxation.limits()
    weights, matrix, most = relaxation.weights(), relaxation.matrix(), relaxation.most()
    result = linprog(
        -weights, A_ub=matrix, b_ub=most, bounds=np.stack([low, np.maximum(low, high)], axis=1), method="highs-ds"
    )
    if result.status == 2:
        return False
    prices = np.maximum(0.0, -result.ineqlin.marginals)
    advantage = weights - matrix.T @ prices  # type: ignore[attr-defined]
    dual = float(prices @ most + np.where(advantage > 0, high, low) @ advantage)
    relaxation.prices, relaxation.advantage = prices, advantage
    relaxation.bound = math.floor(dual + 1e-4) * relaxation.unit
    share = result.x
    relaxation.is_whole = bool(np.all((share < WHOLE) | (share > 1 - WHOLE)))
    relaxation.target = share > 1 - WHOLE
    return relaxation.is_whole or _branch(relaxation)


def _branch(relaxation: Relaxation) -> bool:
    """Solve in whole meetings, what the prices decide already left out; False when there is no answer."""
    result = whole_answer(relaxation, -relaxation.weights())
    if result is None:
        return False
    target, bound = result
    relaxation.target = target
    relaxation.bound = min(relaxation.bound, math.floor(-bound + 1e-4) * relaxation.unit)
    return True


def whole_answer(relaxation: Relaxation, cost: Floats) -> tuple[Bools, float] | None:
    """Pairs that cost least in whole meetings, and a bound on that; None when no choice is possible."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    low, high = relaxation.limits()
    result = milp(
        cost,
        constraints=LinearConstraint(relaxation.matrix(), ub=relaxation.most()),
        bounds=Bounds(low, np.maximum(low, high)),
        integrality=np.ones(len(cost)),
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )
    if result.x is None:
        return None if result.status == 2 else (relaxation.target, float(result.mip_dual_bound or -math.inf))
    return result.x > 0.5, float(result.mip_dual_bound)
