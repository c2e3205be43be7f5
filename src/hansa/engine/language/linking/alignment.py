"""A view of vectors in which the wordings of one concept lie close together, whatever their language."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import Floats

LEAST_PAIRS = 200  # wordings beside another of the same concept, below which nothing is learnt
SMOOTHING = 1.0  # share of the mean variance added in every direction


@dataclass(frozen=True, slots=True)
class Alignment:
    """Moves vectors to the middle of all labels and shrinks the directions in which translations differ.

    ``middle``: float32, shape (384,). ``directions``: float32, shape (384, 384).
    """

    middle: Floats
    directions: Floats

    def apply(self, vectors: Floats) -> Floats:
        """Vectors of unit length in the new view, same shape."""
        moved = (vectors - self.middle) @ self.directions
        unit: Floats = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
        return unit


def learn(vectors: Floats, owners: npt.NDArray[np.intp]) -> Alignment:
    """Learn from wordings (rows) and the concepts they belong to: within-class covariance normalisation.

    What differs between two wordings of one concept is language and phrasing, not meaning; those directions count
    less afterwards, also for languages of which no label was seen. O(rows * 384^2).
    Source: Hatch, Kajarekar, Stolcke 2006 (for voices).
    """
    size = vectors.shape[1]
    middle: Floats = vectors.mean(axis=0).astype(np.float32) if len(vectors) else np.zeros(size, dtype=np.float32)
    counts = np.bincount(owners, minlength=1)
    several = counts[owners] > 1 if len(owners) else np.zeros(0, dtype=bool)
    if several.sum() < LEAST_PAIRS:
        return Alignment(middle, np.eye(size, dtype=np.float32))
    sums = np.zeros((len(counts), size))
    np.add.at(sums, owners[several], vectors[several])
    differences = vectors[several] - sums[owners[several]] / counts[owners[several]][:, None]
    spread = differences.T @ differences / len(differences)
    values, axes = np.linalg.eigh(spread + SMOOTHING * np.trace(spread) / size * np.eye(size))
    return Alignment(middle, (axes / np.sqrt(values)).astype(np.float32))
