"""An independent check of what counts as near. Shares no code with the search for paths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from hansa.engine.closeness import Closeness, Edge, Nearness

SLACK = 1e-4  # strengths are single precision
_CALLED = {"broader": ("broader", "narrower"), "related": ("related", "related"), "requires": ("needs", "needed_by")}


def check_nearness(
    *,
    wanted: Sequence[Any],
    edges: Iterable[Edge[Any]],
    held: Sequence[Mapping[Any, float]],
    found: Nearness[Any],
    setting: Closeness = Closeness(),
) -> tuple[str, ...]:
    """Return what is wrong with what counts as near. ``held``: what each candidate has, and how strongly. Never raises.

    Each path must be made of relations the vocabulary states, be worth the product of its steps, and end at something
    the candidate has; strength is that worth times the evidence, and never more than half a cover. Where nothing is
    found, no neighbour one step away may be held.
    """
    try:
        return tuple(_faults_of_nearness(wanted, edges, held, found, setting))
    except Exception as error:
        return (f"the check failed: {type(error).__name__}: {error}",)


def _faults_of_nearness(
    wanted: Sequence[Any],
    edges: Iterable[Edge[Any]],
    held: Sequence[Mapping[Any, float]],
    found: Nearness[Any],
    setting: Closeness,
) -> Iterator[str]:
    stated: dict[tuple[Any, Any], set[str]] = {}
    for edge in edges:
        along, against = _CALLED[edge.kind]
        stated.setdefault((edge.source, edge.target), set()).add(along)
        stated.setdefault((edge.target, edge.source), set()).add(against)
    neighbours: dict[Any, dict[Any, float]] = {}
    for (here, there), names in stated.items():
        neighbours.setdefault(here, {})[there] = max(float(getattr(setting, name)) for name in names)
    for row, has in enumerate(held):
        for column, want in enumerate(wanted):
            strength, number = float(found.strength[row, column]), int(found.path[row, column])
            if number >= 0:
                yield from _faults_of_path(found.paths[number], want, strength, has, stated, setting)
            elif strength:
                yield f"candidate {row} is near {want} without a path"
            at_hand = max(
                (worth * has[near] for near, worth in neighbours.get(want, {}).items() if near in has and near != want
                 and worth >= setting.least), default=0.0,
            )  # fmt: skip
            if setting.most_steps and at_hand > strength + SLACK:
                yield f"candidate {row} has something nearer to {want} than the answer says"


def _faults_of_path(
    path: Any, want: Any, strength: float, has: Mapping[Any, float], stated: Mapping[Any, set[str]], setting: Closeness
) -> Iterator[str]:
    pairs = list(pairwise(path.concepts))
    if path.concepts[0] != want or len(pairs) != len(path.steps) or not 0 < len(pairs) <= setting.most_steps:
        yield f"the path to {path.concepts[-1]} does not lead from {want}"
        return
    for pair, step in zip(pairs, path.steps, strict=True):
        if step not in stated.get(pair, set()):
            yield f"the vocabulary does not say that {pair[1]} is {step} of {pair[0]}"
    worth = math.prod(float(getattr(setting, step)) for step in path.steps)
    evidence = has.get(path.concepts[-1], 0.0)
    if abs(worth * evidence - strength) > SLACK or strength > 0.5 + SLACK:
        yield f"{path.concepts[-1]} counts {worth * evidence:.4f} for {want}, the answer says {strength:.4f}"
