"""When aid is summed up over years. Source: BP-REC-R14.1."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansa.engine.problem import BadProblem
from hansa.engine.state_aid import Grant, headroom, overruns, single_undertaking, window_start, working_day_after

CEILING = Decimal(300_000)
DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
GRANTS = st.lists(st.builds(Grant, DAYS, st.integers(0, 200_000).map(Decimal)), max_size=12)


def left(*grants: Grant, on: date) -> Decimal:
    return headroom(grants, on=on, ceiling_eur=CEILING).left_eur


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2026, 3, 9), False),
        (date(2026, 3, 10), True),
        (date(2029, 3, 9), True),
        (date(2029, 3, 10), False),
    ],
)
def test_a_grant_counts_from_its_day_for_three_years_less_a_day(on, counts):
    assert left(Grant(date(2026, 3, 10), Decimal(100)), on=on) == CEILING - (100 if counts else 0)


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (date(2028, 2, 29), date(2025, 2, 28)),
        (date(2028, 2, 28), date(2025, 2, 28)),
        (date(2028, 3, 1), date(2025, 3, 1)),
        (date(2027, 2, 28), date(2024, 2, 28)),
    ],
)
def test_leap_days_end_with_february(on, since):
    assert window_start(on) == since


def test_a_grant_of_a_leap_day_counts_until_the_last_of_february():
    grant = Grant(date(2024, 2, 29), Decimal(100))
    assert (left(grant, on=date(2027, 2, 28)), left(grant, on=date(2027, 3, 1))) == (CEILING - 100, CEILING)


@given(GRANTS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_grants_does_not_matter(grants, on, chance):
    other = list(grants)
    chance.shuffle(other)
    assert headroom(grants, on=on, ceiling_eur=CEILING) == headroom(other, on=on, ceiling_eur=CEILING)


@given(GRANTS, DAYS)
def test_equals_a_plain_count_day_by_day(grants, on):
    since = window_start(on)
    counted = sum(grant.amount_eur for grant in grants if (grant.on - since).days > 0 and grant.on <= on)
    room = headroom(grants, on=on, ceiling_eur=CEILING)
    assert (room.counted_eur, room.left_eur) == (counted, CEILING - counted)


@given(GRANTS, DAYS)
def test_what_is_free_breaks_no_window_and_one_cent_more_would(grants, on):
    if overruns(grants, ceiling_eur=CEILING):
        return
    free = headroom(grants, on=on, ceiling_eur=CEILING).free_eur
    assert not overruns([*grants, Grant(on, free)], ceiling_eur=CEILING)
    assert overruns([*grants, Grant(on, free + Decimal("0.01"))], ceiling_eur=CEILING)


@given(GRANTS, DAYS, st.integers(1, 1000))
def test_another_grant_never_leaves_more(grants, on, amount):
    more = [*grants, Grant(on, Decimal(amount))]
    assert left(*more, on=on) == left(*grants, on=on) - amount


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_refuses_what_is_no_amount(amount):
    with pytest.raises(BadProblem, match="amount_eur"):
        Grant(date(2026, 1, 1), Decimal(amount))


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 24), date(2026, 12, 22)),
        (date(2026, 11, 27), date(2026, 12, 25)),
        (date(2026, 11, 28), date(2026, 12, 25)),
    ],
)
def test_twenty_working_days_leave_weekends_out(day, due):
    assert working_day_after(day, 20) == due


def test_a_holiday_moves_the_deadline_by_a_day():
    holidays = {date(2026, 12, 8)}
    assert working_day_after(date(2026, 11, 24), 20, holidays=holidays) == date(2026, 12, 23)


@given(DAYS, st.integers(0, 60))
def test_a_working_day_is_never_at_the_weekend(day, n):
    found = working_day_after(day, n)
    between = [day + timedelta(days=i) for i in range(1, (found - day).days + 1)]
    assert sum(each.weekday() < 5 for each in between) == n


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15), st.integers(0, 9))
def test_undertakings_are_one_through_others(links, of):
    group = single_undertaking(of, links)
    assert of in group
    assert all((one in group) == (other in group) for one, other in links)
    assert all(single_undertaking(member, links) == group for member in group)
