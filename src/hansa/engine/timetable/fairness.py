"""A target that nobody who asked leaves empty-handed, as far as the weight allows, and a bound on how many must."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hansa.engine.timetable.bound import NODES, Bools, Relaxation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """``target``: pairs; ``least_empty``: people who asked and get none in any timetable of the full weight."""

    target: Bools
    least_empty: int


def fairest(relaxation: Relaxation, *, weight: int) -> Fair:
    """Among the choices that reach a weight, find one that serves most of those who asked.

    Pairs whose advantage alone would cost more than is left to the bound of the prices are decided before. Where the
    target serves everybody already there is nothing to solve.
    """
    grid = relaxation.grid
    askers = [person for person, asks in enumerate(grid.is_asker) if asks]
    served = {person for pair in np.flatnonzero(relaxation.target) for person in grid.pairs.both(int(pair))}
    empty = sum(1 for person in askers if person not in served)
    if not empty or not len(grid.pairs):
        return Fair(target=relaxation.target, least_empty=0 if not empty else len(askers))
    found = _solve(relaxation, askers, weight / relaxation.unit)
    return found or Fair(target=relaxation.target, least_empty=0)


def _solve(relaxation: Relaxation, askers: list[int], weight: float) -> Fair | None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    n, m = len(relaxation.grid.pairs), len(askers)
    low, high = relaxation.limits()
    prices, most = relaxation.prices, relaxation.most()
    top = float(prices @ most + np.where(relaxation.advantage > 0, high, low) @ relaxation.advantage)
    left = top - weight + 1e-4
    low = np.where((relaxation.advantage > left) & (high > 0), 1.0, low)
    high = np.maximum(low, np.where(relaxation.advantage < -left, 0.0, high))
    least = np.where(prices > left, most, -np.inf)
    mine = csr_array(
        (
            np.ones(2 * n),
            ([person for pair in range(n) for person in relaxation.grid.pairs.both(pair)], np.repeat(np.arange(n), 2)),
        ),
        shape=(relaxation.grid.n_people, n),
    )
    held = hstack([mine[askers], -eye_array(m, format="csr")])
    rows = hstack([relaxation.matrix(), csr_array((len(most), m))])
    total = csr_array(np.concatenate([relaxation.weights(), np.zeros(m)])[None, :])
    result = milp(
        np.concatenate([np.zeros(n), -np.ones(m)]),
        constraints=LinearConstraint(
            vstack([rows, held, total]),
            lb=np.concatenate([least, np.zeros(m), [weight - 1e-6]]),
            ub=np.concatenate([most, np.full(m, np.inf), [np.inf]]),
        ),
        bounds=Bounds(np.concatenate([low, np.zeros(m)]), np.concatenate([high, np.ones(m)])),
        integrality=np.ones(n + m),
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )
    if result.mip_dual_bound is None:
        return None
    least_empty = max(0, m - math.floor(-result.mip_dual_bound + 1e-4))
    target = result.x[:n] > 0.5 if result.x is not None else relaxation.target
    return Fair(target=target, least_empty=least_empty)
