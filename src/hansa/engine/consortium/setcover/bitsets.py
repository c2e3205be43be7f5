"""Covers with few columns of equal cost, found or ruled out by looking at all of them. Each column is one 64-bit word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST_ROWS = 64

Bits = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.intp]


class TooLong(Exception):
    """More places to look at than allowed."""


def words_of(covers: npt.NDArray[np.bool_]) -> Bits:
    """Rows covered by each column as bits: shape (columns,), from bool (rows up to 64, columns)."""
    places = np.left_shift(np.uint64(1), np.arange(len(covers), dtype=np.uint64))
    bits: Bits = (covers.T * places).sum(axis=1, dtype=np.uint64)
    return bits


class FewColumns:
    """Covers of at most so many columns, exact: branches on the row that fewest columns cover, widest column first."""

    def __init__(self, bits: Bits, *, patience: int) -> None:
        self.bits, self.patience = bits, patience

    def find(self, *, at_most: int) -> list[int] | None:
        """Return such a cover, or None when there is none.

        :raises TooLong: neither was found in ``patience`` places.
        """
        everything = np.bitwise_or.reduce(self.bits)
        return self._find(everything, at_most, np.arange(len(self.bits))) if at_most > 0 else None

    def _find(self, rest: np.uint64, k: int, alive: Ints) -> list[int] | None:
        self.patience -= 1
        if self.patience < 0:
            raise TooLong
        bits = self.bits[alive]
        gain = np.bitwise_count(bits & rest).astype(np.intp)
        size = int(rest).bit_count()
        if gain.max(initial=0) == size:
            return [int(alive[gain.argmax()])]
        if k == 1 or _widest(gain, k) < size:
            return None
        branch = self._branch(rest, bits, gain)
        if k == 2:
            return _pair(rest, bits, branch, alive)
        tried = np.zeros(len(alive), dtype=np.bool_)
        for column in branch:
            found = self._find(rest & ~bits[column], k - 1, alive[~tried])
            if found is not None:
                return [int(alive[column]), *found]
            tried[column] = True
        return None

    def _branch(self, rest: np.uint64, bits: Bits, gain: Ints) -> Ints:
        """Columns of the open row that fewest cover, those that cover most of the rest first."""
        open_rows = np.left_shift(np.uint64(1), np.arange(MOST_ROWS, dtype=np.uint64))
        open_rows = open_rows[(open_rows & rest) != 0]
        inside = (bits[:, None] & open_rows[None, :]) != 0
        columns = np.flatnonzero(inside[:, inside.sum(axis=0).argmin()])
        return columns[np.argsort(-gain[columns], kind="stable")]


def _widest(gain: Ints, k: int) -> int:
    """Rows that k columns cover at most, were they all to cover different ones."""
    return int((np.partition(gain, len(gain) - k)[-k:] if len(gain) > k else gain).sum())


def _pair(rest: np.uint64, bits: Bits, branch: Ints, alive: Ints) -> list[int] | None:
    left = rest & ~bits[branch]
    enough = (left[:, None] & ~bits[None, :]) == 0
    found = np.argwhere(enough)
    return [int(alive[branch[found[0, 0]]]), int(alive[found[0, 1]])] if len(found) else None
