"""Weights of signals, learnt: the share of each candidate as next partner (conditional logit)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

CALM = 20.0  # how many drafts must speak before the data outweigh what is held before
ROUNDS = 300


@dataclass(frozen=True, slots=True)
class Example:
    """One draft of the past. partners: (n, signals) of those who joined; others: (m, signals) of a sample of the rest.

    ``stands_for`` is how many of the rest each of the others stands for.
    """

    partners: Doubles
    others: Doubles
    stands_for: float


@dataclass(frozen=True, slots=True)
class Weights:
    """score = (signals - middle) / spread @ weight, on the scale of log-odds."""

    weight: Doubles
    middle: Doubles
    spread: Doubles

    @property
    def per_unit(self) -> Doubles:
        return self.weight / self.spread


def learn_weights(examples: Sequence[Example], *, held: Doubles) -> Weights:
    """Return the weights under which those who joined were the likeliest. Same examples, same weights.

    ``held``, shape (signals,), is what weights are taken to be before anything is seen, per spread of a signal: few
    examples stay near it.
    Each draft counts by the root of its number of partners, so that few large ones do not decide alone.
    """
    from scipy.optimize import minimize

    table = np.concatenate([part for example in examples for part in (example.partners, example.others)])
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    table -= middle
    table /= spread
    sizes = np.array([len(example.partners) + len(example.others) for example in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    joined = np.concatenate([np.repeat([1.0, 0.0], [len(e.partners), len(e.others)]) for e in examples])
    stands = [np.repeat([0.0, np.log(e.stands_for)], [len(e.partners), len(e.others)]) for e in examples]
    offset = np.concatenate(stands)
    n_joined = np.array([float(len(example.partners)) for example in examples])
    counts = n_joined**-0.5 / (n_joined**0.5).sum()
    calm = CALM / len(examples)

    def loss(weight: Doubles) -> tuple[float, Doubles]:
        score = table @ weight + offset
        top = np.maximum.reduceat(score, starts)
        raised = np.exp(score - np.repeat(top, sizes))
        total = np.add.reduceat(raised, starts)
        likely = np.add.reduceat(score * joined, starts) - n_joined * (top + np.log(total))
        off = joined - raised * np.repeat(n_joined / total, sizes)
        value = -(likely @ counts) + calm / 2 * (weight - held) @ (weight - held)
        return float(value), -(table.T @ (off * np.repeat(counts, sizes))) + calm * (weight - held)

    found = minimize(loss, held, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return Weights(found.x, middle, spread)
