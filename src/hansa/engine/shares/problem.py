"""What a split of fees is asked about. Validated on construction; an error names the field and what it must be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hansa.engine.problem import BadProblem

MOST_EUR = Decimal(1_000_000_000)
MOST_EFFORT = Decimal(1_000_000)
MOST_MEMBERS = 300
CENT = Decimal("0.01")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise BadProblem(message)


def require_amount(value: object, name: str, most: Decimal) -> None:
    """Refuse what is no finite decimal from 0 to ``most``.

    :raises BadProblem: naming the field
    """
    is_number = isinstance(value, Decimal) and value.is_finite()
    _require(is_number and 0 <= value <= most, f"{name} must be a decimal from 0 to {most:,}")  # type: ignore[operator]


def require_cents(value: Decimal, name: str) -> None:
    """Refuse an amount finer than a cent.

    :raises BadProblem: naming the field
    """
    _require(value == value.quantize(CENT), f"{name} must be a whole number of cents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One party of a case. ``effort`` counts in any unit that all members share; ``benefit_eur`` is what the party gains
    besides the fee, where it said so in money."""

    id: str
    cost_eur: Decimal
    effort: Decimal
    benefit_eur: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        _require(bool(self.id), "Member.id must not be empty")
        for name in ("cost_eur", "benefit_eur"):
            require_amount(getattr(self, name), f"Member.{name} of {self.id}", MOST_EUR)
            require_cents(getattr(self, name), f"Member.{name} of {self.id}")
        require_amount(self.effort, f"Member.effort of {self.id}", MOST_EFFORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareProblem:
    """The fees of a case and its members.

    ``lead`` is the member without whom there is no case, because the client is its client; without a lead any group
    can work. ``needs_all``: the client pays nothing unless all deliver; else it pays for each part, by its effort.
    """

    fees_eur: Decimal
    members: tuple[Member, ...]
    lead: str | None = None
    needs_all: bool = False

    def __post_init__(self) -> None:
        require_amount(self.fees_eur, "ShareProblem.fees_eur", MOST_EUR)
        require_cents(self.fees_eur, "ShareProblem.fees_eur")
        _require(bool(self.members), "ShareProblem.members must hold at least one member")
        _require(len(self.members) <= MOST_MEMBERS, f"ShareProblem.members must hold at most {MOST_MEMBERS}")
        ids = [member.id for member in self.members]
        _require(len(set(ids)) == len(ids), "ShareProblem.members must not name the same id twice")
        _require(self.lead is None or self.lead in ids, "ShareProblem.lead must be one of the members")
