"""A check of digital maturity: questions as values, and the score of answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MOST = 5
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Asks for ticks of ``items`` (key and words), or without items for a step on the scale from 0 to 5."""

    key: str
    about: str
    items: tuple[tuple[str, str], ...]

    def score(self, answer: Any) -> Decimal:
        """Return 0 to 100. An answer that is not there scores nothing."""
        if self.items:
            known = {key for key, _words in self.items}
            return Decimal(100 * len(known & set(answer or ()))) / len(known)
        return Decimal(100 * min(max(int(answer or 0), 0), MOST)) / MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    key: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The questions for one kind of client (``sme`` or ``public``) in one version; ``scale`` is step and words."""

    kind: str
    version: str
    title: str
    scale: tuple[tuple[int, str], ...]
    dimensions: tuple[Dimension, ...]

    def scores(self, answers: Mapping[str, Any]) -> dict[str, Decimal]:
        """Return 0 to 100 for each dimension: the average of its questions."""
        return {
            dimension.key: _average([question.score(answers.get(question.key)) for question in dimension.questions])
            for dimension in self.dimensions
        }

    def overall(self, answers: Mapping[str, Any]) -> Decimal:
        """Return the average of the dimensions."""
        return _average(list(self.scores(answers).values()))


def _average(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(_CENT)
