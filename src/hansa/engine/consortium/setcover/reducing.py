"""What a cover can do without: columns that are never needed, rows that are covered anyway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
MOST = 4000  # rows or columns compared pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What is left to decide: rows and columns by number, and columns that every cheapest cover may take."""

    fixed: tuple[int, ...]
    rows: Ints
    columns: Ints


def core_of(costs: npt.NDArray[np.int64], covers: Bools) -> Core:
    """Reduce a cover to its core, bool (rows, columns). Exact: some cheapest cover is ``fixed`` and one of the core.

    Takes the only column of a row; drops a row whose columns include all of another's, and a column that covers no more
    than another that is not dearer. Ties go to the lower number.
    """
    rows, columns = np.arange(covers.shape[0]), np.arange(covers.shape[1])
    fixed: list[int] = []
    while len(rows) and max(len(rows), len(columns)) <= MOST:
        inside = covers[np.ix_(rows, columns)].astype(np.float32)  # float, so that products are fast
        only = np.flatnonzero(inside.sum(axis=1) == 1)
        if len(only):
            taken = np.unique(inside[only].argmax(axis=1))
            fixed += columns[taken].tolist()
            rows = rows[~inside[:, taken].any(axis=1)]
            columns = np.delete(columns, taken)
            continue
        together = inside @ inside.T
        spare_rows = _dropped(together == np.diag(together)[None, :])
        together = inside.T @ inside
        dearer = costs[columns][:, None] >= costs[columns][None, :]
        spare = _dropped((together == np.diag(together)[:, None]) & dearer) | (np.diag(together) == 0)
        if not spare_rows.any() and not spare.any():
            break
        rows, columns = rows[~spare_rows], columns[~spare]
    return Core(fixed=tuple(fixed), rows=rows, columns=columns)


def _dropped(needless: Bools) -> Bools:
    """Which can go, when ``needless[a, b]`` says that a can go beside b; of two alike the later one goes."""
    np.fill_diagonal(needless, False)
    alike = needless & needless.T
    return np.asarray((needless & ~np.triu(alike)).any(axis=1))
