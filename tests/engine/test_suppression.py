"""When figures about few are held back. Source: BP-REC-R3.1."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.problem import BadProblem
from hansa.engine.shares import Cell, shown


def group(key, *pairs):
    return Cell(key=key, pairs=frozenset(pairs))


def many(start, n, hub="hub"):
    return [(f"case {k}", f"{hub} {k}") for k in range(start, start + n)]


@st.composite
def trees(draw):
    """All, two or three scenarios in it, two roles in each; few hubs, so that they repeat."""
    cells, everything = [], set()
    number = 0
    for scenario in range(draw(st.integers(1, 3))):
        in_scenario = set()
        for role in ("lead", "partner"):
            n, hubs = draw(st.integers(0, 9)), draw(st.integers(1, 9))
            pairs = {(number + k, f"{role} {k % hubs}") for k in range(n)}
            number += n
            in_scenario |= pairs
            cells.append(group((scenario, role), *pairs))
        everything |= in_scenario
        cells.append(group(scenario, *in_scenario))
    cells.append(group("all", *everything))
    return draw(st.permutations(cells))


@given(trees())
@settings(max_examples=80, deadline=None, database=None)
def test_no_group_and_no_difference_of_groups_is_about_fewer_than_five(cells):
    """Every way to add and subtract groups that yields a group: it is empty or large."""
    kept = shown(cells)
    groups = [cell.pairs for cell in cells if cell.key in kept]
    everyone = sorted(set().union(*groups), key=str) if groups else []
    for signs in product((-1, 0, 1), repeat=min(len(groups), 7)):
        counts = {
            one: sum(sign for sign, pairs in zip(signs, groups, strict=False) if one in pairs) for one in everyone
        }
        if set(counts.values()) <= {0, 1}:
            left = [one for one, n in counts.items() if n]
            assert not left or (len({case for case, _ in left}) >= 5 and len({hub for _, hub in left}) >= 5)


def test_a_small_group_takes_its_smallest_neighbour_with_it():
    """Else it could be worked out from the whole."""
    lead, partner, other = many(0, 4), many(10, 6), many(20, 9)
    cells = [group("all", *lead, *partner, *other), group("a", *lead), group("b", *partner), group("c", *other)]
    assert shown(cells) == {"all", "c"}


def test_a_large_group_of_one_hub_is_held_back():
    assert shown([group("all", *[(f"case {n}", "hub") for n in range(30)])]) == frozenset()


def test_large_groups_are_all_shown():
    one, two = many(0, 5), many(10, 5)
    assert shown([group("all", *one, *two), group("a", *one), group("b", *two)]) == {"all", "a", "b"}


def test_the_same_group_under_two_names_is_shown_twice():
    assert shown([group("a", *many(0, 5)), group("b", *many(0, 5))]) == {"a", "b"}


@pytest.mark.parametrize(
    ("cells", "least", "says"),
    [
        ([group("a", *many(0, 5)), group("b", *many(3, 5))], 5, "overlap"),
        ([group("a"), group("a")], 5, "key"),
        ([], 0, "least"),
    ],
)
def test_what_is_no_tree_is_refused(cells, least, says):
    with pytest.raises(BadProblem, match=says):
        shown(cells, least=least)
