"""Past cooperation as arrays: who was in which project, and what both are like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hansa.engine.recommendation.names import SameAs
from hansa.engine.recommendation.past import History, Participation, Project
from hansa.engine.recommendation.words import Texts

MOST_GROUPS = 300  # values of one column; each costs one number per organisation

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything in a stable order: projects by id, organisations by what they did (so that
    a new name alone changes nothing), then by key.

    members: sparse 0 or 1, shape (projects, organisations). words: sparse, shape (projects, words). themes:
    shape (projects, themes).
    country, kind, city: shape (organisations,), a number per value; 0 is "not known". groups: per column of
    ``Project.groups`` sparse 0 or 1, shape (projects, values).
    """

    projects: tuple[Project, ...]
    keys: tuple[str, ...]
    names: tuple[str, ...]
    countries: tuple[str, ...]
    place: dict[str, int]
    country: Places
    kind: Places
    city: Places
    members: Any
    words: Any
    themes: npt.NDArray[np.float64]
    groups: dict[str, Any]
    texts: Texts

    def part(self, rows: Places) -> Network:
        """Return the network as if only these projects had been."""
        return replace(
            self,
            projects=tuple(self.projects[row] for row in rows),
            members=self.members[rows],
            words=self.words[rows],
            themes=self.themes[rows],
            groups={name: values[rows] for name, values in self.groups.items()},
        )

    @property
    def size(self) -> int:
        return len(self.keys)


def network_of(history: History, *, same_as: SameAs) -> Network:
    """Put a history into arrays. O(rows log rows)."""
    projects = tuple(sorted(history.projects, key=lambda project: project.id))
    rows = {project.id: row for row, project in enumerate(projects)}
    by_key: dict[str, list[Participation]] = defaultdict(list)
    for participation in history.participations:
        by_key[same_as(participation.name)].append(participation)
    keys = tuple(sorted(by_key, key=lambda key: (_signature(by_key[key], rows), key)))
    place = {key: number for number, key in enumerate(keys)}
    pairs = {(rows[p.project_id], place[key]) for key in keys for p in by_key[key] if p.project_id in rows}
    texts = Texts([(project.title, project.objective) for project in projects])
    countries = tuple(_usual([p.country for p in by_key[key]]) for key in keys)
    return Network(
        projects=projects,
        keys=keys,
        names=tuple(_usual([p.name for p in by_key[key]]) for key in keys),
        countries=countries,
        place=place,
        country=_numbered(countries),
        kind=_numbered([_usual([p.kind for p in by_key[key]]) for key in keys]),
        city=_numbered([_usual([same_as(p.city) if p.city else "" for p in by_key[key]]) for key in keys]),
        members=_incidence(sorted(pairs), (len(projects), len(keys))),
        words=texts.rows,
        themes=texts.themes(texts.rows),
        groups=_groups(projects),
        texts=texts,
    )


def _signature(taken: Sequence[Participation], rows: dict[str, int]) -> tuple[list[str], list[str]]:
    """What an organisation did and where it comes from, without its name."""
    did = sorted({p.project_id for p in taken if p.project_id in rows})
    return did, sorted({f"{p.country} {p.kind}" for p in taken})


def _usual(values: Sequence[str]) -> str:
    """The most frequent value that is not empty, the first by alphabet of equal ones."""
    counted = Counter(value for value in values if value.strip())
    return min(counted, key=lambda value: (-counted[value], value)) if counted else ""


def _numbered(values: Sequence[str]) -> Places:
    order = ["", *sorted(set(values) - {""})]
    number = {value: place for place, value in enumerate(order)}
    return np.array([number[value] for value in values], dtype=np.int64)


def _incidence(pairs: Sequence[tuple[int, int]], shape: tuple[int, int]) -> Any:
    from scipy.sparse import csr_array

    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def _groups(projects: Sequence[Project]) -> dict[str, Any]:
    """One table per column; a value counts when it puts two projects together, all others are as if not known."""
    tables = {}
    for name in sorted({name for project in projects for name in project.groups}):
        values = [project.groups.get(name, "") for project in projects]
        times = Counter(value for value in values if value)
        kept = sorted((value for value in times if times[value] > 1), key=lambda value: (-times[value], value))
        shared = set(kept[:MOST_GROUPS])
        numbers = _numbered([value if value in shared else "" for value in values])
        if shared:
            tables[name] = _incidence(list(enumerate(numbers.tolist())), (len(projects), int(numbers.max()) + 1))
    return tables
