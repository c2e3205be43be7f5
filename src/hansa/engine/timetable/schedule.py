"""A timetable under construction: who sits where, and what changes when a meeting comes or goes."""

from __future__ import annotations

from collections.abc import Iterable

from hansa.engine.timetable.grid import Grid, bits


class Schedule:
    """Pairs in cells. Knows at any time where everybody could still go; never breaks a rule.

    ``cell[pair]`` is -1 for a pair that does not meet; ``free[person]`` the cells they could take another meeting in.
    """

    def __init__(self, grid: Grid) -> None:
        pairs = grid.pairs
        self.grid = grid
        self.one, self.two, self.weight, self.allowed = pairs.one, pairs.two, pairs.weight, pairs.allowed
        self.cell = [-1] * len(pairs)
        self.at: list[dict[int, int]] = [{} for _ in range(grid.n_people)]
        self.free = [0] * grid.n_people
        self.clear = [0] * grid.n_people  # as ``free``, were one meeting of theirs to go elsewhere
        self.room = list(grid.capacity)
        self.open = sum(1 << cell for cell, n in enumerate(grid.capacity) if n)
        self.inside: list[dict[int, None]] = [{} for _ in range(grid.n_cells)]
        self.value = 0
        self.n_empty = sum(grid.is_asker)
        for person in range(grid.n_people):
            self._look_again(person)

    def put(self, pair: int, cell: int) -> None:
        """Let a pair meet in a cell that is free for both and has room."""
        for person in (self.one[pair], self.two[pair]):
            self.n_empty -= self.grid.is_asker[person] and not self.at[person]
            self.at[person][cell] = pair
            self._look_again(person)
        self.cell[pair] = cell
        self.inside[cell][pair] = None
        self.room[cell] -= 1
        if not self.room[cell]:
            self.open &= ~(1 << cell)
        self.value += self.weight[pair]

    def take(self, pair: int) -> int:
        """Let a pair no longer meet; return where they met."""
        cell = self.cell[pair]
        for person in (self.one[pair], self.two[pair]):
            del self.at[person][cell]
            self._look_again(person)
            self.n_empty += self.grid.is_asker[person] and not self.at[person]
        self.cell[pair] = -1
        del self.inside[cell][pair]
        self.room[cell] += 1
        self.open |= 1 << cell
        self.value -= self.weight[pair]
        return cell

    def _look_again(self, person: int) -> None:
        grid, mine = self.grid, self.at[person]
        free = grid.there[person]
        for cell in mine:
            free &= ~grid.clash[cell]
        for mask, most in grid.windows[person]:
            if sum(mask >> cell & 1 for cell in mine) >= most:
                free &= ~mask
        self.clear[person] = free
        self.free[person] = free if len(mine) < grid.most[person] else 0

    def fits(self, pair: int) -> int:
        """Cells in which both could meet now, room aside."""
        return self.free[self.one[pair]] & self.free[self.two[pair]] & self.allowed[pair]

    def in_the_way(self, pair: int, cell: int) -> set[int] | None:
        """Meetings of the two that must go before they can meet in the cell, room aside; None when pinned ones do.

        Of a person who has all the meetings they may have, the one that counts least goes.
        """
        gone: set[int] = set()
        for person in (self.one[pair], self.two[pair]):
            clash, mine = self.grid.clash[cell], self.at[person]
            if self.free[person] >> cell & 1:
                continue
            mine_gone = {other for at, other in mine.items() if clash >> at & 1}
            if len(mine) - len(mine_gone) >= self.grid.most[person]:
                mine_gone |= self._least(person, mine_gone, -1)
            for mask, most in self.grid.windows[person]:
                left = sum(1 for at, other in mine.items() if mask >> at & 1 and other not in mine_gone)
                if mask >> cell & 1 and left >= most:
                    if not most:
                        return None
                    mine_gone |= self._least(person, mine_gone, mask)
            gone |= mine_gone
        return None if any(self.grid.pairs.pinned[other] for other in gone) else gone

    def _least(self, person: int, gone: set[int], mask: int) -> set[int]:
        """The least meeting of a person within a set of cells, in a set; pinned ones last."""
        rest = [other for at, other in self.at[person].items() if mask >> at & 1 and other not in gone]
        pinned, weight = self.grid.pairs.pinned, self.weight
        return {min(rest, key=lambda other: (pinned[other], weight[other], other))} if rest else set()

    def movable(self, cell: int) -> tuple[int, int] | None:
        """A meeting of the cell that could move to a cell with room, and that cell."""
        elsewhere = self.open & ~(1 << cell)
        if not elsewhere:
            return None
        clear, allowed = self.clear, self.allowed
        for pair in self.inside[cell]:
            cells = clear[self.one[pair]] & clear[self.two[pair]] & allowed[pair] & elsewhere
            if cells:
                return pair, (cells & -cells).bit_length() - 1
        return None

    def leaves(self, pair: int) -> bool:
        """Whether a meeting could move to another cell with room."""
        cells = self.clear[self.one[pair]] & self.clear[self.two[pair]] & self.allowed[pair]
        return bool(cells & self.open & ~(1 << self.cell[pair]))

    def place(self, pair: int) -> bool:
        """Let a pair meet where both are free, if need be by moving one other meeting out of a full cell."""
        fitting = self.fits(pair)
        with_room = fitting & self.open
        if with_room:
            self.put(pair, max(bits(with_room), key=lambda cell: self.room[cell]))
            return True
        for cell in bits(fitting):
            found = self.movable(cell)
            if found:
                self.take(found[0])
                self.put(*found)
                self.put(pair, cell)
                return True
        return False

    def place_by_chain(self, pair: int) -> bool:
        """Let a pair meet after swapping two cells along a chain of meetings, so that both are free in one of them.

        One is free in the first cell and the other in the second: the other's meeting in the first goes to the
        second, there its partner's to the first, and so on (a Kempe chain).
        """
        one, two = self.one[pair], self.two[pair]
        for start, end in ((one, two), (two, one)):
            for first in bits(self.free[start] & self.allowed[pair]):
                for second in bits(self.free[end] & self.allowed[pair] & ~(1 << first)):
                    chain = self.chain(end, first, second)
                    if chain is not None and self.swap(chain, first, second, then=pair):
                        return True
        return False

    def chain(self, person: int, first: int, second: int) -> list[int] | None:
        """Meetings that follow each other in two cells from a person on; None when one may not be in the other cell."""
        here, there = first, second
        found: list[int] = []
        while True:
            pair = self.at[person].get(here)
            if pair is None:
                return found
            if not self.allowed[pair] >> there & 1 or (found and pair == found[0]):
                return None
            found.append(pair)
            person = self.two[pair] if self.one[pair] == person else self.one[pair]
            here, there = there, here

    def swap(self, chain: list[int], first: int, second: int, *, then: int = -1) -> bool:
        """Swap two cells along a chain, then let a pair meet in the first; undone when a rule or the room forbids it."""
        before = [(pair, self.take(pair)) for pair in chain]
        after = [(pair, second if cell == first else first) for pair, cell in before]
        if self.put_all([*after, (then, first)] if then >= 0 else after):
            return True
        self.put_all(before)
        return False

    def put_all(self, meetings: Iterable[tuple[int, int]]) -> bool:
        """Put pairs into cells, all or none."""
        done: list[int] = []
        for pair, cell in meetings:
            if not (self.fits(pair) & self.open) >> cell & 1:
                for other in reversed(done):
                    self.take(other)
                return False
            self.put(pair, cell)
            done.append(pair)
        return True

    def meetings(self) -> list[tuple[int, int]]:
        """All pairs that meet, with their cells."""
        return [(pair, cell) for pair, cell in enumerate(self.cell) if cell >= 0]

    def become(self, meetings: Iterable[tuple[int, int]]) -> None:
        """Hold exactly these meetings."""
        for pair, _ in self.meetings():
            self.take(pair)
        for pair, cell in meetings:
            self.put(pair, cell)
