"""What allocations answer: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hansa.engine.allocation.problem import RuleName
from hansa.engine.problem import Reason

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfunded:
    """An application without a grant. ``points_short``: by how much its value would have to rise to be granted, all else
    equal; None where no value is enough, or time ran out. ``instead_of``: what would lose its grant then."""

    id: str
    points_short: float | None
    instead_of: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAnswer:
    """The grants, ids in the order of the applications. ``value``: their points; ``bound``: no choice within the rules is
    worth more; equal when ``proven``. Of equal values the cheaper choice, then the one with the earlier applications."""

    status: Status
    funded: tuple[str, ...]
    value: float
    bound: float
    proven: bool
    spent_eur: float
    unfunded: tuple[Unfunded, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The assessors of one hub, and why each of them fits. ``missing``: places that nobody could take."""

    hub: str
    assessors: tuple[str, ...]
    missing: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorGoal:
    """One goal in its order and how far it was reached: ``places`` filled (more is better), ``most`` (the largest load),
    ``least`` (the smallest load, more is better), ``match`` (asked expertise known, summed over assessors; more is better)."""

    name: Literal["places", "most", "least", "match"]
    value: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorAnswer:
    """Who assesses whom. ``infeasible``: not every hub can have all its assessors; ``teams`` then fills as many places as
    the rules allow, ``blocking_rules`` is the fewest rules that make it impossible together and ``blocked_hubs`` hubs that
    cannot all be served, none of which can be left out."""

    status: Status
    teams: tuple[Team, ...]
    loads: Mapping[str, int]
    goals: tuple[AssessorGoal, ...]
    blocking_rules: tuple[RuleName, ...] = ()
    blocked_hubs: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAnswer:
    """What was drawn: ids by stratum (strata in the order of their names, ids in the order drawn), how many there are and
    were drawn, and the check sum of what was drawn from."""

    drawn: tuple[str, ...]
    by_stratum: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, tuple[int, int]]
    check_sum: str
    reasons: tuple[Reason, ...]
