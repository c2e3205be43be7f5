"""The search for a timetable: seat a target, then trade meetings until the bound is met or the steps are spent."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np

from hansa.engine.timetable.bound import Relaxation
from hansa.engine.timetable.grid import Grid, bits
from hansa.engine.timetable.schedule import Schedule

LOOK_AT = 24  # meetings of a full cell that are looked at when one has to go
PATIENCE = 4000  # steps without a better timetable before the target is given up

Meetings = list[tuple[int, int]]


class Search:
    """One search over one event. Counts its steps; no clock is read, so that the same input gives the same answer."""

    def __init__(self, grid: Grid, *, seed: int) -> None:
        self.grid = grid
        self.schedule = Schedule(grid)
        self.random = random.Random(seed)  # noqa: S311 - not for secrets
        self.best: Meetings = []
        self.best_score = -grid.n_people - 1  # below any timetable, the empty one included
        self.until: dict[tuple[int, int], int] = {}
        self.step = 0

    def score(self) -> int:
        """Weight first, then that few who asked go home empty."""
        return self.schedule.value * (self.grid.n_people + 1) - self.schedule.n_empty

    def keep(self) -> bool:
        """Remember the timetable if it is the best so far."""
        score = self.score()
        if score <= self.best_score:
            return False
        self.best, self.best_score = self.schedule.meetings(), score
        return True

    def seat(self, target: Iterable[int]) -> list[int]:
        """Seat a target, the tightest people first; return the pairs that found no place."""
        schedule = self.schedule
        wanted = [pair for pair in target if schedule.cell[pair] < 0]
        left = [schedule.free[person].bit_count() for person in range(self.grid.n_people)]
        for pair in wanted:
            for person in self.grid.pairs.both(pair):
                left[person] -= self.grid.zones.n
        key = [(min(left[one], left[two]), left[one] + left[two]) for one, two in map(self.grid.pairs.both, wanted)]
        order = sorted(
            range(len(wanted)), key=lambda number: (key[number], schedule.allowed[wanted[number]].bit_count())
        )
        missing = [wanted[number] for number in order if not schedule.place(wanted[number])]
        return [pair for pair in missing if not schedule.place(pair) and not schedule.place_by_chain(pair)]

    def pursue(self, target: Iterable[int], *, steps: int, goal: int) -> None:
        """Seat a target by pushing out what is in the way, until all sit or nothing got better for long."""
        schedule = self.schedule
        missing = self.seat(target)
        self.keep()
        last = self.step
        while missing and self.step < last + min(steps, PATIENCE) and self.best_score < goal:
            self.step += 1
            pick = self.random.randrange(len(missing))
            missing[pick], missing[-1] = missing[-1], missing[pick]
            pair = missing.pop()
            if not schedule.place(pair) and not schedule.place_by_chain(pair):
                missing += self.force(pair)
            if self.keep():
                steps -= self.step - last
                last = self.step

    def force(self, pair: int) -> list[int]:
        """Seat a pair and return those who lost their place: few, of little weight, and not seated there just now."""
        options = []
        for cell in bits(self.schedule.allowed[pair]):
            gone = self.schedule.in_the_way(pair, cell)
            if gone is not None:
                recent = sum(self.until.get((other, cell), 0) > self.step for other in gone)
                weight = sum(self.schedule.weight[other] for other in gone)
                options.append((recent, len(gone), weight, self.random.random(), cell, gone))
        if not options:
            return [pair]
        *_, cell, gone = min(options)
        return self.push(pair, cell, gone)

    def push(self, pair: int, cell: int, gone: set[int]) -> list[int]:
        """Seat a pair in a cell instead of others, one more when the cell is full; return who lost their place."""
        schedule = self.schedule
        before = [(other, schedule.take(other)) for other in sorted(gone)]
        if not schedule.room[cell]:
            other = self.one_of(cell)
            if other is not None:
                before.append((other, schedule.take(other)))
        if not schedule.put_all([(pair, cell)]):
            schedule.put_all(before)
            return [pair]
        self.until[pair, cell] = self.step + 10 + self.random.randrange(10)
        return [other for other, _ in before]

    def one_of(self, cell: int) -> int | None:
        """A meeting of a full cell that can go: one that fits elsewhere if there is one, else one not seated just now."""
        found = self.schedule.movable(cell)
        if found is not None and not self.grid.pairs.pinned[found[0]]:
            return found[0]
        inside = [pair for pair in self.schedule.inside[cell] if not self.grid.pairs.pinned[pair]]
        if not inside:
            return None
        some = self.random.sample(inside, min(LOOK_AT, len(inside)))
        return min(some, key=lambda pair: (self.until.get((pair, cell), 0) > self.step, self.schedule.weight[pair]))

    def fill(self, candidates: Iterable[int]) -> None:
        """Seat whatever still fits, in the order given."""
        for pair in candidates:
            if self.schedule.cell[pair] < 0 and self.schedule.weight[pair] > 0:
                self.schedule.place(pair)
        self.keep()


def by_advantage(relaxation: Relaxation) -> list[int]:
    """Pairs, those first that gain most over the prices of what they use."""
    order: list[int] = np.argsort(-relaxation.advantage, kind="stable").tolist()
    return order
