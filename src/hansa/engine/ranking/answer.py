"""A ranking as it is given back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hansa.engine.closeness import Path
from hansa.engine.problem import Reason
from hansa.engine.ranking.question import Kind, PartName


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a score: ``points`` of at most ``of``."""

    name: PartName
    points: float
    of: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCover:
    """A want that is covered in part, by a concept that is near. ``strength`` is 0..0.5."""

    want_id: str
    strength: float
    path: Path[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One candidate. ``score`` is the sum of the points of ``parts``, 0..100; parts that do not apply are not there.

    ``covers`` holds (want id, strength 0..1) of what it covers of the need, strongest first; ``lacks`` the want ids it
    does not, ``near`` those of them for which it has something near. ``pros`` and ``cons`` come most telling first.
    ``change`` says what would change its place.
    """

    id: int
    kind: Kind
    place: int
    score: float
    parts: tuple[Part, ...]
    pros: tuple[Reason, ...]
    cons: tuple[Reason, ...]
    covers: tuple[tuple[str, float], ...]
    lacks: tuple[str, ...]
    near: tuple[NearCover, ...]
    change: Reason

    def points(self, name: PartName) -> float:
        """The points of one part; 0 where it does not apply."""
        return next((part.points for part in self.parts if part.name == name), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A candidate that a rule keeps out, and why."""

    id: int
    kind: Kind
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The best first, and whom the rules keep out in the order of the market. ``n`` counts all that were ranked."""

    ranked: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...]
    n: int
