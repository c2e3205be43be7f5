"""Hubs that no team as good as one already found can hold: what a linear program's prices say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.answer import Goal, GoalName
from hansa.engine.consortium.candidates import Demand, Longs, Table
from hansa.engine.consortium.model import UNITS
from hansa.engine.problem import Limits

SLACK = 1e-6
SUMS = frozenset({"number", "cost", "distance", "trust"})
Condition = tuple[Longs, float]  # a row of weights, and what the weighted sum may be at most


def narrowed(*, table: Table, demand: Demand, limits: Limits, active: frozenset[str], reached: Sequence[Goal]) -> Table:
    """Keep the hubs that may stand in a team that covers everything and reaches the goals ``reached`` before.

    For each goal that is a sum over the partners: the least it can be when fractions of hubs count, and what each
    hub would add to that (its reduced cost). A hub that lifts the sum above the value reached is in no such team. What
    two hubs add counts together, so most pairs that have worked together can be left out, too.
    """
    sums = [(goal.name, round(goal.value * UNITS[goal.name])) for goal in reached if goal.name in SUMS]
    for name, value in sums:
        others = [(_column(other, table), most) for other, most in sums if other != name]
        conditions = [*_conditions(table, demand, limits, active), *others]
        least, added = _prices(_column(name, table), table, demand, conditions)
        spare = value + SLACK * max(1, value) - least
        couples = table.couples()
        both = np.append(added, 0.0)[couples].sum(axis=1)  # the lead, row -1, adds nothing
        ids = np.append(table.ids, 0 if table.lead_id is None else table.lead_id)
        table = replace(table, pairs=ids[couples[both <= spare]]).take(np.flatnonzero(added <= spare))
    return table


def _column(name: GoalName, table: Table) -> Longs:
    columns = {"cost": table.cost, "distance": table.distance, "trust": table.distrust}
    return columns.get(name, np.ones_like(table.cost))


def _conditions(table: Table, demand: Demand, limits: Limits, active: frozenset[str]) -> Iterator[Condition]:
    if "max_partners" in active:
        yield np.ones_like(table.cost), limits.max_partners
    if "budget_eur" in active and limits.budget_eur is not None:
        yield table.cost, int(limits.budget_eur * 100 + SLACK)
    if "capacity" in active:
        led = demand.must & ((table.level > 0).any(axis=0) | (demand.lead > 0))
        yield -table.room, demand.lead_room - int(led.sum())


def _prices(
    column: Longs, table: Table, demand: Demand, conditions: Sequence[Condition]
) -> tuple[float, npt.NDArray[np.float64]]:
    """The least sum of a column, fractions of hubs allowed, and what each hub adds to it: shape (hubs,)."""
    if not len(column):
        return 0.0, np.zeros(0)
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    asked = np.flatnonzero(demand.asked > 0)
    covers = csr_array((table.level[:, asked] > 0).T.astype(np.float64))
    bounds = np.array([row for row, _ in conditions], dtype=np.float64).reshape(len(conditions), len(column))
    answer = linprog(
        column.astype(np.float64),
        A_ub=vstack([-covers, csr_array(bounds)]),
        b_ub=np.concatenate([-demand.asked[asked], [most for _, most in conditions]]),
        bounds=(0, 1),
        method="highs",
    )
    if answer.status == 2:  # nothing fits, not even fractions of hubs
        return float("inf"), np.zeros(len(column))
    if answer.status != 0:
        return 0.0, np.zeros(len(column))
    return float(answer.fun), np.maximum(answer.lower.marginals, 0)
