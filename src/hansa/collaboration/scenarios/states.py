"""What a scenario file holds, checked on reading: an error names the file's place and what it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Turn = Literal["client", "lead", "partners", "all"]
TURNS = frozenset({"client", "lead", "partners", "all"})


class BadScenario(ValueError):
    """A scenario file that says something impossible. The message names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The three names of a step. ``client`` is empty for a step that the client does not see."""

    hub: str
    client: str = ""
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStep:
    """One step, worked on while the request is in ``state``. ``usual_days`` is a first guess, in days."""

    key: str
    state: str
    turn: Turn
    names: Names
    does: str
    usual_days: int
    moves: tuple[str, ...]
    ends_with: str = ""
    optional: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What must be true before the move ``before``."""

    key: str
    before: str
    by: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A benefit, cost or risk. ``is_answered`` tells, for a risk, whether the blueprint has an answer to it."""

    id: str
    label: str
    is_answered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a role gains, spends and risks."""

    key: str
    benefits: tuple[Point, ...]
    costs: tuple[Point, ...]
    risks: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One way to cooperate. ``instrument`` names the agreement it is signed with."""

    id: str
    version: str
    title: str
    short: str
    when: str
    source: str
    instrument: str
    actors: Mapping[str, str]
    steps: tuple[ScenarioStep, ...]
    gates: tuple[Gate, ...]
    roles: Mapping[str, Role]

    def steps_in(self, state: str) -> tuple[ScenarioStep, ...]:
        """Return the steps worked on in a state of the request, in order."""
        return tuple(step for step in self.steps if step.state == state)

    def usual_days(self, states: frozenset[str]) -> int:
        """Return how long these states usually take together, in days; optional steps run beside the others."""
        return sum(step.usual_days for step in self.steps if step.state in states and not step.optional)


def read_scenario(content: Any, *, where: str) -> Scenario:
    """Turn the content of one file into a scenario.

    :raises BadScenario: naming ``where`` and the place in it
    """
    try:
        head = content["scenario"]
        return Scenario(
            id=head["id"],
            version=head["version"],
            title=head["title"],
            short=head["short"],
            when=head["when"],
            source=head["source"],
            instrument=head["instrument"],
            actors=dict(content["actors"]),
            steps=tuple(_step(row, where=f"{where}, step {n}") for n, row in enumerate(content["steps"], start=1)),
            gates=tuple(
                Gate(key=row["key"], before=row["before"], by=row["by"], says=row["says"])
                for row in content.get("gates", ())
            ),
            roles={key: _role(key, row) for key, row in content["roles"].items()},
        )
    except (KeyError, TypeError) as error:
        raise BadScenario(f"{where}: {error} is missing or has the wrong shape") from error


def _step(row: Mapping[str, Any], *, where: str) -> ScenarioStep:
    if row["turn"] not in TURNS:
        raise BadScenario(f"{where}: turn must be one of {', '.join(sorted(TURNS))}, not {row['turn']!r}")
    if not isinstance(row["usual_days"], int) or row["usual_days"] < 0:
        raise BadScenario(f"{where}: usual_days must be a whole number of days, 0 or more")
    names = row["names"]
    return ScenarioStep(
        key=row["key"],
        state=row["state"],
        turn=row["turn"],
        names=Names(hub=names["hub"], client=names.get("client", ""), later=names["later"]),
        does=row["does"],
        usual_days=row["usual_days"],
        moves=tuple(row["moves"]),
        ends_with=row.get("ends_with", ""),
        optional=bool(row.get("optional", False)),
        documents=tuple(row.get("documents", ())),
    )


def _role(key: str, row: Mapping[str, Any]) -> Role:
    def points(name: str) -> tuple[Point, ...]:
        return tuple(
            Point(id=point["id"], label=point["label"], is_answered=bool(point.get("blueprint_answers", True)))
            for point in row.get(name, ())
        )

    return Role(key=key, benefits=points("benefits"), costs=points("costs"), risks=points("risks"))
