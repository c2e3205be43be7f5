"""What a choice of pairs cannot be: more than the cells they fit into.

Hall's condition, for one person (one meeting per slot) and for all together (so many per cell), found as a cut of a
flow. A cut holds for every timetable, whatever choice showed it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hansa.engine.timetable.grid import Grid, bits

MANY = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Cut:
    """At most ``most`` of these pairs meet."""

    pairs: tuple[int, ...]
    most: int


def cuts_against(grid: Grid, chosen: Sequence[int], *, known: Iterable[Cut]) -> list[Cut]:
    """Rules that a choice of pairs breaks; empty when every person and all together fit into their cells."""
    mine: defaultdict[int, list[int]] = defaultdict(list)
    for pair in chosen:
        for person in grid.pairs.both(pair):
            mine[person].append(pair)
    found = [cut for person, pairs in sorted(mine.items()) for cut in _of_person(grid, person, pairs)]
    found += _of_all(grid, chosen)
    before = set(known)
    return [cut for cut in found if cut not in before]


def _of_person(grid: Grid, person: int, pairs: list[int]) -> list[Cut]:
    """Seat the pairs of one person in slots of their own; what cannot be seated shows too narrow a set of slots."""
    slots_of = {pair: _slots(grid, grid.pairs.allowed[pair]) for pair in pairs}
    if all(len(slots) >= len(pairs) for slots in slots_of.values()):
        return []
    seated: dict[int, int] = {}

    def seat(pair: int, tried: set[int]) -> bool:
        for slot in slots_of[pair]:
            if slot not in tried:
                tried.add(slot)
                if slot not in seated or seat(seated[slot], tried):
                    seated[slot] = pair
                    return True
        return False

    for pair in pairs:
        tried: set[int] = set()
        if not seat(pair, tried):
            cells = sum(grid.slot_cells[slot] for slot in tried)
            return [Cut(pairs=_within(grid, cells, person), most=len(tried))]
    return []


def _slots(grid: Grid, cells: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(grid.slot_of(cell) for cell in bits(cells)))


def _within(grid: Grid, cells: int, person: int | None = None) -> tuple[int, ...]:
    """Pairs that can meet in these cells only."""
    return tuple(
        pair
        for pair, allowed in enumerate(grid.pairs.allowed)
        if not allowed & ~cells and (person is None or person in grid.pairs.both(pair))
    )


def _of_all(grid: Grid, chosen: Sequence[int]) -> list[Cut]:
    """Send all pairs through their cells; where they get stuck, those cells are too few."""
    from scipy.sparse import coo_array, csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    groups = Counter(grid.pairs.allowed[pair] for pair in chosen)
    masks = list(groups)
    n = len(masks) + grid.n_cells
    source, sink = n, n + 1
    arcs = [(source, group, groups[mask]) for group, mask in enumerate(masks)]
    arcs += [(group, len(masks) + cell, MANY) for group, mask in enumerate(masks) for cell in bits(mask)]
    arcs += [(len(masks) + cell, sink, grid.capacity[cell]) for cell in range(grid.n_cells)]
    start, end, most = (np.array(column, dtype=np.int32) for column in zip(*arcs, strict=True))
    network = csr_array(coo_array((most, (start, end)), shape=(n + 2, n + 2)))
    flow = maximum_flow(network, source, sink)
    if flow.flow_value == len(chosen):
        return []
    left = network - flow.flow
    left.eliminate_zeros()
    reached = breadth_first_order(left, source, return_predecessors=False)
    cells = sum(1 << int(node - len(masks)) for node in reached if len(masks) <= node < n)
    return [Cut(pairs=_within(grid, cells), most=sum(grid.capacity[cell] for cell in bits(cells)))]
