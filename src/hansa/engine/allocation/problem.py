"""What an allocation is asked about. Validated on construction; an error names the field and what it must be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hansa.engine.problem import BadProblem

RuleName = Literal["country", "network", "cooperation", "stated", "languages", "expertise", "load"]
CONFLICTS: tuple[RuleName, ...] = ("country", "network", "cooperation", "stated")
RULES: tuple[RuleName, ...] = (*CONFLICTS, "languages", "expertise", "load")
MOST_EUR = 1e9
MOST_POINTS = 1e6


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise BadProblem(message)


def require_amount(value: object, name: str, most: float) -> None:
    """Refuse what is no finite number from 0 to ``most``.

    :raises BadProblem: naming the field
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    _require(is_number and math.isfinite(value) and 0 <= value <= most, f"{name} must be a number from 0 to {most:g}")  # type: ignore[operator, arg-type]


def require_count(value: object, name: str, least: int = 0) -> None:
    """Refuse what is no whole number from ``least`` on.

    :raises BadProblem: naming the field
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    _require(is_whole and least <= value <= 1_000_000, f"{name} must be a whole number from {least} on")  # type: ignore[operator]


def require_distinct(ids: Iterable[str], name: str) -> None:
    """Refuse an id that is empty or occurs twice.

    :raises BadProblem: naming the field and the id
    """
    seen: set[str] = set()
    for one in ids:
        _require(bool(one), f"{name} must not be empty")
        _require(one not in seen, f"{name} {one} occurs twice")
        seen.add(one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One request for a grant. ``value``: the points it was judged worth, 0 or more; it is granted whole or not at all."""

    id: str
    hub: str
    amount_eur: float
    value: float
    country: str = ""
    groups: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _require(bool(self.hub), f"Application.hub of {self.id} must not be empty")
        require_amount(self.amount_eur, f"Application.amount_eur of {self.id}", MOST_EUR)
        require_amount(self.value, f"Application.value of {self.id}", MOST_POINTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRules:
    """What bounds the choice. ``max_per_hub`` and ``max_per_country`` count grants; an application without a country
    counts for none. ``min_shares``: of the money granted, at least this share (0..1) goes to applications of the group."""

    budget_eur: float
    max_per_hub: int | None = None
    max_per_country: int | None = None
    min_shares: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_amount(self.budget_eur, "GrantRules.budget_eur", MOST_EUR)
        for name in ("max_per_hub", "max_per_country"):
            if getattr(self, name) is not None:
                require_count(getattr(self, name), f"GrantRules.{name}")
        for group, share in self.min_shares.items():
            require_amount(share, f"GrantRules.min_shares of {group}", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """Somebody who assesses hubs. ``cooperated``: ids of hubs they worked with; ``conflicts``: ids of hubs they named."""

    id: str
    country: str = ""
    networks: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    expertise: frozenset[str] = frozenset()
    cooperated: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    max_load: int = 3

    def __post_init__(self) -> None:
        require_count(self.max_load, f"Assessor.max_load of {self.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A hub to be assessed by ``n_assessors`` people, each speaking one of its ``languages`` (none stated: any will do),
    who together know all of ``expertise``."""

    id: str
    country: str = ""
    networks: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    expertise: frozenset[str] = frozenset()
    n_assessors: int = 2

    def __post_init__(self) -> None:
        require_count(self.n_assessors, f"Assessed.n_assessors of {self.id}", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorRules:
    """Which rules hold; all of them unless some are lifted. The load limits are lifted like any other."""

    lifted: frozenset[RuleName] = frozenset()

    def __post_init__(self) -> None:
        unknown = sorted(set(self.lifted) - set(RULES))
        _require(not unknown, f"AssessorRules.lifted knows {', '.join(RULES)}, not {', '.join(unknown)}")

    @property
    def held(self) -> frozenset[RuleName]:
        """The rules in force."""
        return frozenset(RULES) - self.lifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One that may be drawn, and the stratum it belongs to."""

    id: str
    stratum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """How many to draw, from which public words, and how many of each stratum at least (or all, if it has fewer)."""

    size: int
    seed: str
    min_per_stratum: int = 0

    def __post_init__(self) -> None:
        require_count(self.size, "Draw.size")
        require_count(self.min_per_stratum, "Draw.min_per_stratum")
        _require(bool(self.seed.strip()), "Draw.seed must not be empty: announce it before the draw")
