"""The frozen inputs of the engine. Validated on construction; an error names the field and what it must be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

DEAREST_EUR = 1_000_000_000  # a day of work; keeps sums in cents within whole numbers


class BadProblem(ValueError):
    """An input that makes no sense. The message names the field."""


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise BadProblem(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One entry of a vocabulary, as the language part sees it.

    ``labels`` maps a language code to its labels, the preferred one first. ``definition`` is English or empty.
    ``kind`` is ``activity``, ``skill``, ``technology`` or ``sector``. ``prior`` (log-odds) is below 0 for a concept
    that is meant more seldom than others of its kind: -1.5 suits the special skills of a large classification.
    """

    id: str
    kind: str
    labels: Mapping[str, tuple[str, ...]]
    definition: str = ""
    prior: float = 0.0

    def __post_init__(self) -> None:
        _require(bool(self.id), "Concept.id must not be empty")
        _require(any(self.labels.values()), f"Concept.labels of {self.id} must hold at least one label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A concept found in a text, with the words that carried the decision.

    ``start`` and ``end`` count characters of the original text; ``text[start:end] == words``. ``sentence`` is the
    sentence around them. ``confidence`` is 0..1, calibrated: about that share of such findings is confirmed.
    ``evidence`` says how: ``words`` (a label occurs) or ``meaning`` (vectors are near).
    """

    concept_id: str
    kind: str
    confidence: float
    words: str
    start: int
    end: int
    sentence: str
    evidence: Literal["words", "meaning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One competence or activity that a need asks for.

    ``min_strength`` (0..1) and ``backups`` (hubs needed, for a must-have) stand in for those of ``Limits`` where given.
    """

    id: str
    label: str
    must_have: bool = True
    min_strength: float | None = None
    backups: int | None = None

    def __post_init__(self) -> None:
        _require(bool(self.id), "Want.id must not be empty")
        _require(self.min_strength is None or 0 < self.min_strength <= 1, "Want.min_strength must lie in (0, 1]")
        _require(self.backups is None or self.backups >= 1, "Want.backups must be 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is missing, and what matters about who brings it."""

    wants: tuple[Want, ...]
    languages: frozenset[str] = frozenset()
    country: str = ""

    def __post_init__(self) -> None:
        ids = [want.id for want in self.wants]
        _require(len(ids) == len(set(ids)), "Need.wants must not name the same id twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The hubs that could help, as columns of equal length (hubs,), in a stable order.

    strength: float32, shape (hubs, wants), 0..1: how strong the evidence is that the hub covers the want
        (1 = checked by others, 0.8 = the hub says so and shows evidence, 0.4 = derived from its text, 0 = no).
    cost_eur: float32, shape (hubs,): price of one day of work, a stated network default where unknown.
    distance_km: float32, shape (hubs,): to the need's place; NaN where unknown.
    trust: float32, shape (hubs,), 0..1.
    free_days: float32, shape (hubs,): free days a month; NaN where unknown.
    joint_deliveries: int32, shape (hubs,): closed cooperations so far.
    may_be_paid: bool, shape (hubs,): whether the client may pay the hub directly; without it every hub may be.
    capacity: int32, shape (hubs,): how many must-haves the hub can lead at most; without it any number.
    worked_together: pairs of hub ids (the lead's too), the lower first, that have worked together before.
    """

    ids: tuple[int, ...]
    names: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[frozenset[str], ...]
    strength: Floats
    cost_eur: Floats
    distance_km: Floats
    trust: Floats
    free_days: Floats
    joint_deliveries: Ints
    may_be_paid: npt.NDArray[np.bool_] | None = None
    capacity: Ints | None = None
    worked_together: frozenset[tuple[int, int]] = frozenset()

    def __post_init__(self) -> None:
        n = len(self.ids)
        for name in ("may_be_paid", "capacity"):
            column = getattr(self, name)
            _require(column is None or len(column) == n, f"Market.{name} must have {n} entries, one per hub")
        _require(
            self.capacity is None
            or (np.issubdtype(self.capacity.dtype, np.integer) and bool(np.all(self.capacity >= 0))),
            "Market.capacity must hold whole numbers from 0 on",
        )
        _require(
            all(low < high for low, high in self.worked_together),
            "Market.worked_together must hold pairs of two hubs, the lower id first",
        )
        _require(len(set(self.ids)) == n, "Market.ids must be unique")
        for name in (
            "names",
            "countries",
            "languages",
            "cost_eur",
            "distance_km",
            "trust",
            "free_days",
            "joint_deliveries",
        ):
            _require(len(getattr(self, name)) == n, f"Market.{name} must have {n} entries, one per hub")
        _require(
            self.strength.ndim == 2 and self.strength.shape[0] == n, f"Market.strength must have shape ({n}, wants)"
        )
        _require(bool(np.all((self.strength >= 0) & (self.strength <= 1))), "Market.strength must lie between 0 and 1")
        _require(
            bool(np.all((self.cost_eur >= 0) & (self.cost_eur <= DEAREST_EUR))),
            f"Market.cost_eur must lie between 0 and {DEAREST_EUR:,}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCover:
    """What the lead hub brings by itself: free, always in the team, never counted as a partner.

    strength: float32, shape (wants,), 0..1, same meaning as in ``Market``. ``hub_id`` keeps the lead out of its own
    shortlist and team. ``country`` counts for the country rules of ``Limits`` when it is known. ``capacity`` is how
    many must-haves it can lead at most; None is any number.
    """

    strength: Floats
    hub_id: int | None = None
    name: str = ""
    country: str = ""
    capacity: int | None = None

    def __post_init__(self) -> None:
        _require(self.capacity is None or self.capacity >= 0, "LeadCover.capacity must be 0 or more")
        _require(self.strength.ndim == 1, "LeadCover.strength must have shape (wants,)")
        _require(
            bool(np.all((self.strength >= 0) & (self.strength <= 1))), "LeadCover.strength must lie between 0 and 1"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Side conditions of a team. ``max_partners`` does not count the lead, which is free and always in.

    ``min_strength`` is the least strength (0..1) that counts as covering. ``backups`` is how many hubs each
    must-have needs (1 = no backup). ``budget_eur`` bounds the sum of ``Market.cost_eur`` over the partners.
    ``languages``: every partner must speak at least one of them; a hub of unknown languages does not.
    The country rules count the lead's country too. ``max_unpaid`` bounds the partners that may not be paid directly
    (``Market.may_be_paid``). ``max_led`` is how many must-haves any one partner may lead, beside its own
    ``Market.capacity``.
    """

    max_partners: int = 5
    max_per_country: int | None = None
    min_countries: int | None = None
    min_strength: float = 0.3
    backups: int = 1
    budget_eur: float | None = None
    required: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    max_unpaid: int | None = None
    max_led: int | None = None

    def __post_init__(self) -> None:
        _require(self.max_led is None or self.max_led >= 1, "Limits.max_led must be 1 or more")
        _require(self.max_unpaid is None or self.max_unpaid >= 0, "Limits.max_unpaid must be 0 or more")
        _require(self.max_partners >= 0, "Limits.max_partners must be 0 or more")
        _require(self.backups >= 1, "Limits.backups must be 1 or more")
        _require(0 < self.min_strength <= 1, "Limits.min_strength must lie in (0, 1]")
        _require(not self.required & self.excluded, "Limits.required and Limits.excluded must not share a hub")
        _require(self.max_per_country is None or self.max_per_country >= 1, "Limits.max_per_country must be 1 or more")
        _require(self.min_countries is None or self.min_countries >= 1, "Limits.min_countries must be 1 or more")
        _require(
            self.budget_eur is None or 0 <= self.budget_eur < math.inf, "Limits.budget_eur must be a number from 0 on"
        )

    def least_for(self, want: Want) -> float:
        """The least strength that counts as covering a want."""
        return self.min_strength if want.min_strength is None else want.min_strength

    def backups_for(self, want: Want) -> int:
        """How many hubs a want needs when it is a must-have."""
        return self.backups if want.backups is None else want.backups


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason from the vocabulary of ``explain``: a code and the facts that fill its sentence."""

    code: str
    _: KW_ONLY
    facts: Mapping[str, object] = field(default_factory=dict)
    good: bool = True


def require_fitting(*, need: Need, market: Market, lead: LeadCover | None = None) -> None:
    """Refuse a need, a market and a lead whose shapes do not belong together.

    :raises BadProblem: naming the field.
    """
    wants = len(need.wants)
    columns = market.strength.shape[1]
    _require(columns == wants, f"Market.strength must have {wants} columns, one per want, not {columns}")
    if lead is not None:
        _require(len(lead.strength) == wants, f"LeadCover.strength must have {wants} entries, one per want")
    known = {*market.ids, lead.hub_id if lead is not None else None} if market.worked_together else set()
    for hub_id in sorted({hub_id for pair in market.worked_together for hub_id in pair} - known):
        raise BadProblem(f"Market.worked_together names hub {hub_id}, which is not in the market")
