"""When duplicates are looked for among many records."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.identity import Record, Thresholds, compare, find_duplicates
from hansa.engine.problem import BadProblem

NAMES = (
    "Kvarnby Data",
    "Tolmein Optika",
    "Wagenhuber Antriebe",
    "Almadraba Redes",
    "Vilnoja Marine",
    "Sarkany Gepgyar",
)


def record(number, name, **more):
    return Record(id=number, name=name, **{"country": "SI", "city": "Tolmein", **more})


def test_pairs_what_is_one_and_leaves_the_rest():
    records = [record(str(n), name) for n, name in enumerate(NAMES)]
    answer = find_duplicates([*records, record("x", "KVARNBY DATA AB")])
    assert [(pair.left, pair.right, pair.verdict) for pair in answer.pairs] == [("0", "x", "merge")]
    assert answer.merges == (("0", "x"),)


def test_names_the_surest_pair_first():
    records = [record("a", "Kvarnby Data"), record("b", "Kvarnby Data"), record("c", "Kvarnby Optika Data")]
    answer = find_duplicates(records, thresholds=Thresholds(review=0.001))
    chances = [pair.probability for pair in answer.pairs]
    assert chances == sorted(chances, reverse=True)
    assert (answer.pairs[0].left, answer.pairs[0].right) == ("a", "b")


def test_finds_nothing_among_none_and_one():
    assert find_duplicates([]).pairs == ()
    assert find_duplicates([record("1", "Kvarnby")]).pairs == ()


def test_refuses_two_records_of_one_id():
    with pytest.raises(BadProblem, match=r"Record\.id 7 occurs twice"):
        find_duplicates([record("7", "Kvarnby"), record("7", "Tolmein")])


def test_does_not_bring_contradicting_records_together_through_a_third():
    one = record("1", "Kvarnby Data", vat="SI12345678")
    bridge = record("2", "Kvarnby Data")
    other = record("3", "Kvarnby Data", vat="SI87654321")
    answer = find_duplicates([one, bridge, other])
    assert len(answer.merges) == 1
    assert len(answer.merges[0]) == 2
    assert not {"1", "3"} <= set(answer.merges[0])
    stopped = [pair for pair in answer.pairs if "merge_would_join" in {reason.code for reason in pair.reasons}]
    assert [pair.verdict for pair in stopped] == ["review"]


def test_a_domain_that_many_different_names_share_proves_nothing():
    records = [record(str(n), name, website="https://ringport.example") for n, name in enumerate(NAMES)]
    assert find_duplicates(records).pairs == ()
    assert "domain_shared" in {r.code for r in compare(records[0], records[1], among=records[2:]).reasons}


def test_a_domain_that_only_one_organisation_uses_counts():
    pair = compare(
        record("1", "Kvarnby Data", website="kvarnby.example"), record("2", "Kvarnby", website="www.kvarnby.example/en")
    )
    assert "domain_same" in {reason.code for reason in pair.reasons}


def test_a_vat_number_that_many_different_names_share_proves_nothing():
    records = [record(str(n), name, vat="SI12345678") for n, name in enumerate(NAMES)]
    assert find_duplicates(records).merges == ()


def test_proposes_to_take_a_cluster_apart_that_contradicts_itself():
    records = [
        record("1", "Kvarnby Data", cluster="org-1"),
        record("2", "Kvarnby Data AB", cluster="org-1"),
        record("3", "Wagenhuber Antriebe", cluster="org-1", city="Lindau", country="DE"),
    ]
    (split,) = find_duplicates(records).splits
    assert split.cluster == "org-1"
    assert split.groups == (("1", "2"), ("3",))
    assert {(pair.left, pair.right) for pair in split.contradictions} == {("1", "3"), ("2", "3")}
    assert all(pair.reasons for pair in split.contradictions)


def test_leaves_a_cluster_alone_whose_members_agree():
    records = [record("1", "Kvarnby Data", cluster="a"), record("2", "KVARNBY DATA AB", cluster="a")]
    assert find_duplicates(records).splits == ()


def test_another_number_inside_a_cluster_is_a_contradiction():
    records = [
        record("1", "Kvarnby Data", cluster="a", pic="999123456"),
        record("2", "Kvarnby Data", cluster="a", pic="999654321"),
    ]
    assert [split.groups for split in find_duplicates(records).splits] == [(("1",), ("2",))]


def test_looking_only_at_likely_pairs_loses_no_merge():
    records = [record(f"{n}{k}", variant) for n, name in enumerate(NAMES) for k, variant in enumerate(_variants(name))]
    found = {(pair.left, pair.right): pair.verdict for pair in find_duplicates(records).pairs}
    for one, other in combinations(records, 2):
        rest = [item for item in records if item not in (one, other)]
        alone = compare(one, other, among=rest)
        if alone.verdict == "merge":
            assert found[one.id, other.id] in ("merge", "review")


def _variants(name):
    first, last = name.split()
    return (
        name,
        name.upper(),
        f"{name} d.o.o.",
        f"{last} {first}",
        f"{first}{last}",
        f"{first[:-1]}{first[-1] * 2} {last}",
    )


records = st.lists(
    st.builds(
        lambda name, city, country, vat: (name, city, country, vat),
        st.sampled_from([variant for name in NAMES[:3] for variant in _variants(name)]),
        st.sampled_from(["", "Tolmein", "Lindau"]),
        st.sampled_from(["", "SI", "DE"]),
        st.sampled_from(["", "", "SI12345678", "SI87654321"]),
    ),
    max_size=9,
).map(
    lambda rows: [
        Record(id=str(n), name=name, city=city, country=country, vat=vat)
        for n, (name, city, country, vat) in enumerate(rows)
    ]
)


@settings(max_examples=200, deadline=None)
@given(records=records)
def test_no_group_holds_two_numbers_or_two_countries(records):
    known = {item.id: item for item in records}
    for group in find_duplicates(records).merges:
        assert len({known[member].vat for member in group} - {""}) <= 1
        assert len({known[member].country for member in group} - {""}) <= 1


@settings(max_examples=100, deadline=None)
@given(records=records, seed=st.randoms(use_true_random=False))
def test_the_order_of_records_changes_no_probability(records, seed):
    shuffled = list(records)
    seed.shuffle(shuffled)

    def chances(items):
        return {frozenset((p.left, p.right)): pytest.approx(p.probability) for p in find_duplicates(items).pairs}

    assert chances(records) == chances(shuffled)


@settings(max_examples=100, deadline=None)
@given(records=records)
def test_another_id_changes_nothing(records):
    renamed = [Record(**{f: getattr(r, f) for f in r.__dataclass_fields__} | {"id": f"x{r.id}"}) for r in records]
    before, after = find_duplicates(records), find_duplicates(renamed)
    assert [(f"x{p.left}", f"x{p.right}", p.probability) for p in before.pairs] == [
        (p.left, p.right, p.probability) for p in after.pairs
    ]


@settings(max_examples=100, deadline=None)
@given(records=records)
def test_every_pair_says_why(records):
    for pair in find_duplicates(records).pairs:
        assert pair.reasons
        assert 0 < pair.probability < 1
