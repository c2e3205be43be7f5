"""Trading meetings: one comes, those in its way go, and the people left free look for others. Simulated annealing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from hansa.engine.timetable.bound import Relaxation
from hansa.engine.timetable.grid import bits
from hansa.engine.timetable.search import Search

WARM, COLD = 0.25, 0.02  # of the middle weight: what a step may cost at the start and at the end, about
LOOK_AT = 8  # cells tried per step
OTHERS = 6  # other wishes tried for somebody left free


class Trading:
    """Trades over a search's timetable, led by the prices of the relaxation."""

    def __init__(self, search: Search, relaxation: Relaxation) -> None:
        self.search, self.schedule, self.random = search, search.schedule, search.random
        self.grid, self.weight = search.grid, search.schedule.weight
        self.pinned = search.grid.pairs.pinned
        advantage = relaxation.advantage * relaxation.unit
        order = np.argsort(-advantage, kind="stable").tolist()
        self.order: list[int] = [pair for pair in order if self.weight[pair] and search.grid.pairs.allowed[pair]]
        self.mine: list[list[int]] = [[] for _ in range(self.grid.n_people)]
        for pair in self.order:
            for person in self.grid.pairs.both(pair):
                self.mine[person].append(pair)
        self.advantage: Sequence[float] = advantage.tolist()
        self.middle = float(np.median([self.weight[pair] for pair in self.order])) if self.order else 1.0

    def run(self, *, steps: int, goal: int) -> None:
        """Trade until the goal is met or the steps are spent. Leaves the best timetable in the search."""
        search, schedule, rng = self.search, self.schedule, self.random
        for step in range(steps if self.order else 0):
            search.step += 1
            heat = self.middle * WARM * (COLD / WARM) ** (step / steps)
            pair = self._pick()
            if schedule.cell[pair] >= 0:
                continue
            found = self._best_cell(pair)
            if found is None:
                continue
            gain, cell, gone = found
            if gain < 0:
                if rng.random() >= math.exp(gain / heat):
                    continue
                search.keep()
            elif search.best_score >= goal:
                break
            self._trade(pair, cell, gone)
            if search.score() >= goal:
                break
        search.keep()

    def _pick(self) -> int:
        """A pair that does not meet: more often one of advantage, and of somebody with few meetings."""
        share = self.random.random()
        return self.order[int(share * share * len(self.order))]

    def _best_cell(self, pair: int) -> tuple[float, int, set[int]] | None:
        """Where the pair would cost least: what is gained, the cell, and who goes."""
        cells = list(bits(self.schedule.allowed[pair]))
        if len(cells) > LOOK_AT:
            cells = self.random.sample(cells, LOOK_AT)
        best: tuple[float, float, int, set[int]] | None = None
        for cell in cells:
            gone = self.schedule.in_the_way(pair, cell)
            if gone is None:
                continue
            cost = sum(self.weight[other] for other in gone)
            if not self.schedule.room[cell] and not any(self.schedule.cell[other] == cell for other in gone):
                least = self.search.one_of(cell)
                if least is None:
                    continue
                if not self.schedule.leaves(least):
                    cost += self.weight[least]
                gone = {*gone, least}
            option = (self.weight[pair] - cost, self.random.random(), cell, gone)
            if best is None or option[:2] > best[:2]:
                best = option
        return None if best is None else (best[0], best[2], best[3])

    def _trade(self, pair: int, cell: int, gone: set[int]) -> None:
        schedule = self.schedule
        lost = self.search.push(pair, cell, gone)
        if lost == [pair]:
            return
        left = {person for other in lost for person in self.grid.pairs.both(other)}
        for other in sorted(lost, key=lambda other: -self.weight[other]):
            schedule.place(other)
        for person in sorted(left):
            tried = 0
            for other in self.mine[person]:
                if schedule.cell[other] < 0 and schedule.fits(other):
                    schedule.place(other)
                    tried += 1
                    if tried >= OTHERS:
                        break
