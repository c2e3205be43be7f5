"""The Shapley value: what each member adds to the worth of a group, averaged over all orders of joining.

Exact up to 12 members by the table of all groups, beyond by drawn orders. Source of the definition: L. S. Shapley, "A
value for n-person games" (1953).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from random import Random

from hansa.engine.problem import BadProblem

EXACT_UP_TO = 12
SAMPLES = 2_000
MOST_SAMPLES = 100_000

# The worth of a group, given as a number whose bit i says whether member i is in.
Worth = Callable[[int], Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The values of all members, in order. They sum up to the worth of all together minus that of nobody.

    ``errors`` are standard errors, 0 where exact; ``n_drawn`` is how many orders were drawn, 0 where exact.
    """

    values: tuple[Fraction, ...]
    errors: tuple[float, ...]
    n_drawn: int

    @property
    def is_exact(self) -> bool:
        return self.n_drawn == 0


def shapley(n: int, worth: Worth, *, seed: int = 0, samples: int = SAMPLES) -> Contribution:
    """Return the Shapley value of ``n`` members. Up to 12: 2^n calls of ``worth``; beyond: ``samples`` times n.

    :raises BadProblem: naming the field
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise BadProblem("n must be a whole number from 1 on")
    if isinstance(samples, bool) or not isinstance(samples, int) or not 2 <= samples <= MOST_SAMPLES:
        raise BadProblem(f"samples must be a whole number from 2 to {MOST_SAMPLES:,}")
    return _exact(n, worth) if n <= EXACT_UP_TO else _drawn(n, worth, Random(seed), samples)  # noqa: S311


def _exact(n: int, worth: Worth) -> Contribution:
    table = [Fraction(worth(group)) for group in range(1 << n)]
    # A group of k others stands before a member in 1 of n * C(n-1, k) orders.
    weight = [Fraction(1, n * comb(n - 1, k)) for k in range(n)]
    values = []
    for member in range(n):
        bit = 1 << member
        gains = [Fraction(0)] * n
        for group in range(1 << n):
            if not group & bit:
                gains[group.bit_count()] += table[group | bit] - table[group]
        values.append(sum((share * gain for share, gain in zip(weight, gains, strict=True)), Fraction(0)))
    return Contribution(values=tuple(values), errors=(0.0,) * n, n_drawn=0)


def _drawn(n: int, worth: Worth, random: Random, samples: int) -> Contribution:
    sums, squares = [Fraction(0)] * n, [0.0] * n
    order = list(range(n))
    nobody = Fraction(worth(0))
    for _ in range(samples):
        random.shuffle(order)
        group, before = 0, nobody
        for member in order:
            group |= 1 << member
            after = Fraction(worth(group))
            sums[member] += after - before
            squares[member] += float(after - before) ** 2
            before = after
    means = [total / samples for total in sums]
    spread = [max(0.0, square / samples - float(mean) ** 2) for square, mean in zip(squares, means, strict=True)]
    errors = tuple(sqrt(variance / (samples - 1)) for variance in spread)
    return Contribution(values=tuple(means), errors=errors, n_drawn=samples)
