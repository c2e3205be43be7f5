"""Which risks the clauses of an agreement answer, and the fewest clauses that answer those left open.

A clause answers some risks. What stands covers the risks that one of its clauses answers; a clause that alone answers
a risk opens it when it goes. Closing a gap is a cover: rows are the open risks, columns the clauses not yet taken.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from hansa.engine.consortium.setcover import CoverProblem, cheapest_cover
from hansa.engine.problem import BadProblem
from hansa.engine.verify.setcover import check_cover


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseAnswers:
    """One clause: the risks it answers, the clauses it needs, and those it cannot stand beside.

    ``preferred`` clauses come first among equally small sets.
    """

    key: str
    risks: frozenset[str]
    requires: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageProblem:
    """The risks to be answered and the clauses there are, each once."""

    risks: tuple[str, ...]
    clauses: tuple[ClauseAnswers, ...]

    def __post_init__(self) -> None:
        keys = [clause.key for clause in self.clauses]
        if len(keys) != len(set(keys)):
            raise BadProblem("CoverageProblem.clauses names a clause twice")
        if len(self.risks) != len(set(self.risks)):
            raise BadProblem("CoverageProblem.risks names a risk twice")
        for clause in self.clauses:
            if unknown := (clause.requires | clause.excludes) - set(keys):
                raise BadProblem(f"CoverageProblem.clauses: {clause.key} speaks of {min(unknown)}, which is not there")

    def by_key(self) -> dict[str, ClauseAnswers]:
        return {clause.key: clause for clause in self.clauses}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """For each risk the clauses taken that answer it, both in the order of the problem."""

    answered_by: Mapping[str, tuple[str, ...]]

    @property
    def covered(self) -> tuple[str, ...]:
        return tuple(risk for risk, clauses in self.answered_by.items() if clauses)

    @property
    def open(self) -> tuple[str, ...]:
        return tuple(risk for risk, clauses in self.answered_by.items() if not clauses)

    def lost_without(self, key: str) -> tuple[str, ...]:
        """Return the risks that open when this clause goes: exactly those that it answers alone."""
        return tuple(risk for risk, clauses in self.answered_by.items() if clauses == (key,))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingSet:
    """The fewest ``clauses`` that answer the open risks, what they need besides (``needed``), and what nothing answers.

    ``is_proven``: no smaller set answers as much.
    """

    clauses: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    unanswerable: tuple[str, ...] = ()
    is_proven: bool = True


def coverage(problem: CoverageProblem, taken: Collection[str]) -> Coverage:
    """Say which of the taken clauses answer each risk. O(risks x clauses).

    :raises BadProblem: a clause taken is not there
    """
    if unknown := set(taken) - {clause.key for clause in problem.clauses}:
        raise BadProblem(f"coverage: there is no clause {min(unknown)}")
    stands = [clause for clause in problem.clauses if clause.key in taken]
    return Coverage(
        answered_by={risk: tuple(clause.key for clause in stands if risk in clause.risks) for risk in problem.risks}
    )


def needed_by(problem: CoverageProblem, taken: Collection[str]) -> tuple[str, ...]:
    """Return the clauses that those taken cannot stand without and that are not taken, in the order of the problem."""
    found = problem.by_key()
    waiting, all_needed = list(taken), set(taken)
    while waiting:
        for key in found[waiting.pop()].requires - all_needed:
            all_needed.add(key)
            waiting.append(key)
    return tuple(clause.key for clause in problem.clauses if clause.key in all_needed and clause.key not in taken)


def closing_set(problem: CoverageProblem, taken: Collection[str]) -> ClosingSet:
    """Find the fewest clauses that answer what is open beside those taken, preferred ones first among equals.

    A clause that excludes one taken, by itself or by what it needs, is no candidate; two that exclude each other are
    never both proposed. What is needed besides does not count as larger. Every cover is checked before it is given out.

    :raises BadProblem: a clause taken is not there
    """
    is_open = set(coverage(problem, taken).open)
    candidates = [
        clause
        for clause in problem.clauses
        if clause.key not in taken and clause.risks & is_open and not _clashes(problem, [*taken, clause.key])
    ]
    answerable = tuple(risk for risk in problem.risks if any(risk in clause.risks for clause in candidates))
    unanswerable = tuple(risk for risk in problem.risks if risk in is_open and risk not in answerable)
    rows = tuple(risk for risk in answerable if risk in is_open)
    found = _smallest(problem, taken, candidates, rows)
    if found is None:  # what is left excludes each other: answer as much as the candidates in their order can
        return _in_turn(problem, taken, candidates, is_open)
    keys, is_proven = found
    return ClosingSet(
        clauses=keys,
        needed=needed_by(problem, [*taken, *keys]),
        unanswerable=unanswerable,
        is_proven=is_proven,
    )


def _clashes(problem: CoverageProblem, taken: Collection[str]) -> frozenset[str]:
    """Return two clauses that exclude each other among those taken and what they need; nothing if none do."""
    found = problem.by_key()
    stands = [*taken, *needed_by(problem, taken)]
    for key in stands:
        for other in stands:
            if other in found[key].excludes:
                return frozenset({key, other})
    return frozenset()


def _smallest(
    problem: CoverageProblem, taken: Collection[str], candidates: list[ClauseAnswers], rows: tuple[str, ...]
) -> tuple[tuple[str, ...], bool] | None:
    """Return the smallest cover of the rows without a clash, and whether it is proven; None when there is none.

    Where a cover holds a clash, the best of the two without the one or the other is the answer: it cannot hold both.
    """
    if not rows:
        return (), True
    places = [[n for n, clause in enumerate(candidates) if row in clause.risks] for row in rows]
    if not all(places):
        return None
    # A clause costs more than all preferences together, so that few clauses come first.
    costs = [len(candidates) + 1 - clause.preferred for clause in candidates]
    cover = CoverProblem(costs=np.array(costs, dtype=np.int64), rows=tuple(np.array(row) for row in places))
    answer = cheapest_cover(cover, seconds=1.0)
    if problems := check_cover(cover, answer):
        raise RuntimeError(f"The cover found is wrong: {problems[0]}")
    keys = tuple(candidates[n].key for n in answer.columns)
    clash = _clashes(problem, [*taken, *keys])
    if not clash:
        return keys, answer.proven
    without = [
        [clause for clause in candidates if key not in {clause.key, *needed_by(problem, [clause.key])}]
        for key in sorted(clash)
    ]
    smaller = [rest for rest in without if len(rest) < len(candidates)]
    found = [part for rest in smaller if (part := _smallest(problem, taken, rest, rows)) is not None]
    return min(found, key=lambda part: len(part[0]), default=None)


def _in_turn(
    problem: CoverageProblem, taken: Collection[str], candidates: list[ClauseAnswers], is_open: set[str]
) -> ClosingSet:
    keys: list[str] = []
    left = set(is_open)
    for clause in candidates:
        if clause.risks & left and not _clashes(problem, [*taken, *keys, clause.key]):
            keys.append(clause.key)
            left -= clause.risks
    return ClosingSet(
        clauses=tuple(keys),
        needed=needed_by(problem, [*taken, *keys]),
        unanswerable=tuple(risk for risk in problem.risks if risk in left),
        is_proven=False,
    )
