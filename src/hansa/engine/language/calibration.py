"""From nearness to confidence: about that share of findings is confirmed.

Fitted by logistic regression on needs labelled by hand (``bench/language``), then corrected for long texts on nine descriptions the
fit did not see; the report on needs and descriptions that neither saw is in ``docs/engine.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.language.encoder import reads_meaning
from hansa.engine.language.words import Occurrence

SCANTY = 45  # characters below which a stretch says less
LONG = 6  # stretches from which a text counts as long altogether

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """log-odds = bias + near * nearness + others * mean nearness of all concepts of the kind.

    The mean is the text's own background: a text that is somewhat near to everything is about nothing.
    ``length``: less for each doubling of the text, whose many stretches give chance more room, as does talk about
    hubs in general. ``n`` is how many concepts of the kind the fit saw; in a larger vocabulary each is less likely.
    ``long_bias`` and ``long_slope``: what the odds of a long text are moved by and multiplied with.
    """

    bias: float
    near: float
    others: float
    length: float
    n: int
    long_bias: float = 0.0
    long_slope: float = 1.0

    def confidence(self, nearness: Doubles, *, lengths: Sequence[int], priors: Doubles) -> Doubles:
        """0..1, same shape as ``nearness`` (stretches of one text, concepts of one kind).

        ``lengths``: characters of each stretch; one or two words are near to something by chance. ``priors``:
        log-odds per concept.
        """
        mean = nearness.mean(axis=1, keepdims=True)
        rarer = np.log(max(1.0, np.exp(priors).sum() / self.n))
        longer = self.length * np.log(max(1, len(nearness)))
        scanty = 1.5 * np.log(np.maximum(1, SCANTY / np.maximum(1, np.asarray(lengths, dtype=np.float64))))[:, None]
        odds = self.bias + self.near * nearness + self.others * mean - rarer - longer - scanty + priors
        long = min(1.0, np.log(max(1, len(nearness))) / np.log(LONG))
        odds += long * (self.long_bias + (self.long_slope - 1) * odds)
        confidence: Doubles = 1 / (1 + np.exp(-odds))
        return confidence


SETTLED = (-0.34, 0.87)  # of all kinds together: nine descriptions say too little about each
MODEL: Mapping[str, Curve] = {
    "activity": Curve(-5.82, 29.90, -21.30, 0.3, 38, *SETTLED),
    "technology": Curve(-6.99, 36.34, -25.64, 1.1, 33, *SETTLED),
    "skill": Curve(-7.26, 31.02, -18.24, 1.0, 168, *SETTLED),
}
HASHING: Mapping[str, Curve] = {
    "activity": Curve(-4.36, 14.91, 0.0, 0.3, 38),
    "technology": Curve(-6.64, 26.47, 0.0, 0.3, 33),
    "skill": Curve(-5.23, 12.0, 0.0, 0.3, 168),
}


def curve_for(kind: str, *, model_id: str) -> Curve:
    """Curve of a kind; kinds that were not fitted take the one of technologies, which are worded alike."""
    curves = MODEL if reads_meaning(model_id) else HASHING
    return curves.get(kind, curves["technology"])


def confidence_of_words(found: Occurrence) -> float:
    """How far a label that occurs is meant as such. By eye on 20 hub descriptions; see ``docs/engine.md``."""
    if found.n_words > 1:
        return 0.85 if found.exact else 0.7
    share = 0.6 if found.exact else 0.45
    return share if found.preferred else share - 0.2  # lone words among alternatives are often everyday words


def both(meaning: float, words: float) -> float:
    """Join two kinds of evidence: neither drowns the other, and two weak ones make a stronger one."""
    return 1 - (1 - meaning) * (1 - words)
