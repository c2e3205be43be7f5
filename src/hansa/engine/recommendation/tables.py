"""Rows of tables and lines of queries to values; every complaint names its place and its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hansa.engine.problem import BadProblem
from hansa.engine.recommendation.past import Draft, History, Participation, Project, Suggestion

Row = Mapping[str, str]

GROUPS = ("topics", "masterCall", "fundingScheme", "legalBasis")
MOST_LETTERS = 100_000
_TEXTS = ("title", "objective")
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def history_from(projects: Iterable[tuple[int, Row]], participants: Iterable[tuple[int, Row]]) -> History:
    """Read the columns of CORDIS: (line number, row) of both tables. Unknown columns are passed over.

    :raises BadProblem: ``projects, line 7: title is missing``.
    """
    found: dict[str, Project] = {}
    for line, row in projects:
        where = f"projects, line {line}"
        id = _cell(row, "id", where)
        if id in found:
            raise BadProblem(f"{where}: id {id} was already given")
        groups = {name: row[name] for name in GROUPS if (row.get(name) or "").strip()}
        title, objective = (_cell(row, name, where, needed=False) for name in ("title", "objective"))
        found[id] = Project(id=id, title=title, objective=objective, groups=groups)
    rows = []
    for line, row in participants:
        where = f"participants, line {line}"
        rows.append(
            Participation(
                project_id=_cell(row, "projectID", where),
                name=_cell(row, "name", where),
                country=(row.get("country") or "").strip(),
                kind=(row.get("activityType") or "").strip(),
                city=(row.get("city") or "").strip(),
            )
        )
    return History(projects=tuple(found.values()), participations=tuple(rows))


def _cell(row: Row, name: str, where: str, *, needed: bool = True) -> str:
    if name not in row:
        raise BadProblem(f"{where}: column {name} is missing")
    value = (row[name] or "").strip()
    if needed and not value:
        raise BadProblem(f"{where}: {name} must not be empty")
    if "\0" in value:
        raise BadProblem(f"{where}: {name} must not hold a NUL character")
    return value


def draft_from(document: Any, *, where: str) -> Draft:
    """Read one query: ``{"id", "title", "objective", "partners": [names]}``. A whole number as id is read as text.

    :raises BadProblem: naming the place given and the field.
    """
    if not isinstance(document, Mapping):
        raise BadProblem(f"{where}: must be an object with id, title, objective and partners")
    if unknown := sorted(set(document) - {"id", *_TEXTS, "partners"}):
        raise BadProblem(f"{where}: {unknown[0]} is not a field of a query")
    id = document.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int):
        raise BadProblem(f"{where}: id must be a text")
    texts = {name: _text(document.get(name) or "", name, where) for name in _TEXTS}
    partners = document.get("partners") or []
    if not isinstance(partners, list):
        raise BadProblem(f"{where}: partners must be a list of names")
    if not all(_text(partner, "partners", where).strip() for partner in partners):
        raise BadProblem(f"{where}: partners must not hold an empty name")
    try:
        return Draft(id=_text(str(id), "id", where), partners=tuple(partners), **texts)
    except BadProblem as bad:
        raise BadProblem(f"{where}: {bad}") from bad


def _text(value: Any, name: str, where: str) -> str:
    if not isinstance(value, str):
        raise BadProblem(f"{where}: {name} must be text")
    if _UNREADABLE.search(value) or len(value) > MOST_LETTERS:
        raise BadProblem(f"{where}: {name} must be plain text of at most {MOST_LETTERS} letters")
    return value


def answer_of(draft: Draft, suggestions: Sequence[Suggestion], *, say: Any) -> dict[str, Any]:
    """Write the answer to one query. ``say`` turns a reason into its sentence."""
    return {
        "id": draft.id,
        "organisations": [
            {"name": one.name, "score": one.score, "reasons": [say(reason) for reason in one.reasons]}
            for one in suggestions
        ],
    }
