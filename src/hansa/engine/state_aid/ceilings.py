"""A ceiling on what is granted within a rolling window of years.

For de minimis aid the ceiling is EUR 300 000 over three years, per Member State and single undertaking (Regulation (EU)
2023/2831, Article 3(2)); aid counts from the day the legal right to it is given (Article 3(3)).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hansa.engine.problem import BadProblem


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """Aid given on a day, in euro; never less than nothing.

    :raises BadProblem: the amount is negative or no number
    """

    on: date
    amount_eur: Decimal

    def __post_init__(self) -> None:
        if not self.amount_eur.is_finite() or self.amount_eur < 0:
            raise BadProblem("amount_eur must be zero or more")


@dataclass(frozen=True, slots=True)
class Headroom:
    """What counts on a day and what is left, both in euro.

    ``left_eur`` is the ceiling less ``counted_eur``, and below zero where it is exceeded already. ``free_eur`` is what
    may be granted on that day without breaking the window of a later grant that is known; never below zero.
    """

    on: date
    since: date
    counted_eur: Decimal
    left_eur: Decimal
    free_eur: Decimal


def window_start(on: date, years: int = 3) -> date:
    """Return the day that is no longer counted on ``on``: the same day so many years before, 28 February for the 29th."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def headroom(grants: Iterable[Grant], *, on: date, ceiling_eur: Decimal, years: int = 3) -> Headroom:
    """Return what is left on a day; the order of the grants does not matter.

    A grant counts from its day until the same day ``years`` later, that day excluded. O(n log n).
    """
    rows = sorted(grants)
    counted = _counted(rows, on, years)
    later = {row.on for row in rows if row.on > on and window_start(row.on, years) < on}
    left = ceiling_eur - counted
    free = min([left, *(ceiling_eur - _counted(rows, day, years) for day in later)])
    return Headroom(
        on=on,
        since=window_start(on, years),
        counted_eur=counted,
        left_eur=left,
        free_eur=max(free, Decimal(0)),
    )


def overruns(grants: Iterable[Grant], *, ceiling_eur: Decimal, years: int = 3) -> tuple[tuple[date, Decimal], ...]:
    """Return the days of grants on which the sum stood above the ceiling, with by how much, in order."""
    rows = sorted(grants)
    over = ((day, _counted(rows, day, years) - ceiling_eur) for day in sorted({row.on for row in rows}))
    return tuple((day, excess) for day, excess in over if excess > 0)


def _counted(rows: list[Grant], on: date, years: int) -> Decimal:
    since = window_start(on, years)
    return sum((row.amount_eur for row in rows if since < row.on <= on), Decimal(0))
