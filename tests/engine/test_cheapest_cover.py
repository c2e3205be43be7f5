"""When the cheapest cover is looked for, and when its problem comes from a file."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.consortium.setcover import CoverProblem, cheapest_cover, read_orlib
from hansa.engine.problem import BadProblem
from hansa.engine.reference.setcover import cheapest_cover_by_trying
from hansa.engine.verify.setcover import check_cover

SMALL = "3 4\n2 3 4 9\n2 1 4\n2 1 2\n1 3\n"


def cover_of(costs, *rows):
    return CoverProblem(costs=np.array(costs, np.int64), rows=tuple(np.array(row, np.int64) for row in rows))


@st.composite
def covers(draw):
    n = draw(st.integers(1, 9))
    one_price = draw(st.booleans())
    price = st.just(draw(st.integers(0, 3))) if one_price else st.integers(0, 20)
    rows = st.lists(st.sets(st.integers(0, n - 1), min_size=1).map(sorted), min_size=1, max_size=9)
    return cover_of(draw(st.lists(price, min_size=n, max_size=n)), *draw(rows))


@st.composite
def wider_covers(draw):
    """Too many columns to try all; drawn so that the linear relaxation is often not whole."""
    draw_from = np.random.default_rng(draw(st.integers(0, 10_000)))
    n_rows, n = draw(st.sampled_from([(15, 25), (40, 60), (70, 60)]))
    dearest = draw(st.sampled_from([1, 3, 50]))
    inside = draw_from.random((n_rows, n)) < draw(st.sampled_from([0.08, 0.15, 0.3]))
    inside[np.arange(n_rows), draw_from.integers(n, size=n_rows)] = True
    return cover_of(draw_from.integers(1, dearest + 1, size=n), *(np.flatnonzero(row) for row in inside))


def by_highs_alone(problem):
    from scipy.optimize import Bounds, LinearConstraint, milp

    inside = np.zeros((len(problem.rows), len(problem.costs)))
    for row, columns in enumerate(problem.rows):
        inside[row, columns] = 1
    n = len(problem.costs)
    constraints = LinearConstraint(inside, lb=1)
    return round(milp(problem.costs, constraints=constraints, bounds=Bounds(0, 1), integrality=np.ones(n)).fun)


@settings(max_examples=300)
@given(problem=covers())
def test_search_and_brute_force_agree(problem):
    answer = cheapest_cover(problem)
    assert answer.proven
    assert answer.value == cheapest_cover_by_trying(problem)
    assert check_cover(problem, answer) == ()


@settings(max_examples=60)
@given(problem=wider_covers())
def test_search_and_another_solver_agree(problem):
    answer = cheapest_cover(problem)
    assert answer.proven
    assert answer.value == by_highs_alone(problem)
    assert check_cover(problem, answer) == ()


@settings(max_examples=60)
@given(problem=wider_covers(), column=st.integers(0, 24))
def test_a_cheaper_column_never_makes_it_dearer(problem, column):
    costs = problem.costs.copy()
    costs[column] //= 2
    assert cheapest_cover(replace(problem, costs=costs)).value <= cheapest_cover(problem).value


def test_says_a_bound_when_time_runs_out():
    draw_from = np.random.default_rng(1)
    problem = cover_of(
        draw_from.integers(1, 100, size=400), *(draw_from.choice(400, 20, replace=False) for _ in range(200))
    )
    answer = cheapest_cover(problem, seconds=0.001)
    assert check_cover(problem, answer) == ()
    assert 0 < answer.bound < answer.value
    assert [reason.code for reason in answer.reasons] == ["cover_found", "cover_not_proven"]
    assert answer.bound <= cheapest_cover(problem).value <= answer.value


def test_equal_costs_also_get_a_bound_when_time_runs_out():
    draw_from = np.random.default_rng(1)
    problem = cover_of(np.full(500, 3), *(draw_from.choice(500, 90, replace=False) for _ in range(50)))
    answer = cheapest_cover(problem, seconds=0.001)
    assert check_cover(problem, answer) == ()
    assert answer.bound < answer.value


def test_reads_the_format_of_or_library():
    problem = read_orlib(SMALL)
    assert problem.costs.tolist() == [2, 3, 4, 9]
    assert [row.tolist() for row in problem.rows] == [[0, 3], [0, 1], [2]]
    answer = cheapest_cover(problem)
    assert (answer.columns, answer.value, answer.bound) == ((0, 2), 6, 6)


def test_lines_may_break_anywhere():
    assert read_orlib(SMALL.replace(" ", "\r\n")).costs.tolist() == [2, 3, 4, 9]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the file ends where the number of rows should stand"),
        ("3", "line 1: the file ends where the number of columns"),
        ("0 4\n", "line 1: the number of rows must be a whole number from 1"),
        ("3 four\n", "line 1: the number of columns must be .* not 'four'"),
        ("3 999999999999999999999\n", "line 1: the number of columns"),
        ("3 4\n2 3\n4 -9", "line 3: the cost of a column must be a whole number from 0 to 1000000, not '-9'"),
        ("3 4\n2 3\n4 2.5", "line 3: the cost of a column must be a whole number"),
        ("3 4\n2 3\nnan 9", "line 3: the cost of a column must be a whole number"),
        ("3 4\n2 ３ 4 9", "line 2: the cost of a column must be a whole number"),
        ("3 4\n2 3\n\n", "line 2: the file ends where the cost of a column"),
        ("3 4\n2 3 4 9\n0\n", "line 3: how many columns cover row 1 must be a whole number from 1 to 4"),
        ("3 4\n2 3 4 9\n5 1 2 3 4 5", "line 3: how many columns cover row 1"),
        ("3 4\n2 3 4 9\n2 1 4\n2 1 5\n", "line 4: a column of row 2 must be a whole number from 1 to 4, not '5'"),
        ("3 4\n2 3 4 9\n2 1 4\n2 1 0\n", "line 4: a column of row 2"),
        ("3 4\n2 3 4 9\n2 1 4\n2 1 1\n", "line 4: row 2 names a column twice"),
        ("3 4\n2 3 4 9\n2 1 4\n2 1", "line 4: the file ends where a column of row 2"),
        (SMALL + "1", "line 6: more numbers after the last of 3 rows"),
    ],
)
def test_names_the_line_that_is_wrong(text, message):
    with pytest.raises(BadProblem, match=message):
        read_orlib(text)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: cover_of([1]), "rows must hold at least one"),
        (lambda: cover_of([1], []), r"rows\[0\] is covered by no column"),
        (lambda: cover_of([1], [0], [1]), r"rows\[1\] must name columns from 0 to 0"),
        (lambda: cover_of([-1], [0]), "costs must lie between 0"),
        (lambda: cheapest_cover(cover_of([1], [0]), seconds=0), "seconds must be a positive number"),
        (lambda: cheapest_cover(cover_of([1], [0]), seconds=float("nan")), "seconds must be a positive number"),
    ],
)
def test_refuses_what_makes_no_sense(make, message):
    with pytest.raises(BadProblem, match=message):
        make()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"columns": (0,)}, "row 2 is not covered"),
        ({"columns": (0, 0, 2)}, "chosen twice"),
        ({"columns": (0, 2, 7)}, "there is no column 7"),
        ({"value": 5, "bound": 5}, "the columns cost 6, the answer says 5"),
        ({"bound": 7}, "better than its bound"),
        ({"bound": 1}, "the bound 1 is below"),
        ({"columns": None}, "the check failed"),
    ],
)
def test_the_check_finds_a_planted_fault(changes, said):
    problem = read_orlib(SMALL)
    right = cheapest_cover(problem)
    assert check_cover(problem, right) == ()
    assert any(said in fault for fault in check_cover(problem, replace(right, **changes)))
