"""What a timetable answers: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hansa.engine.problem import Reason

GoalName = Literal["weight", "empty_handed", "gaps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two participants in a slot at a place. ``weight`` is what it counts; ``is_fixed``: it was there from the start."""

    pair: tuple[str, str]
    slot_id: str
    place_id: str
    weight: float
    is_fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal and how far it was reached, in the order of importance.

    ``bound`` cannot be beaten while the goals before keep their values; equal to ``value`` when ``proven``.
    weight: what the meetings count together (more is better). empty_handed: people who asked for a meeting and have
    none (less). gaps: slots between the first and last meeting of a person in which they wait, summed (less).
    """

    name: GoalName
    value: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A wish that is not met, and why."""

    asker: str
    asked: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableAnswer:
    """The meetings, their proof, and the reasons. Meetings in the order of slots, then of participants."""

    meetings: tuple[Meeting, ...]
    goals: tuple[Goal, ...]
    unmet: tuple[Unmet, ...]
    reasons: tuple[Reason, ...]

    @property
    def value(self) -> float:
        """What the meetings count together."""
        return self.goals[0].value

    @property
    def bound(self) -> float:
        """What no timetable can exceed."""
        return self.goals[0].bound

    @property
    def gap(self) -> float:
        """The share of the bound that is missing, 0..1."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0

    @property
    def proven(self) -> bool:
        """Whether no timetable counts more."""
        return self.goals[0].proven


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAnswer:
    """A timetable after changes.

    ``lost``: meetings of before that are no longer held. ``moved``: those a change hit and that are held elsewhere.
    ``moved_others``: those no change hit, as they are now. ``added``: wishes met for the first time. ``goals``:
    "weight" of the meetings of before that are still wanted, then "moved_others".
    """

    meetings: tuple[Meeting, ...]
    lost: tuple[Meeting, ...]
    moved: tuple[Meeting, ...]
    moved_others: tuple[Meeting, ...]
    added: tuple[Meeting, ...]
    goals: tuple[RepairGoal, ...]
    reasons: tuple[Reason, ...]

    @property
    def proven(self) -> bool:
        """Whether no repair keeps more, or keeps as much and moves fewer others."""
        return all(goal.proven for goal in self.goals)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairGoal:
    """As ``Goal``. kept: weight of meetings of before that are still possible (more); moved_others: count (less)."""

    name: Literal["kept", "moved_others"]
    value: float
    bound: float
    proven: bool
