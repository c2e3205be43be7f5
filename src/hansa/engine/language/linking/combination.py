"""How the kinds of evidence add up, and what the sum promises.

Fitted on the vocabulary itself, never on judged pairs: 150 labels each in German, Swedish, Dutch and French were the texts,
their language was hidden, and their concepts had to be found among all others. ``spelt_own`` cannot be seen that way and was
set by eye to a little less than ``spelt``.

What a share of the choice promises was fitted afterwards on judged pairs (half of the terms of national lists, by a digest of their
number), since many terms have no concept that says the same: the choice alone cannot know. It changes no order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hansa.engine.language.encoder import reads_meaning
from hansa.engine.problem import Floats


@dataclass(frozen=True, slots=True)
class Combination:
    """Weights of the evidence; they are exponents of a choice between all concepts (a conditional logit).

    ``promise``: log-odds that a link is right = its first number + second * log-odds of the share + third * evidence.
    """

    best: float
    average: float
    own: float
    together: float
    spelt: float
    spelt_own: float
    sharpness: float
    promise: tuple[float, float, float] = (0.0, 1.0, 0.0)

    def score(
        self, *, best: Floats, average: Floats, own: Floats, together: Floats, spelt: Floats, spelt_own: Floats
    ) -> Floats:
        """The weighted sum; arrays of one shape (texts, concepts)."""
        total: Floats = (
            self.best * best
            + self.average * average
            + self.own * own
            + self.together * together
            + self.spelt * spelt
            + self.spelt_own * spelt_own
        )
        return total

    def chances(self, scores: Floats) -> Floats:
        """Share of the choice each concept gets, 0..1, adding up to 1 per text: same shape."""
        raised = self.sharpness * (scores - scores.max(axis=1, keepdims=True))
        weights = np.exp(raised)
        shares: Floats = weights / weights.sum(axis=1, keepdims=True)
        return shares

    def promised(self, shares: Floats, scores: Floats) -> Floats:
        """How likely links are right, best first and never rising: same shape as their shares and their evidence."""
        bias, of_share, of_score = self.promise
        within = np.clip(shares, 1e-5, 1 - 1e-5)
        odds = bias + of_share * np.log(within / (1 - within)) + of_score * scores
        likely: Floats = np.minimum.accumulate(1 / (1 + np.exp(-odds)))
        return likely


MODEL = Combination(
    best=7.0,
    average=8.6,
    own=7.0,
    together=8.9,
    spelt=2.7,
    spelt_own=2.0,
    sharpness=1.0,
    promise=(-5.546, 0.182, 0.213),
)
HASHING = Combination(best=0.5, average=0.0, own=0.5, together=0.5, spelt=1.0, spelt_own=1.0, sharpness=10.0)


def combination_for(model_id: str) -> Combination:
    """Combination for the vectors of a model; without the model spelling decides."""
    return MODEL if reads_meaning(model_id) else HASHING
