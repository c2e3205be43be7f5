"""When the fees of a case are split. Source: BP-REC-R3.1."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.problem import BadProblem
from hansa.engine.shares import METHODS, Member, ShareProblem, fair_shares, shapley, weigh_split
from hansa.engine.verify import check_split

D = Decimal
QUICK = settings(max_examples=60, deadline=None, database=None)
cents = st.integers(0, 2_000_000).map(lambda n: D(n) / 100)
efforts = st.integers(0, 400).map(lambda n: D(n) / 4)


@st.composite
def problems(draw, most=6):
    n = draw(st.integers(1, most))
    members = tuple(
        Member(id=f"hub {place}", cost_eur=draw(cents), effort=draw(efforts), benefit_eur=draw(st.sampled_from([D(0), D(250), D("1999.99")])))
        for place in range(n)
    )  # fmt: skip
    lead = draw(st.sampled_from([None, *(member.id for member in members)]))
    return ShareProblem(fees_eur=draw(cents), members=members, lead=lead, needs_all=draw(st.booleans()))


def worth_by_definition(problem, group):
    """What a set of ids is worth, written down once more."""
    inside = [member for member in problem.members if member.id in group]
    if not inside or (problem.lead and problem.lead not in group):
        return Fraction(0)
    total = sum(member.effort for member in problem.members)
    part = Fraction(sum(member.effort for member in inside)) / Fraction(total) if total and not problem.needs_all else 0
    paid = Fraction(problem.fees_eur) * (1 if len(inside) == len(problem.members) else part)
    return paid + sum(Fraction(member.benefit_eur) - Fraction(member.cost_eur) for member in inside)


def value_by_orders(ids, worth):
    found = dict.fromkeys(ids, Fraction(0))
    orders = list(permutations(ids))
    for order in orders:
        for place, one in enumerate(order):
            found[one] += worth(set(order[: place + 1])) - worth(set(order[:place]))
    return {one: total / len(orders) for one, total in found.items()}


@given(problems(), st.sampled_from(METHODS))
@QUICK
def test_fees_sum_up_to_the_cent_and_the_check_finds_nothing(problem, method):
    answer = fair_shares(problem, method=method)
    assert sum(answer.fees.values()) == problem.fees_eur
    assert check_split(problem, answer) == ()


@given(problems(most=5))
@QUICK
def test_contributions_are_those_of_all_orders_of_joining(problem):
    ids = [member.id for member in problem.members]
    fair = value_by_orders(ids, lambda group: worth_by_definition(problem, group))
    for share in fair_shares(problem, method="contribution").shares:
        assert abs(Fraction(share.net_eur) - fair[share.id]) < Fraction(1, 100)


tables = st.integers(1, 4).flatmap(
    lambda n: st.tuples(st.just(n), *[st.lists(st.integers(-50, 50), min_size=1 << n, max_size=1 << n)] * 2)
)


@given(tables)
@QUICK
def test_values_are_efficient_and_add_up(drawn):
    n, one, two = drawn
    values = [shapley(n, lambda group, table=table: Fraction(table[group])).values for table in (one, two)]
    both = shapley(n, lambda group: Fraction(one[group] + two[group])).values
    assert sum(values[0]) == one[-1] - one[0]
    assert both == tuple(a + b for a, b in zip(*values, strict=True))


@given(tables)
@QUICK
def test_who_adds_nothing_gets_nothing_and_equals_get_the_same(drawn):
    n, table, _ = drawn
    null = shapley(n + 1, lambda group: Fraction(table[group & ~(1 << n)])).values
    assert null[n] == 0
    assert null[:n] == shapley(n, lambda group: Fraction(table[group])).values
    by_size = shapley(n, lambda group: Fraction(table[group.bit_count()])).values
    assert len(set(by_size)) == 1


@given(problems(), st.sampled_from(METHODS))
@QUICK
def test_equal_members_get_the_same_but_for_a_cent(problem, method):
    twin = Member(id="twin", cost_eur=problem.members[-1].cost_eur, effort=problem.members[-1].effort, benefit_eur=problem.members[-1].benefit_eur)  # fmt: skip
    lead = None if problem.lead == problem.members[-1].id else problem.lead
    both = ShareProblem(
        fees_eur=problem.fees_eur, members=(*problem.members, twin), lead=lead, needs_all=problem.needs_all
    )
    fees = fair_shares(both, method=method).fees
    assert abs(fees["twin"] - fees[problem.members[-1].id]) <= D("0.01")


@given(problems(most=4))
@QUICK
def test_the_incentive_is_enough_and_no_cent_less_is(problem):
    for method in METHODS:
        answer = fair_shares(problem, method=method)
        for share in answer.shares:
            assert share.net_eur + share.incentive_eur >= 0
            assert not share.incentive_eur or share.net_eur + share.incentive_eur - D("0.01") < 0
        assert answer.least_incentive_eur <= answer.incentive_eur or min(answer.fees.values()) < 0


@given(problems(most=4))
@QUICK
def test_the_least_incentive_is_reached_by_a_split(problem):
    """Give each its bare cost as far as the fees go: what is missing then is the least."""
    left, fees = problem.fees_eur, {}
    for member in problem.members:
        fees[member.id] = min(left, max(D(0), member.cost_eur - member.benefit_eur))
        left -= fees[member.id]
    fees[problem.members[0].id] += left
    answer = weigh_split(problem, fees=fees)
    assert answer.incentive_eur == answer.least_incentive_eur


def case(**fields):
    members = (
        Member(id="lead", cost_eur=D(5200), effort=D(14)),
        Member(id="isar", cost_eur=D(6000), effort=D(18)),
        Member(id="aarhus", cost_eur=D(4100), effort=D(9), benefit_eur=D(600)),
    )
    return ShareProblem(**{"fees_eur": D(14_000), "members": members, "lead": "lead"} | fields)


def test_needs_are_covered_first_and_the_rest_is_shared_equally():
    assert fair_shares(case(fees_eur=D(15_330)), method="needs").fees == {
        "lead": D(5210),
        "isar": D(6010),
        "aarhus": D(4110),
    }


def test_losses_are_equal_where_the_fees_do_not_suffice_and_nobody_gets_less_than_nothing():
    assert fair_shares(case(fees_eur=D(15_270)), method="needs").fees == {
        "lead": D(5190),
        "isar": D(5990),
        "aarhus": D(4090),
    }
    assert fair_shares(case(fees_eur=D(1000)), method="needs").fees == {"lead": D(100), "isar": D(900), "aarhus": D(0)}
    assert fair_shares(case(fees_eur=D(0)), method="needs").fees == {"lead": D(0), "isar": D(0), "aarhus": D(0)}


def test_says_who_loses_and_what_another_split_would_do():
    answer = weigh_split(case(fees_eur=D(15_000)), fees={"lead": D(4000), "isar": D(7000), "aarhus": D(4000)})
    assert [(share.net_eur, share.incentive_eur) for share in answer.shares] == [(D(-1200), D(1200)), (D(1000), D(0)), (D(500), D(0))]  # fmt: skip
    assert (answer.incentive_eur, answer.least_incentive_eur) == (D(1200), D(0))
    assert [reason.code for reason in answer.reasons] == ["incentive_needed", "incentive_by_split"]


def test_a_cent_that_cannot_be_split_goes_to_the_earlier_member():
    members = tuple(Member(id=name, cost_eur=D(0), effort=D(1)) for name in "abc")
    answer = fair_shares(ShareProblem(fees_eur=D("0.02"), members=members), method="effort")
    assert answer.fees == {"a": D("0.01"), "b": D("0.01"), "c": D("0.00")}


def test_beyond_twelve_members_orders_are_drawn_by_the_seed_and_the_error_is_said():
    members = tuple(Member(id=f"hub {n}", cost_eur=D(100 * n), effort=D(1 + n)) for n in range(14))
    problem = ShareProblem(fees_eur=D(20_000), members=members, lead="hub 0")
    answer = fair_shares(problem, method="contribution", seed=3, samples=200)
    assert answer == fair_shares(problem, method="contribution", seed=3, samples=200)
    assert answer != fair_shares(problem, method="contribution", seed=4, samples=200)
    assert all(share.error_eur > 0 for share in answer.shares)
    assert sum(answer.fees.values()) == problem.fees_eur
    assert check_split(problem, answer) == ()
    assert answer.reasons[1].code == "share_drawn"


def test_an_answer_changed_by_hand_is_found():
    problem = case()
    answer = fair_shares(problem, method="cost")
    moved = weigh_split(problem, fees={**answer.fees, "lead": answer.fees["lead"] + 5, "isar": answer.fees["isar"] - 5})
    for method in METHODS:
        assert check_split(
            problem, type(moved)(**{name: getattr(moved, name) for name in moved.__slots__} | {"method": method})
        )


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: Member(id="", cost_eur=D(1), effort=D(1)), "Member.id"),
        (lambda: Member(id="a", cost_eur=D(-1), effort=D(1)), "Member.cost_eur of a"),
        (lambda: Member(id="a", cost_eur=D("NaN"), effort=D(1)), "Member.cost_eur of a"),
        (lambda: Member(id="a", cost_eur=1.5, effort=D(1)), "Member.cost_eur of a"),
        (lambda: Member(id="a", cost_eur=D("0.001"), effort=D(1)), "Member.cost_eur of a"),
        (lambda: Member(id="a", cost_eur=D(1), effort=D("Infinity")), "Member.effort of a"),
        (lambda: Member(id="a", cost_eur=D(1), effort=D(1), benefit_eur=D(-3)), "Member.benefit_eur of a"),
        (lambda: case(fees_eur=D(-1)), "ShareProblem.fees_eur"),
        (lambda: case(members=()), "ShareProblem.members"),
        (lambda: case(members=(case().members[0],) * 2), "ShareProblem.members"),
        (lambda: case(lead="nobody"), "ShareProblem.lead"),
        (lambda: fair_shares(case(), method="lottery"), "method"),
        (lambda: fair_shares(case(), method="contribution", samples=1), "samples"),
        (lambda: weigh_split(case(), fees={"lead": D(14_000)}), "fees"),
        (lambda: weigh_split(case(), fees={"lead": D(1), "isar": D(1), "aarhus": D(1)}), "fees"),
        (lambda: shapley(0, lambda group: Fraction(0)), "n must"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_its_field(build, field):
    with pytest.raises(BadProblem, match=f"^{field}"):
        build()
