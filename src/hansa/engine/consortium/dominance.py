"""The hubs no best team needs, left out before the search."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.answer import GoalName
from hansa.engine.consortium.candidates import Bools, Longs, Rows, Table

CHUNK = 64
ROUNDS = 12
PAIRWISE_UP_TO = 3000


def undominated(
    *,
    table: Table,
    goals: tuple[GoalName, ...],
    keep: frozenset[int],
    active: frozenset[str],
    depth: int,
    barred: int = 0,
    most: int | None = None,
) -> Rows:
    """Rows that some best team may need: those with too few hubs that are at least as good.

    Hub a is at least as good as b when it covers all that b covers and is not worse in the goals, taken in their
    order, ties going to the lower id, and no ``active`` limit lets b in where it keeps a out: under country rules only
    hubs of one country compare, with a budget no dearer hub stands in, with capacities none that can lead less.
    Exact: in any team, b can be swapped for such a hub that is not in it; when all of them are in, b can be left out.
    Hubs in ``keep`` always stay. Above a size the search for dominated hubs stops early, which costs time later, never exactness.

    :param depth: hubs a want may ask for at most
    :param barred: hubs that a condition of its own may keep from being swapped in
    :param most: partners a team has at most: among so many better hubs one is always left to swap in
    """
    order = _Order(table, goals, active, depth=depth, barred=barred, most=most)
    alive = np.arange(len(table.ids))
    settled = 0
    for _ in range(ROUNDS):
        if len(alive) <= CHUNK or settled >= len(alive):
            break
        strong = order.strongest(alive)[settled : settled + CHUNK]
        alive = alive[~order.is_needless(alive, strong)]
        settled += CHUNK
    if len(alive) <= PAIRWISE_UP_TO:
        alive = alive[~order.is_needless(alive, alive)]
    kept = np.union1d(alive, np.flatnonzero(np.isin(table.ids, list(keep))))
    return kept.astype(np.intp)


class _Order:
    """The partial order behind ``undominated``, as bit words and ranks."""

    def __init__(
        self,
        table: Table,
        goals: tuple[GoalName, ...],
        active: frozenset[str],
        *,
        depth: int,
        barred: int,
        most: int | None,
    ) -> None:
        columns = {"cost": table.cost, "distance": table.distance, "trust": table.distrust}
        cut = goals.index("evidence") if "evidence" in goals else len(goals)
        self.before = _ranks([columns[goal] for goal in goals[:cut] if goal in columns], len(table.ids))
        after = [columns[goal] for goal in goals[cut:] if goal in columns]
        self.after = _ranks([*after, np.arange(len(table.ids))], len(table.ids))
        self.covers = _words(table.level > 0)
        steps = np.unique(table.level[table.level > 0])
        graded = [table.level >= step for step in steps] if "evidence" in goals else []
        self.graded = _words(np.concatenate(graded, axis=1)) if graded else self.covers
        self.breadth = (table.level > 0).sum(axis=1)
        self.country = table.country if {"max_per_country", "min_countries"} & active else None
        self.cost = table.cost if "budget_eur" in active else None
        self.unpaid = table.unpaid if "max_unpaid" in active else None
        # What hubs that have worked together bring, nobody else can stand in for.
        self.paired = np.zeros(len(table.ids), dtype=np.bool_)
        if "together" in goals:
            self.paired[table.couples()[table.couples() >= 0]] = True
        capped = "capacity" in active
        self.room = table.room if capped else None
        self.is_free = (table.room == table.breadth) | (not capped)
        # So many better hubs in a team cannot all be too busy to take over what the hub leads.
        busy = -(-table.level.shape[1] // np.maximum(table.room, 1))
        enough = np.maximum(depth, np.where(table.room > 0, busy, depth))
        self.some, self.many = depth + barred, enough + barred
        if most is not None:
            self.many = np.minimum(self.many, most + barred)
        self.barred = barred

    def strongest(self, rows: Rows) -> Rows:
        return rows[np.lexsort((self.after[rows], self.before[rows], -self.breadth[rows]))]

    def is_needless(self, rows: Rows, others: Rows) -> Bools:
        """Which of ``rows`` a best team can do without, as far as ``others`` show: shape (rows,)."""
        needless = np.zeros(len(rows), dtype=np.bool_)
        for start in range(0, len(rows), 1024):
            part = rows[start : start + 1024]
            better = self._is_better(others[None, :], part[:, None])
            n_better = better.sum(axis=1)
            has_free = better[:, self.is_free[others]].sum(axis=1) > self.barred
            needless[start : start + 1024] = (n_better >= self.many[part]) | ((n_better >= self.some) & has_free)
        return needless & ~self.paired[rows]

    def _is_better(self, a: Rows, b: Rows) -> Bools:
        """Whether each of ``a`` is at least as good as each of ``b``."""
        better = _contains(self.covers, a, b)
        better &= self.before[a] <= self.before[b]
        tie = self.before[a] == self.before[b]
        finer = _contains(self.graded, a, b) & (self.after[a] < self.after[b])
        better &= ~tie | finer
        if self.country is not None:
            better &= self.country[a] == self.country[b]
        if self.cost is not None:
            better &= self.cost[a] <= self.cost[b]
        if self.unpaid is not None:
            better &= self.unpaid[a] <= self.unpaid[b]
        if self.room is not None:
            better &= self.room[a] >= self.room[b]
        return better


def _words(bits: Bools) -> npt.NDArray[np.uint64]:
    packed = np.packbits(bits, axis=1)
    spare = -packed.shape[1] % 8
    packed = np.concatenate([packed, np.zeros((len(packed), spare), dtype=np.uint8)], axis=1)
    return np.ascontiguousarray(packed).view(np.uint64)


def _contains(words: npt.NDArray[np.uint64], a: Rows, b: Rows) -> Bools:
    """Whether the bits of each ``a`` include those of each ``b``."""
    inside = np.ones(np.broadcast_shapes(a.shape, b.shape), dtype=np.bool_)
    for word in range(words.shape[1]):
        column = words[:, word]
        inside &= (column[b] & ~column[a]) == 0
    return inside


def _ranks(columns: list[Longs], n: int) -> Longs:
    """Dense rank of the rows by the columns, the first one deciding first."""
    if not columns or not n:
        return np.zeros(n, dtype=np.int64)
    order = np.lexsort(tuple(reversed(columns)))
    stacked = np.stack(columns, axis=1)[order]
    steps = np.concatenate([[0], np.any(stacked[1:] != stacked[:-1], axis=1).astype(np.int64)])
    ranks = np.empty(n, dtype=np.int64)
    ranks[order] = np.cumsum(steps)
    return ranks
