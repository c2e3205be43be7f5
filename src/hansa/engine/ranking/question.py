"""What a ranking is asked beside the need and the market: kinds, weights, rules. Validated on construction."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from hansa.engine.closeness import Nearness
from hansa.engine.problem import BadProblem

Kind = Literal["hub", "facility", "expert", "case", "organisation"]
PartName = Literal["fit", "track_record", "languages", "nearness", "capacity", "trust"]
Mode = Literal["complementary", "similar"]
Conflict = Literal["", "competitor", "listed"]
Consequence = Literal["say", "exclude"]

KINDS: tuple[Kind, ...] = ("hub", "facility", "expert", "case", "organisation")
PARTS: tuple[PartName, ...] = ("fit", "track_record", "languages", "nearness", "capacity", "trust")
MODES: tuple[Mode, ...] = ("complementary", "similar")
CONFLICTS: tuple[Conflict, ...] = ("", "competitor", "listed")
CONSEQUENCES: tuple[Consequence, ...] = ("say", "exclude")

# Which parts of a score make sense for a kind. A laboratory speaks no language, past work has no free days and lies
# nowhere, an organisation of the ecosystem is not asked for days.
APPLIES: dict[Kind, frozenset[PartName]] = {
    "hub": frozenset(PARTS),
    "facility": frozenset({"fit", "nearness", "trust"}),
    "expert": frozenset(PARTS),
    "case": frozenset({"fit", "trust"}),
    "organisation": frozenset({"fit", "track_record", "languages", "nearness", "trust"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How a ranking is scored: points per part, a stated and versioned setting. They add up to 100.

    Where a part does not apply to a kind, its points go to the parts that do, in proportion to their own.
    """

    version: str = "2026-11.2"
    fit: float = 50
    track_record: float = 15
    languages: float = 10
    nearness: float = 5
    capacity: float = 10
    trust: float = 10

    def __post_init__(self) -> None:
        for name in PARTS:
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise BadProblem(f"Weights.{name} must be a number from 0 on, not {value}")
        total = sum(getattr(self, name) for name in PARTS)
        if abs(total - 100) > 1e-6:
            raise BadProblem(f"Weights must add up to 100, not {total:g}")

    def of(self, kind: Kind) -> tuple[float, ...]:
        """Return the most points of each part for a kind, in the order of ``PARTS``; 0 for parts that do not apply."""
        own = [getattr(self, name) if name in APPLIES[kind] else 0.0 for name in PARTS]
        total = sum(own)
        return tuple(100 * weight / total for weight in own) if total else tuple(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What speaks against a candidate whatever it can do: it is said, or the candidate is left out.

    payment: one that the client may not pay, by ``Market.may_be_paid``, or because it sits abroad and ``pays_abroad``
        is false. competitor, listed: one that is a competitor of the client, or on the list of conflicts.
    Rules take no points.
    """

    payment: Consequence = "say"
    competitor: Consequence = "say"
    listed: Consequence = "exclude"
    pays_abroad: bool = True

    def __post_init__(self) -> None:
        for name in ("payment", "competitor", "listed"):
            if getattr(self, name) not in CONSEQUENCES:
                raise BadProblem(f"Rules.{name} must be say or exclude, not {getattr(self, name)!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What else is known of the candidates of a market, as columns (candidates,). None: nothing, all are hubs.

    near: what they have near the wants. has_place: whether the need has a place; without one nearness gives all its
    points to everybody, as a need without languages does.
    """

    kinds: tuple[Kind, ...] | None = None
    conflicts: tuple[Conflict, ...] | None = None
    near: Nearness[Any] | None = None
    has_place: bool = False

    def require_fitting(self, n: int, wants: int) -> None:
        """Refuse columns that do not belong to so many candidates and wants.

        :raises BadProblem: naming the field.
        """
        for name, known in (("kinds", KINDS), ("conflicts", CONFLICTS)):
            column = getattr(self, name)
            if column is not None and len(column) != n:
                raise BadProblem(f"Traits.{name} must have {n} entries, one per candidate")
            for value in set(column or ()) - set(known):
                raise BadProblem(f"Traits.{name} holds {value!r}, which is not one of {', '.join(filter(None, known))}")
        if self.near is not None and self.near.strength.shape != (n, wants):
            raise BadProblem(f"Traits.near must have shape ({n}, {wants})")
