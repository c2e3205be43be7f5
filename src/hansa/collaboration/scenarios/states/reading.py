"""Turning the content of a scenario's file into a scenario: an error names the place and what it must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hansa.collaboration.scenarios.states.definition import (
    FIELD_KINDS,
    KINDS,
    TURNS,
    Answered,
    Enhancement,
    Field,
    Gate,
    Kind,
    Names,
    Point,
    Role,
    Scenario,
    ScenarioStep,
    Stage,
)

_ANSWERED: dict[Any, Answered] = {True: "yes", False: "no", "partly": "partly"}


class BadScenario(ValueError):
    """A scenario that says something impossible. The message names the place."""


def read_scenario(content: Any, *, where: str) -> Scenario:
    """Turn the content of one file into a scenario.

    :raises BadScenario: naming ``where`` and the place in it
    """
    try:
        head = content["scenario"]
        return Scenario(
            id=head["id"],
            version=head["version"],
            base=head.get("base", head["id"]),
            title=head["title"],
            short=head["short"],
            when=head["when"],
            source=head["source"],
            instrument=head["instrument"],
            has_client=head["has_client"],
            actors=dict(content["actors"]),
            stages=tuple(_stage(row) for row in content["stages"]),
            steps=tuple(_step(row, where=f"{where}, step {n}") for n, row in enumerate(content["steps"], start=1)),
            gates=tuple(
                Gate(key=row["key"], before=row["before"], by=row["by"], says=row["says"])
                for row in content.get("gates", ())
            ),
            roles={key: _role(key, row) for key, row in content["roles"].items()},
            enhancements=tuple(_enhancement(row) for row in content.get("enhancements", ())),
            tools=tuple(content.get("tools", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadScenario(f"{where}: {error} is missing or has the wrong shape") from error


def _stage(row: Mapping[str, Any]) -> Stage:
    return Stage(key=row["key"], states=frozenset(row["states"]), names=dict(row["names"]), notes=dict(row["notes"]))


def _step(row: Mapping[str, Any], *, where: str) -> ScenarioStep:
    _one_of("turn", row["turn"], TURNS, where)
    _one_of("kind", row.get("kind", Kind.CORE), KINDS, where)
    names = row["names"]
    return ScenarioStep(
        key=row["key"],
        state=row["state"],
        turn=row["turn"],
        names=Names(hub=names["hub"], client=names.get("client", ""), later=names["later"]),
        does=row["does"],
        usual_days=_days(row, "usual_days", where),
        moves=tuple(row["moves"]),
        kind=row.get("kind", Kind.CORE),
        ends_with=row.get("ends_with", ""),
        before=row.get("before", ""),
        after=tuple(row.get("after", ())),
        optional=bool(row.get("optional", False)),
        deadline_days=_days(row, "deadline_days", where),
        fields=tuple(_field(field, where=where) for field in row.get("fields", ())),
        documents=tuple(row.get("documents", ())),
    )


def _field(row: Mapping[str, Any], *, where: str) -> Field:
    _one_of("kind of a question", row["kind"], FIELD_KINDS, where)
    choices = tuple(row.get("choices", ()))
    if row["kind"] == "choice" and len(choices) < 2:
        raise BadScenario(f"{where}: the question {row['key']!r} needs at least two choices")
    return Field(
        key=row["key"],
        label=row["label"],
        kind=row["kind"],
        required=bool(row.get("required", True)),
        choices=choices,
    )


def _one_of(name: str, value: Any, allowed: frozenset[str], where: str) -> None:
    if value not in allowed:
        raise BadScenario(f"{where}: {name} must be one of {', '.join(sorted(allowed))}, not {value!r}")


def _days(row: Mapping[str, Any], name: str, where: str) -> int:
    days = row.get(name, 0) if name != "usual_days" else row[name]
    if not isinstance(days, int) or days < 0:
        raise BadScenario(f"{where}: {name} must be a whole number of days, 0 or more")
    return days


def _role(key: str, row: Mapping[str, Any]) -> Role:
    def points(name: str) -> tuple[Point, ...]:
        rows: Sequence[Mapping[str, Any]] = row.get(name, ())
        return tuple(
            Point(id=point["id"], label=point["label"], is_answered=_ANSWERED[point.get("blueprint_answers", True)])
            for point in rows
        )

    return Role(key=key, benefits=points("benefits"), costs=points("costs"), risks=points("risks"))


def _enhancement(row: Mapping[str, Any]) -> Enhancement:
    return Enhancement(
        id=row["id"],
        what=row["what"],
        answers=tuple(row["answers"]),
        roles=tuple(row["for"]),
        kind=row["kind"],
        clauses=tuple(row.get("clauses", ())),
    )
