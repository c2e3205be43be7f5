"""The frozen inputs and answers: past projects, who took part in them, drafts that look for partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hansa.engine.problem import BadProblem, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of the past. ``groups`` names what it was funded under: ``{"masterCall": "...", ...}``, may be empty."""

    id: str
    title: str
    objective: str
    groups: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require(bool(self.id.strip()), "Project.id must not be empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """One organisation in one project. ``kind`` is a code such as HES (university) or PRC (company), or empty.

    When the project is not among the projects given, it counts for nothing but where the organisation comes from:
    nobody may learn from a project whose text is held back.
    """

    project_id: str
    name: str
    country: str = ""
    kind: str = ""
    city: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.name.strip()), f"Participation.name must not be empty (project {self.project_id})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A project that looks for partners. ``partners`` are names in any form; all may be empty but not text and partners."""

    id: str
    title: str
    objective: str = ""
    partners: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.id.strip()), "Draft.id must not be empty")
        said = (self.title, self.objective, *self.partners)
        _require(any(text.strip() for text in said), f"Draft.title of {self.id} must not be empty without partners")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is known of past cooperation. The order of both tuples does not matter."""

    projects: tuple[Project, ...]
    participations: tuple[Participation, ...]

    def __post_init__(self) -> None:
        ids = {project.id for project in self.projects}
        _require(bool(ids), "History.projects must not be empty")
        _require(len(ids) == len(self.projects), "History.projects must not name the same id twice")
        met = any(row.project_id in ids for row in self.participations)
        _require(met, "History.participations must name at least one of the projects")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An organisation that may be a good partner. ``name`` is spelt as in the history.

    ``score``, 0..1: the share of this organisation when one next partner is drawn from all candidates. ``reasons``
    are never empty, most telling first.
    """

    name: str
    score: float
    reasons: tuple[Reason, ...]


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise BadProblem(message)
