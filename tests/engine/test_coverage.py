"""When the clauses of an agreement are held against the risks of its roles."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.coverage import ClauseAnswers, CoverageProblem, closing_set, coverage, needed_by
from hansa.engine.problem import BadProblem

KEYS = "abcdefg"
RISKS = ("R1", "R2", "R3", "R4")


def clause(key: str, *risks: str, **more: object) -> ClauseAnswers:
    return ClauseAnswers(key=key, risks=frozenset(risks), **more)  # type: ignore[arg-type]


@st.composite
def problems(draw: st.DrawFn) -> tuple[CoverageProblem, frozenset[str]]:
    """A library of up to seven clauses, some of which need or exclude others, and those taken without a clash."""
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    pairs = list(combinations(keys, 2))
    needs = draw(st.sets(st.sampled_from(pairs), max_size=3)) if pairs else set()
    # Whoever is needed is not excluded as well, or some clause could never be taken.
    free = [pair for pair in pairs if pair not in needs]
    clashes = draw(st.sets(st.sampled_from(free), max_size=3)) if free else set()
    problem = CoverageProblem(
        risks=RISKS,
        clauses=tuple(
            ClauseAnswers(
                key=key,
                risks=frozenset(draw(st.sets(st.sampled_from(RISKS), max_size=3))),
                requires=frozenset(other for one, other in needs if one == key),
                excludes=frozenset({*(b for a, b in clashes if a == key), *(a for a, b in clashes if b == key)}),
                preferred=draw(st.booleans()),
            )
            for key in keys
        ),
    )
    taken = frozenset(draw(st.sets(st.sampled_from(keys))))
    taken |= frozenset(needed_by(problem, taken))
    return problem, taken if stands(problem, taken) else frozenset()


def stands(problem: CoverageProblem, keys: frozenset[str]) -> bool:
    everything = keys | set(needed_by(problem, keys))
    return not any(one.excludes & everything for one in problem.clauses if one.key in everything)


def fewest_by_trying(problem: CoverageProblem, taken: frozenset[str]) -> int | None:
    """Try every set of further clauses; the size of the smallest that answers everything, None when none does."""
    rest = [one for one in problem.clauses if one.key not in taken]
    held = {risk for one in problem.clauses if one.key in taken for risk in one.risks}
    for size in range(len(rest) + 1):
        for chosen in combinations(rest, size):
            keys = taken | {one.key for one in chosen}
            if stands(problem, keys) and held | {r for one in chosen for r in one.risks} >= set(problem.risks):
                return size
    return None


@given(problems())
def test_without_a_clause_exactly_the_predicted_risks_open(case):
    """Source: BP-AGR-03."""
    problem, taken = case
    before = coverage(problem, taken)
    for key in taken:
        after = coverage(problem, taken - {key})
        assert set(before.covered) - set(after.covered) == set(before.lost_without(key))
        assert set(after.covered) <= set(before.covered)


@given(problems())
def test_covered_and_open_are_all_risks_in_their_order(case):
    problem, taken = case
    found = coverage(problem, taken)
    assert sorted(found.covered + found.open) == sorted(problem.risks)
    answered = {risk for one in problem.clauses if one.key in taken for risk in one.risks}
    assert set(found.covered) == answered


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_closing_set_is_the_smallest_there_is(case):
    problem, taken = case
    found = closing_set(problem, taken)
    after = coverage(problem, {*taken, *found.clauses})
    assert set(found.unanswerable) == set(after.open)
    assert stands(problem, taken | set(found.clauses))
    assert not set(found.clauses) & taken
    fewest = fewest_by_trying(problem, taken)
    if fewest is not None:
        assert found.unanswerable == ()
        assert found.is_proven
        assert len(found.clauses) == fewest


def test_what_the_blueprint_asks_for_comes_first_among_equals():
    clauses = (clause("ours", "R1"), clause("theirs", "R1", preferred=True))
    problem = CoverageProblem(risks=("R1",), clauses=clauses)
    assert closing_set(problem, ()).clauses == ("theirs",)


def test_one_clause_of_ours_comes_before_two_of_the_blueprint():
    clauses = (
        clause("a", "R1", preferred=True),
        clause("b", "R2", preferred=True),
        clause("both", "R1", "R2"),
    )
    problem = CoverageProblem(risks=("R1", "R2"), clauses=clauses)
    assert closing_set(problem, ()).clauses == ("both",)


def test_what_it_needs_is_named_besides():
    clauses = (clause("a", "R1", requires=frozenset("b")), clause("b", requires=frozenset("c")), clause("c"))
    problem = CoverageProblem(risks=("R1",), clauses=clauses)
    found = closing_set(problem, ())
    assert (found.clauses, found.needed) == (("a",), ("b", "c"))


def test_an_alternative_of_what_is_taken_is_not_proposed():
    clauses = (
        clause("joint", "R1", excludes=frozenset({"licence"})),
        clause("licence", "R1", "R2", excludes=frozenset({"joint"})),
    )
    problem = CoverageProblem(risks=("R1", "R2"), clauses=clauses)
    found = closing_set(problem, ("joint",))
    assert (found.clauses, found.unanswerable) == ((), ("R2",))
    assert closing_set(problem, ()).clauses == ("licence",)


def test_a_clause_that_is_not_there_is_refused():
    problem = CoverageProblem(risks=("R1",), clauses=(clause("a", "R1"),))
    with pytest.raises(BadProblem, match="no clause b"):
        coverage(problem, ("b",))
    with pytest.raises(BadProblem, match="a speaks of b"):
        CoverageProblem(risks=(), clauses=(clause("a", requires=frozenset("b")),))
    with pytest.raises(BadProblem, match="clause twice"):
        CoverageProblem(risks=(), clauses=(clause("a"), clause("a")))
    with pytest.raises(BadProblem, match="risk twice"):
        CoverageProblem(risks=("R", "R"), clauses=())
