"""How near two concepts of a vocabulary are: the best short path between them through its relations.

A near concept stands for the wanted one in part. It counts in rankings and nowhere else: the search for teams reads
``Market.strength``, which holds the wanted concepts themselves.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import BadProblem, Floats, Ints

# Ids that can be told apart and put in order: numbers, or texts.
C = TypeVar("C", bound=Hashable)
EdgeKind = Literal["broader", "related", "requires"]
StepKind = Literal["broader", "narrower", "related", "needs", "needed_by", "owner"]

EDGE_KINDS: tuple[EdgeKind, ...] = ("broader", "related", "requires")
STEP_KINDS: tuple[StepKind, ...] = ("broader", "narrower", "related", "needs", "needed_by")
# What an edge is called when it is walked along, and against.
_WALKED: dict[EdgeKind, tuple[StepKind, StepKind]] = {
    "broader": ("broader", "narrower"),
    "related": ("related", "related"),
    "requires": ("needs", "needed_by"),
}
MOST_OF_A_COVER = 0.5  # one step is worth half a cover at most
OF_OWNER = 0.2  # what a thing counts for a want that only its owner covers
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Edge(Generic[C]):
    """A relation as the vocabulary states it: ``source`` has the broader concept ``target``, or requires it."""

    source: C
    target: C
    kind: EdgeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """What a step is worth, a stated and versioned setting. Steps multiply: two steps broader are worth 0.4 x 0.4.

    Seen from what is wanted: ``broader`` leads to a broader concept, ``needs`` to one that the wanted one requires,
    ``needed_by`` to one that requires it. No step is worth more than 0.5, so a near concept never counts as a whole
    cover. Paths worth less than ``least`` (0..1) or longer than ``most_steps`` do not count.
    """

    version: str = "2026-11"
    broader: float = 0.4
    narrower: float = 0.5
    related: float = 0.3
    needs: float = 0.2
    needed_by: float = 0.4
    most_steps: int = 2
    least: float = 0.1

    def __post_init__(self) -> None:
        for name in (*STEP_KINDS, "least"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= MOST_OF_A_COVER):
                raise BadProblem(f"Closeness.{name} must be a number from 0 to {MOST_OF_A_COVER}, not {value}")
        if not 0 <= self.most_steps <= _MOST_STEPS:
            raise BadProblem(f"Closeness.most_steps must lie between 0 and {_MOST_STEPS}, not {self.most_steps}")

    def worth(self, steps: Sequence[StepKind]) -> float:
        """What a path of these steps is worth, 0..1."""
        return math.prod(float(getattr(self, step)) for step in steps)


@dataclass(frozen=True, slots=True)
class Path(Generic[C]):
    """The way from a wanted concept to one that is near: ``concepts`` one longer than ``steps``, the wanted one first.

    ``worth`` is 0..1, the product of its steps.
    """

    concepts: tuple[C, ...]
    steps: tuple[StepKind, ...]
    worth: float

    @property
    def wanted(self) -> C:
        return self.concepts[0]

    @property
    def near(self) -> C:
        return self.concepts[-1]


class Graph(Generic[C]):
    """The relations of a vocabulary, by concept. Built once, O(edges)."""

    def __init__(self, edges: Iterable[Edge[C]]) -> None:
        steps: dict[C, set[tuple[StepKind, C]]] = defaultdict(set)
        for edge in edges:
            if edge.source == edge.target:
                continue
            along, against = _WALKED[edge.kind]
            steps[edge.source].add((along, edge.target))
            steps[edge.target].add((against, edge.source))
        self._steps: dict[C, tuple[tuple[StepKind, C], ...]] = {
            concept: tuple(sorted(found)) for concept, found in steps.items()
        }

    def __contains__(self, concept: object) -> bool:
        return concept in self._steps

    def steps_from(self, concept: C) -> tuple[tuple[StepKind, C], ...]:
        return self._steps.get(concept, ())


def near_concepts(wanted: C, *, graph: Graph[C], setting: Closeness = Closeness()) -> dict[C, Path[C]]:
    """Return every concept near a wanted one with its best path, most worth first; the wanted one is not among them.

    Of paths worth the same the shorter counts, then the one whose concepts come first. O(neighbours ** most_steps).
    """
    found: dict[C, Path[C]] = {}
    ends: dict[C, Path[C]] = {wanted: Path((wanted,), (), 1.0)}
    for _step in range(setting.most_steps):
        ends = _one_step_on(ends, graph, setting)
        for concept, path in ends.items():
            if concept not in found or _order(path) < _order(found[concept]):
                found[concept] = path
    return dict(sorted(found.items(), key=lambda item: _order(item[1])))


def _one_step_on(ends: Mapping[C, Path[C]], graph: Graph[C], setting: Closeness) -> dict[C, Path[C]]:
    """Walk every path one step on; where several end at one concept, the best stays."""
    onward: dict[C, Path[C]] = {}
    for path in ends.values():
        for step, concept in graph.steps_from(path.near):
            worth = path.worth * float(getattr(setting, step))
            if concept in path.concepts or worth < setting.least or worth == 0:
                continue
            longer = Path((*path.concepts, concept), (*path.steps, step), worth)
            if concept not in onward or _order(longer) < _order(onward[concept]):
                onward[concept] = longer
    return onward


def _order(path: Path[C]) -> tuple[float, int, tuple[C, ...], tuple[StepKind, ...]]:
    return -path.worth, len(path.steps), path.concepts, path.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness(Generic[C]):
    """What candidates have near the wants.

    strength: float32, shape (candidates, wants), 0..0.5: what the path is worth, times the strength of the evidence
        for the near concept.
    path: int32, shape (candidates, wants): which of ``paths`` that was, -1 for none.
    labels: names of concepts for the reasons; a concept without one stands for itself.
    """

    strength: Floats
    path: Ints
    paths: tuple[Path[C], ...]
    labels: Mapping[C, str]

    def path_of(self, candidate: int, want: int) -> Path[C] | None:
        number = int(self.path[candidate, want])
        return None if number < 0 else self.paths[number]


def with_owners(near: Nearness[C], wanted: Sequence[C], owners: Floats) -> Nearness[C]:
    """Let what belongs to somebody count a fifth of what its owner covers, where nothing nearer is known.

    owners: float32, shape (candidates, wants), 0..1: how strongly the owner of each candidate covers each want.
    """
    counts = (owners * np.float32(OF_OWNER)).astype(np.float32)
    better = counts > near.strength
    paths = tuple(Path((concept, concept), ("owner",), OF_OWNER) for concept in wanted)
    first = len(near.paths)
    numbers = np.arange(first, first + len(wanted), dtype=np.int32)
    return Nearness(
        strength=np.where(better, counts, near.strength),
        path=np.where(better, numbers, near.path),
        paths=near.paths + paths,
        labels=near.labels,
    )


Posting = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]


def nearness(
    wanted: Sequence[C],
    *,
    graph: Graph[C],
    postings: Mapping[C, Posting],
    n_candidates: int,
    setting: Closeness = Closeness(),
    labels: Mapping[C, str] | None = None,
) -> Nearness[C]:
    """Return the best near concept of each candidate for each want; only one counts for a want.

    ``postings`` give for a concept the candidates that have it (rows, each once) and how strongly (0..1). Of near
    concepts that count the same the one with the better path wins. O(near concepts x candidates that have them).
    """
    strength = np.zeros((n_candidates, len(wanted)), dtype=np.float32)
    path = np.full((n_candidates, len(wanted)), -1, dtype=np.int32)
    paths: list[Path[C]] = []
    for column, concept in enumerate(wanted):
        for near in near_concepts(concept, graph=graph, setting=setting).values():
            posting = postings.get(near.near)
            if posting is None:
                continue
            rows, held = posting
            counts = (held * np.float32(near.worth)).astype(np.float32)
            better = counts > strength[rows, column]
            strength[rows[better], column] = counts[better]
            path[rows[better], column] = len(paths)
            paths.append(near)
    return Nearness(strength=strength, path=path, paths=tuple(paths), labels=labels or {})
