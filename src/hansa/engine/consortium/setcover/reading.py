"""Set covering problems in the format of OR-Library."""

from __future__ import annotations

import numpy as np

from hansa.engine.consortium.setcover.problem import DEAREST, CoverProblem
from hansa.engine.problem import BadProblem

MOST = 10_000_000


def read_orlib(text: str) -> CoverProblem:
    """Read whole numbers, line breaks anywhere: rows and columns; a cost per column; then for each row how many columns
    cover it, and which, counted from 1.

    :raises BadProblem: naming the line.
    """
    numbers = _Numbers(text)
    n_rows = numbers.one("the number of rows", least=1, most=MOST)
    n_columns = numbers.one("the number of columns", least=1, most=MOST)
    costs = numbers.many(n_columns, "the cost of a column", least=0, most=DEAREST)
    rows = []
    for row in range(1, n_rows + 1):
        n = numbers.one(f"how many columns cover row {row}", least=1, most=n_columns)
        columns = numbers.many(n, f"a column of row {row}", least=1, most=n_columns) - 1
        if len(np.unique(columns)) < n:
            raise BadProblem(f"line {numbers.line()}: row {row} names a column twice")
        rows.append(columns)
    numbers.end(n_rows)
    return CoverProblem(costs=costs, rows=tuple(rows))


class _Numbers:
    """Numbers of a text, read one after the other; lines are counted only for a complaint."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.words = text.split()

    def one(self, what: str, *, least: int, most: int) -> int:
        return int(self.many(1, what, least=least, most=most)[0])

    def many(self, n: int, what: str, *, least: int, most: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        words = self.words[self.at : self.at + n]
        values = np.empty(len(words), dtype=np.int64)
        for position, word in enumerate(words):
            value = int(word) if len(word) < 18 and word.isascii() and word.removeprefix("-").isdigit() else None
            if value is None or not least <= value <= most:
                self.at += position + 1
                raise BadProblem(
                    f"line {self.line()}: {what} must be a whole number from {least} to {most}, not {word[:40]!r}"
                )
            values[position] = value
        self.at += len(words)
        if len(words) < n:
            raise BadProblem(f"line {self.line()}: the file ends where {what} should stand")
        return values

    def end(self, n_rows: int) -> None:
        if self.at < len(self.words):
            self.at += 1
            raise BadProblem(f"line {self.line()}: more numbers after the last of {n_rows} rows")

    def line(self) -> int:
        """Number of the line that holds what was read last."""
        seen = 0
        lines = self.text.splitlines()
        for number, line in enumerate(lines, start=1):
            seen += len(line.split())
            if seen >= max(self.at, 1):
                return number
        return max(len(lines), 1)
