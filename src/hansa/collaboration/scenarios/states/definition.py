"""What a scenario says: stages, steps, gates, roles with what they gain, spend and risk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

Turn = Literal["client", "lead", "partners", "all"]
TURNS = frozenset({"client", "lead", "partners", "all"})
Answered = Literal["yes", "partly", "no"]


class Kind:
    """Who works a step off. The product's own pages do for ``CORE`` and ``CANVAS``; the others are worked off in general."""

    CORE = "core"
    CANVAS = "canvas"
    FORM = "form"
    DOCUMENT = "document"
    APPROVAL = "approval"
    MEETING = "meeting"


GENERAL_KINDS = frozenset({Kind.FORM, Kind.DOCUMENT, Kind.APPROVAL, Kind.MEETING})
KINDS = GENERAL_KINDS | {Kind.CORE, Kind.CANVAS}
FIELD_KINDS = frozenset({"text", "number", "money", "date", "choice", "yes_no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The three names of a step. ``client`` is empty for a step that the client does not see."""

    hub: str
    client: str = ""
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a step's form."""

    key: str
    label: str
    kind: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStep:
    """One step, worked on while the request is in ``state``.

    ``usual_days`` is a first guess and ``deadline_days`` a limit (0 for none), both from the day the step is open.
    ``after`` names steps that come first; steps that wait for the same run side by side. ``before`` names the move that
    is possible only when a step that is not optional is done.
    """

    key: str
    state: str
    turn: Turn
    names: Names
    does: str
    usual_days: int
    moves: tuple[str, ...]
    kind: str = Kind.CORE
    ends_with: str = ""
    before: str = ""
    after: tuple[str, ...] = ()
    optional: bool = False
    deadline_days: int = 0
    fields: tuple[Field, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def is_general(self) -> bool:
        """Whether the step is worked off on the page of steps, which knows nothing of what it is about."""
        return self.kind in GENERAL_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the tracker shows of some states, by audience (hub, client, partner)."""

    key: str
    states: frozenset[str]
    names: Mapping[str, str]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What must be true before the move ``before``."""

    key: str
    before: str
    by: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A benefit, cost or risk. ``is_answered`` tells, for a risk, how far the blueprint has an answer to it."""

    id: str
    label: str
    is_answered: Answered = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a role gains, spends and risks."""

    key: str
    benefits: tuple[Point, ...]
    costs: tuple[Point, ...]
    risks: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhancement:
    """What makes a scenario work better: ``answers`` are ids of costs and risks, ``clauses`` what brings it about."""

    id: str
    what: str
    answers: tuple[str, ...]
    roles: tuple[str, ...]
    kind: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One way to cooperate, in one version. ``instrument`` names the agreement it is signed with.

    ``base`` is the scenario of the blueprint (NS, JD, MM) that the product's own steps come from; a scenario that ships
    with Hansa is its own base.
    """

    id: str
    version: str
    base: str
    title: str
    short: str
    when: str
    source: str
    instrument: str
    has_client: bool
    actors: Mapping[str, str]
    stages: tuple[Stage, ...]
    steps: tuple[ScenarioStep, ...]
    gates: tuple[Gate, ...]
    roles: Mapping[str, Role]
    enhancements: tuple[Enhancement, ...] = ()
    tools: tuple[str, ...] = ()

    def steps_in(self, state: str) -> tuple[ScenarioStep, ...]:
        """Return the steps worked on in a state of the request, in order."""
        return tuple(step for step in self.steps if step.state == state)

    def step(self, key: str) -> ScenarioStep | None:
        return next((step for step in self.steps if step.key == key), None)

    def stage_in(self, state: str) -> Stage | None:
        """Return the stage that spans a state; none for a case that is over."""
        return next((stage for stage in self.stages if state in stage.states), None)

    def waited_for(self, move: str, *, done: Collection[str]) -> tuple[ScenarioStep, ...]:
        """Return the steps that must be done before a move and are not; steps that can be left out never hold it up."""
        return tuple(step for step in self.steps if step.before == move and not step.optional and step.key not in done)

    def open_steps(self, state: str, *, done: Collection[str]) -> tuple[ScenarioStep, ...]:
        """Return the general steps that can be worked on now: their state has come, and all that they wait for is done.

        A step of the product's own that one waits for counts as done once its state is over.
        """
        return tuple(
            step
            for step in self.steps
            if step.is_general
            and step.key not in done
            and self._has_come(step.state, state)
            and all(self._is_over(key, state, done) for key in step.after)
        )

    def _has_come(self, state: str, now: str) -> bool:
        order = list(dict.fromkeys(step.state for step in self.steps))
        return now in order and order.index(state) <= order.index(now)

    def _is_over(self, key: str, now: str, done: Collection[str]) -> bool:
        step = self.step(key)
        if step is None or key in done:
            return True
        return not step.is_general and step.state != now and self._has_come(step.state, now)

    def usual_days(self, states: frozenset[str]) -> int:
        """Return how long these states usually take together, in days; optional steps run beside the others."""
        return sum(step.usual_days for step in self.steps if step.state in states and not step.optional)
