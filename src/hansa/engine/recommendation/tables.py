"""Rows of tables and lines of queries to values; every complaint names its place and its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hansa.engine.problem import BadProblem
from hansa.engine.recommendation.past import Draft, History, Participation, Project, Suggestion

Row = Mapping[str, str]

GROUPS = ("topics", "masterCall", "fundingScheme", "legalBasis")
MOST_LETTERS = 100_000
_DRAFT = {"id": str, "title": str, "objective": str, "partners": list}


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
        title, objective = _cell(row, "title", where), _cell(row, "objective", where, needed=False)
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
    """Read one query: ``{"id", "title", "objective", "partners": [names]}``.

    :raises BadProblem: naming the place given and the field.
    """
    if not isinstance(document, Mapping):
        raise BadProblem(f"{where}: must be an object with id, title, objective and partners")
    if unknown := sorted(set(document) - set(_DRAFT)):
        raise BadProblem(f"{where}: {unknown[0]} is not a field of a query")
    if "id" not in document:
        raise BadProblem(f"{where}: id is missing")
    for name, kind in _DRAFT.items():
        if not isinstance(document.get(name, kind()), kind):
            raise BadProblem(f"{where}: {name} must be a {'text' if kind is str else 'list of names'}")
    partners = document.get("partners", [])
    if not all(isinstance(partner, str) and partner.strip() for partner in partners):
        raise BadProblem(f"{where}: partners must be names that are not empty")
    texts = {name: document.get(name, "") for name in ("id", "title", "objective")}
    for name, text in {**texts, "partners": " ".join(partners)}.items():
        if "\0" in text or len(text) > MOST_LETTERS:
            raise BadProblem(f"{where}: {name} must be plain text of at most {MOST_LETTERS} letters")
    try:
        return Draft(partners=tuple(partners), **texts)
    except BadProblem as bad:
        raise BadProblem(f"{where}: {bad}") from bad


def answer_of(draft: Draft, suggestions: Sequence[Suggestion], *, say: Any) -> dict[str, Any]:
    """Write the answer to one query. ``say`` turns a reason into its sentence."""
    return {
        "id": draft.id,
        "organisations": [
            {"name": one.name, "score": one.score, "reasons": [say(reason) for reason in one.reasons]}
            for one in suggestions
        ],
    }
