"""What the team search answers: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hansa.engine.problem import Reason

GoalName = Literal["coverage", "number", "extras", "cost", "evidence", "distance", "trust", "together", "load"]
Status = Literal["optimal", "feasible", "infeasible", "nothing_to_cover"]

DEFAULT_GOALS: tuple[GoalName, ...] = ("coverage", "number", "extras", "cost", "evidence", "distance", "trust")
OTHER_GOALS: tuple[GoalName, ...] = ("together", "load")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal and how far it was reached, in the order of importance.

    ``value`` of the team and ``bound`` no team can beat while the goals before keep their values; equal when
    ``proven``. Units: coverage = must-haves covered and led (more is better), number = partners, extras = nice-to-haves
    covered (more), cost = EUR for one day of every partner, evidence = sum over wants of the best strength in the
    team, rounded to tenths, a must-have counting twice (more), distance = km summed over partners, trust = what is missing to 1,
    summed over partners, together = pairs in the team that have worked together, the lead included (more), load = most
    must-haves that one partner leads.
    """

    name: GoalName
    value: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A partner of the team (the lead is not one).

    ``covers`` holds (want id, strength), strongest first. ``only_member_for`` are the wants nobody else in the team
    covers, the lead included: what is lost when the hub leaves. ``contribution`` is the share (0..1) of the team's
    evidence that leaves with it.
    """

    hub_id: int
    covers: tuple[tuple[str, float], ...]
    only_member_for: tuple[str, ...]
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePoint:
    """A must-have that rests on one hub of the team. ``hub_id`` None is the lead. Up to two hubs could step in."""

    want_id: str
    hub_id: int | None
    backups: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEffect:
    """What any set of partners achieves together with the lead.

    ``covered_by`` maps every want id to the hubs of the team that cover it, strongest first (None is the lead).
    ``gaps`` are must-haves, ``extras_missing`` nice-to-haves nobody in the team covers. ``breaks`` says which limits
    the set breaks. ``values`` holds every goal's value.
    """

    members: tuple[Member, ...]
    covered_by: Mapping[str, tuple[int | None, ...]]
    n_must: int
    n_covered: int
    gaps: tuple[str, ...]
    extras_missing: tuple[str, ...]
    single_points_of_failure: tuple[SinglePoint, ...]
    countries: tuple[str, ...]
    cost_eur: float
    leads: tuple[tuple[str, int | None], ...]
    unled: tuple[str, ...]
    values: Mapping[GoalName, float]
    breaks: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another team: who goes out of and comes into the proposed one, and what the swap means."""

    hub_ids: tuple[int, ...]
    out: tuple[int, ...]
    into: tuple[int, ...]
    values: Mapping[GoalName, float]
    proven: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAnswer:
    """The proposed team, its proof and its reasons.

    ``status``: ``optimal`` (every goal proven), ``feasible`` (best found in time, see the bounds), ``infeasible`` (no
    team within the limits covers everything that some hub covers: ``conflicts`` names the fewest limits that stand
    in the way, and ``members`` is the team that covers most, empty if the limits allow no team at all) or
    ``nothing_to_cover``. ``gaps`` are must-haves that no hub of the market covers at all; they do not make a team
    infeasible. ``missed`` are must-haves that only the limits keep uncovered, or covered without anybody who has room
    to lead them. ``leads`` names the one hub that leads each other must-have (None is the lead). ``alternatives`` are
    the best teams that really differ from this one and from each other, best first.
    """

    status: Status
    members: tuple[Member, ...] = ()
    goals: tuple[Goal, ...] = ()
    gaps: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    extras_missing: tuple[str, ...] = ()
    single_points_of_failure: tuple[SinglePoint, ...] = ()
    leads: tuple[tuple[str, int | None], ...] = ()
    next_best: Alternative | None = None
    alternatives: tuple[Alternative, ...] = ()
    conflicts: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def hub_ids(self) -> tuple[int, ...]:
        """Ids of the partners, ascending."""
        return tuple(member.hub_id for member in self.members)
