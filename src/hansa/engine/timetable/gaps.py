"""Fewer gaps: the same meetings at other times, so that nobody waits between them longer than needed."""

from __future__ import annotations

import math
import random

from hansa.engine.timetable.grid import bits
from hansa.engine.timetable.schedule import Schedule

WARM = 0.7  # gaps that a step may cost at the start, about
COLD = 0.08


class _Waiting:
    """Who waits when, as bits of slots."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule, grid = schedule, schedule.grid
        self.grid = grid
        self.counts = [self._slots(cells & grid.unclosed) for cells in grid.there]
        self.slot_bit = [1 << grid.slot_of(cell) for cell in range(grid.n_cells)]

    def _slots(self, cells: int) -> int:
        return sum(1 << slot for slot, mask in enumerate(self.grid.slot_cells) if mask & cells)

    def mask(self, person: int) -> int:
        """Slots in which a person waits between two meetings."""
        busy = 0
        for cell in self.schedule.at[person]:
            busy |= self.slot_bit[cell]
        if not busy:
            return 0
        between = (1 << busy.bit_length()) - (busy & -busy)
        return between & ~busy & self.counts[person]

    def of(self, person: int) -> int:
        return self.mask(person).bit_count()


def n_gaps(schedule: Schedule) -> int:
    """Slots in which somebody waits between two meetings, summed over people."""
    waiting = _Waiting(schedule)
    return sum(waiting.of(person) for person in range(schedule.grid.n_people))


def fewer_gaps(schedule: Schedule, *, seed: int, steps: int) -> int:
    """Move meetings in time, none lost; return the gaps left. Leaves the best timetable seen in the schedule.

    A step takes somebody who waits and one of their meetings, and swaps two cells along the chain of meetings that
    this pushes on. Worse steps are taken too, ever more seldom (simulated annealing).
    """
    waiting = _Waiting(schedule)
    grid = schedule.grid
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    total = sum(waiting.of(person) for person in range(grid.n_people))
    best, best_meetings = total, schedule.meetings()
    people = [person for person in range(grid.n_people) if schedule.at[person]]
    for step in range(steps if people else 0):
        if not best:
            break
        heat = WARM * (COLD / WARM) ** (step / steps)
        person = people[rng.randrange(len(people))]
        change = _step(schedule, waiting, person, rng, heat)
        total += change
        if total < best:
            best, best_meetings = total, schedule.meetings()
    if total > best:
        schedule.become(best_meetings)
    return best


def _step(schedule: Schedule, waiting: _Waiting, person: int, rng: random.Random, heat: float) -> int:
    """Try one swap for a person; return by how much the gaps changed, 0 when it was not made."""
    grid = schedule.grid
    mine = list(schedule.at[person])
    gaps = waiting.mask(person)
    if not gaps:
        return 0
    first = mine[rng.randrange(len(mine))]
    if rng.random() < 0.7:  # the first or the last meeting into a gap
        first = (min if rng.random() < 0.5 else max)(mine)
    slots = list(bits(gaps))
    second = slots[rng.randrange(len(slots))] * grid.zones.n + first % grid.zones.n
    if second == first or not grid.capacity[second]:
        return 0
    chain = schedule.chain(person, first, second)
    if not chain or any(grid.pairs.pinned[pair] for pair in chain):
        return 0
    touched = {end for pair in chain for end in grid.pairs.both(pair)}
    before = sum(waiting.of(end) for end in touched)
    if not schedule.swap(chain, first, second):
        return 0
    change = sum(waiting.of(end) for end in touched) - before
    if change > 0 and rng.random() >= math.exp(-change / heat):
        schedule.swap(list(reversed(chain)), first, second)
        return 0
    return change
