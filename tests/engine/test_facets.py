"""When a list is filtered."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansa.engine.facets import Facets

COUNTRY = [["DE"], ["FR"], ["DE"], [], ["ES"]]
TOPIC = [["ai", "iot"], ["ai"], ["iot"], ["ai"], []]
FACETS = Facets(5, {"country": COUNTRY, "topic": TOPIC})


def test_keys_of_a_group_widen_and_groups_narrow():
    passed = FACETS.mask({"country": {"DE", "FR"}, "topic": {"ai"}})
    assert passed.tolist() == [True, True, False, False, False]


def test_an_empty_selection_filters_nothing():
    assert FACETS.mask({"country": set()}).all()
    assert FACETS.mask({}).all()


def test_a_key_nobody_carries_matches_nothing():
    assert not FACETS.mask({"country": {"XX"}}).any()


def test_counts_what_a_mask_leaves():
    counts = FACETS.counts(np.array([True, True, False, False, False]))
    assert counts == {"country": {"DE": 1, "FR": 1, "ES": 0}, "topic": {"ai": 2, "iot": 1}}


def test_a_group_ignores_its_own_selection():
    counts = FACETS.counts_per_group({"country": {"DE"}, "topic": {"ai"}})
    assert counts == {"country": {"DE": 1, "FR": 1, "ES": 0}, "topic": {"ai": 1, "iot": 2}}


def test_counts_within_what_passed_before():
    base = np.array([False, True, True, True, True])
    assert FACETS.counts_per_group({"topic": {"ai"}}, base=base)["country"] == {"DE": 0, "FR": 1, "ES": 0}


def test_an_unknown_group_is_refused():
    with pytest.raises(ValueError, match="sector"):
        FACETS.mask({"sector": {"x"}})


def test_a_column_of_wrong_length_is_refused():
    with pytest.raises(ValueError, match="country"):
        Facets(3, {"country": [["DE"]]})


def test_no_items_at_all():
    empty = Facets(0, {"country": []})
    assert empty.mask({"country": {"DE"}}).tolist() == []
    assert empty.counts() == {"country": {}}


keys = st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=80)


@given(first=keys, chosen=st.sets(st.integers(0, 7)), other=st.sets(st.integers(0, 7)), seed=st.integers(0, 99))
def test_counts_as_one_would_by_hand(first, chosen, other, seed):
    n = len(first)
    shuffled = np.random.default_rng(seed).permutation(n)
    groups = {"one": first, "two": [first[position] for position in shuffled]}
    filters = {"one": chosen, "two": other}

    def passes(item: int, names: tuple[str, ...]) -> bool:
        return all(not filters[name] or groups[name][item] & filters[name] for name in names)

    facets = Facets(n, groups)
    assert facets.mask(filters).tolist() == [passes(item, ("one", "two")) for item in range(n)]
    counts = facets.counts_per_group(filters)
    for name, beside in (("one", "two"), ("two", "one")):
        for key in counts[name]:
            assert counts[name][key] == sum(passes(i, (beside,)) and key in groups[name][i] for i in range(n))


@given(first=keys, changed=st.lists(st.sets(st.integers(0, 9)), max_size=4), seed=st.integers(0, 99))
def test_replacing_items_is_as_good_as_building_anew(first, changed, seed):
    places = np.random.default_rng(seed).permutation(len(first)).tolist()[: len(changed)]
    added = [{1, 8}, {3}]
    columns = list(first)
    for place, one in zip(places, changed, strict=False):
        columns[place] = one
    items = {place: {"one": one} for place, one in zip(places, changed, strict=False)}
    items |= {len(first) + number: {"one": one} for number, one in enumerate(added)}
    before, anew = Facets(len(first), {"one": first}), Facets(len(first) + 2, {"one": columns + added})
    after = before.replaced(items)
    assert {key: n for key, n in after.counts()["one"].items() if n} == anew.counts()["one"]
    for key in range(10):
        assert after.mask({"one": {key}}).tolist() == anew.mask({"one": {key}}).tolist()
    assert before.counts() == Facets(len(first), {"one": first}).counts()


@pytest.mark.parametrize("items", [{7: {"country": [], "topic": []}}, {0: {"country": []}}])
def test_replacing_refuses_gaps_and_missing_groups(items):
    with pytest.raises(ValueError, match="replaced"):
        FACETS.replaced(items)


def test_counts_20_000_items_by_200_keys_in_2_ms():
    random = np.random.default_rng(1)
    groups = {f"group {number}": [random.integers(0, 25, 3).tolist() for _ in range(20_000)] for number in range(8)}
    facets = Facets(20_000, groups)
    taken = []
    for _ in range(5):
        begun = time.process_time()
        facets.counts_per_group({"group 0": {1, 2}, "group 3": {4}})
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.002
