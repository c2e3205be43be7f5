"""Questions of allocation and their answers as JSON documents (docs/formats/), read strictly and written plainly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar, cast

from hansa.engine.allocation.answer import AssessorAnswer, GrantAnswer, SampleAnswer
from hansa.engine.allocation.problem import Application, Assessed, Assessor, AssessorRules, Candidate, Draw, GrantRules
from hansa.engine.problem import BadProblem, Reason

Say = Callable[[Reason], str]
T = TypeVar("T")
MOST_LETTERS = 1000


def grants_from(document: Any) -> tuple[tuple[Application, ...], GrantRules]:
    """Read applications and rules.

    :raises BadProblem: naming the path of the field, as in ``applications[3].amount_eur``
    """
    rest, (rows,) = _taken(document, "applications")
    rules = _built(GrantRules, rest, "")
    return tuple(_built(Application, row, f"applications[{n}]") for n, row in enumerate(rows)), rules


def assessors_from(document: Any) -> tuple[tuple[Assessed, ...], tuple[Assessor, ...], AssessorRules]:
    """Read hubs, assessors and the rules lifted.

    :raises BadProblem: naming the path of the field
    """
    rest, (hubs, people) = _taken(document, "hubs", "assessors")
    rules = _built(AssessorRules, rest, "")
    return (
        tuple(_built(Assessed, row, f"hubs[{n}]") for n, row in enumerate(hubs)),
        tuple(_built(Assessor, row, f"assessors[{n}]") for n, row in enumerate(people)),
        rules,
    )


def sample_from(document: Any) -> tuple[tuple[Candidate, ...], Draw]:
    """Read candidates and what to draw.

    :raises BadProblem: naming the path of the field
    """
    rest, (rows,) = _taken(document, "candidates")
    draw = _built(Draw, rest, "")
    return tuple(_built(Candidate, row, f"candidates[{n}]") for n, row in enumerate(rows)), draw


def grants_to(answer: GrantAnswer, *, say: Say) -> dict[str, Any]:
    """Write a choice of grants."""
    return {
        "status": answer.status,
        "value": answer.value,
        "bound": answer.bound,
        "proven": answer.proven,
        "funded": list(answer.funded),
        "spent_eur": answer.spent_eur,
        "unfunded": [
            {
                "id": one.id,
                **({} if one.points_short is None else {"points_short": one.points_short}),
                "instead_of": list(one.instead_of),
                "reasons": [say(reason) for reason in one.reasons],
            }
            for one in answer.unfunded
        ],
        "reasons": [say(reason) for reason in answer.reasons],
    }


def assessors_to(answer: AssessorAnswer, *, say: Say) -> dict[str, Any]:
    """Write an assignment."""
    return {
        "status": answer.status,
        "goals": [
            {"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven}
            for goal in answer.goals
        ],
        "teams": [
            {
                "hub": team.hub,
                "assessors": list(team.assessors),
                "missing": team.missing,
                "reasons": [say(reason) for reason in team.reasons],
            }
            for team in answer.teams
        ],
        "loads": dict(answer.loads),
        "blocking_rules": list(answer.blocking_rules),
        "blocked_hubs": list(answer.blocked_hubs),
        "reasons": [say(reason) for reason in answer.reasons],
    }


def sample_to(answer: SampleAnswer, *, say: Say) -> dict[str, Any]:
    """Write a draw."""
    return {
        "drawn": list(answer.drawn),
        "strata": [
            {"stratum": name, "size": of, "places": places, "drawn": list(answer.by_stratum[name])}
            for name, (of, places) in answer.sizes.items()
        ],
        "check_sum": answer.check_sum,
        "reasons": [say(reason) for reason in answer.reasons],
    }


def _taken(document: Any, *lists: str) -> tuple[dict[str, Any], list[list[Any]]]:
    """The lists named, and what else the document holds."""
    if not isinstance(document, Mapping):
        raise BadProblem("the document must be an object")
    rest = dict(document)
    found = [rest.pop(name, None) for name in lists]
    for name, rows in zip(lists, found, strict=True):
        if not isinstance(rows, list):
            raise BadProblem(f"{name} must be a list")
    return rest, cast("list[list[Any]]", found)


def _built(kind: type[T], row: Any, path: str) -> T:
    """Make a value of its JSON object; its own checks say what is wrong with numbers."""
    where = f"{path}." if path else ""
    if not isinstance(row, Mapping):
        raise BadProblem(f"{path} must be an object")
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for name in row:
        if name not in known:
            raise BadProblem(f"{where}{name} is not known; known are {', '.join(known)}")
    values = {}
    for name, one in known.items():
        if row.get(name) is not None:
            values[name] = _value(row[name], str(one.type), f"{where}{name}")
        elif one.default is MISSING and one.default_factory is MISSING:
            raise BadProblem(f"{where}{name} is missing")
    try:
        return kind(**values)
    except BadProblem as bad:
        raise BadProblem(f"{path}: {bad}" if path else str(bad)) from bad


def _value(value: Any, kind: str, where: str) -> Any:
    if kind == "str":
        if not isinstance(value, str) or "\0" in value or len(value) > MOST_LETTERS:
            raise BadProblem(f"{where} must be plain text of at most {MOST_LETTERS} letters")
        return value
    if kind.startswith("frozenset"):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise BadProblem(f"{where} must be a list of texts")
        return frozenset(value)
    if kind.startswith("Mapping") and not isinstance(value, Mapping):
        raise BadProblem(f"{where} must be an object")
    return value
