"""How few others must move at least when meetings are seated again.

Others in the way make room at the cost of one move each and need no other seat; they count for their people and for
the places all the same. What this cheaper problem needs, every repair needs. A mixed-integer program, small, whose
bound holds wherever its search ends.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from hansa.engine.timetable.bound import most_of
from hansa.engine.timetable.grid import bits
from hansa.engine.timetable.schedule import Schedule

NODES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """``kept``: weight of the meetings hit that can be seated again at most. ``moves``: others moved for it at least."""

    kept: int
    moves: int


def least_moves(schedule: Schedule, stay: Mapping[int, int], hit: Sequence[int], *, kept: int | None = None) -> Least:
    """Bound a repair: the weight it can keep, and the moves it takes to keep that, or ``kept`` where it is given."""
    model = _Displacing(schedule=schedule, stay=stay, hit=hit)
    if not model.weights:
        return Least(kept=0, moves=0)
    unit = math.gcd(*model.weights)
    units = [weight // unit for weight in model.weights]
    if kept is None:
        cost = [-float(weight) for weight in units] + [0.0] * (model.n - len(units))
        kept = math.floor(-model.least(cost) + 1e-4) * unit
    model.add({number: -weight for number, weight in enumerate(units)}, -(kept // unit))
    cost = [0.0] * len(units) + [1.0] * (model.n - len(units))
    return Least(kept=kept, moves=max(0, math.ceil(model.least(cost) - 1e-4)))


@dataclass(slots=True, kw_only=True)
class _Displacing:
    """Columns: a seat for each meeting hit and cell, then who leaves, then how many more leave a cell."""

    schedule: Schedule
    stay: Mapping[int, int]
    hit: Sequence[int]
    weights: list[int] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    n: int = 0
    rows: list[dict[int, int]] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        seats, ways = self._seats()
        leaving: dict[int, int] = {}
        for number, way in enumerate(ways):
            for other in way:
                column = leaving.setdefault(other, len(seats) + len(leaving))
                self.add({number: 1, column: -1}, 0)
        self.n = len(seats) + len(leaving)
        self.most = [1.0] * self.n
        self._add_people(seats)
        self._add_cells(seats, leaving)

    def add(self, row: dict[int, int], limit: float) -> None:
        """Let a sum of columns be at most this."""
        self.rows.append(row)
        self.limits.append(limit)

    def _seats(self) -> tuple[list[tuple[int, int]], list[set[int]]]:
        """Seats that are possible, and who is in the way of each."""
        grid = self.schedule.grid
        seat_of: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for pair, cell in self.stay.items():
            for person in grid.pairs.both(pair):
                seat_of[person][cell] = pair
        seats: list[tuple[int, int]] = []
        ways: list[set[int]] = []
        for pair in self.hit:
            for cell in bits(grid.pairs.allowed[pair]):
                clash = grid.clash[cell]
                taken = [seat_of[person].items() for person in grid.pairs.both(pair)]
                way = {other for seated in taken for at, other in seated if clash >> at & 1}
                if not any(grid.pairs.pinned[other] for other in way):
                    seats.append((pair, cell))
                    ways.append(way)
                    self.weights.append(self.schedule.weight[pair])
        return seats, ways

    def _add_people(self, seats: list[tuple[int, int]]) -> None:
        """One seat per meeting, one meeting per person and slot, and as many as a person can have."""
        grid = self.schedule.grid
        groups: defaultdict[tuple[str, int, int], dict[int, int]] = defaultdict(dict)
        for number, (pair, cell) in enumerate(seats):
            groups["pair", pair, 0][number] = 1
            for person in grid.pairs.both(pair):
                groups["slot", person, grid.slot_of(cell)][number] = 1
                groups["person", person, 0][number] = 1
        staying = Counter(person for pair in self.stay for person in grid.pairs.both(pair))
        for (kind, who, _), row in groups.items():
            self.add(row, most_of(grid, who) - staying[who] if kind == "person" else 1)

    def _add_cells(self, seats: list[tuple[int, int]], leaving: dict[int, int]) -> None:
        """No cell and not all of them together hold more than they can."""
        grid = self.schedule.grid
        inside = Counter(self.stay.values())
        rows: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for number, (_, cell) in enumerate(seats):
            rows[cell][number] = 1
        for other, column in leaving.items():
            if self.stay[other] in rows:
                rows[self.stay[other]][column] = -1
        for cell, row in rows.items():
            if sum(1 for sign in row.values() if sign > 0) + inside[cell] > grid.capacity[cell]:
                self.add({**row, self.n: -1}, grid.capacity[cell] - inside[cell])
                self.most.append(float(inside[cell]))
                self.n += 1
        self.add(dict.fromkeys(range(len(seats)), 1), sum(grid.capacity) - len(self.stay))

    def least(self, cost: list[float]) -> float:
        """A bound on the least cost."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        ends = np.cumsum([0, *(len(row) for row in self.rows)])
        columns = np.array([column for row in self.rows for column in row])
        signs = np.array([sign for row in self.rows for sign in row.values()], dtype=np.float64)
        result = milp(
            np.array(cost),
            constraints=LinearConstraint(
                csr_array((signs, columns, ends), shape=(len(self.rows), self.n)), ub=np.array(self.limits)
            ),
            bounds=Bounds(0, np.array(self.most)),
            integrality=np.ones(self.n),
            options={"node_limit": NODES},
        )
        found = result.mip_dual_bound
        return float(found) if found is not None and math.isfinite(found) else min(0.0, sum(c for c in cost if c < 0))
