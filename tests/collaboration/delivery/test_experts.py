"""When experts are lent. Source: BP-JD-05."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import acting
from factories import NOW, let_exchange

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Secondment

MONDAY = date(2026, 11, 30)


@pytest.fixture
def shared(collaboration):
    let_exchange(collaboration, expert_days=10)
    collaboration.ends_on = date(2027, 2, 26)
    collaboration.save()
    return collaboration


def send(cast, collaboration, person="jonas", **fields):
    fields = {
        "person_id": getattr(cast, person).pk,
        "receiver_id": cast.ebro.pk,
        "starts_on": MONDAY,
        "ends_on": MONDAY + timedelta(days=4),
        "place": "Zaragoza",
        "cost_eur": Decimal(800),
    } | fields
    return operations.second(collaboration, by=acting(getattr(cast, person)), at=NOW, **fields)


def test_working_days_of_all_stays_count_against_the_agreement(cast, shared):
    send(cast, shared)
    send(cast, shared, starts_on=MONDAY + timedelta(days=7), ends_on=MONDAY + timedelta(days=13))
    with pytest.raises(operations.CannotSecond, match=r"allows 10 working days .* make it 11"):
        send(cast, shared, starts_on=MONDAY + timedelta(days=14), ends_on=MONDAY + timedelta(days=14))
    assert Secondment.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ends_on": MONDAY - timedelta(days=1)}, "must not come before"),
        ({"starts_on": NOW.date() - timedelta(days=1)}, "in the past"),
        ({"starts_on": date(2027, 2, 25), "ends_on": date(2027, 2, 28)}, "within the time"),
        ({"ends_on": MONDAY + timedelta(days=14)}, "make it 11"),
        ({"cost_eur": Decimal(-1)}, "0 or more"),
        ({"cost_eur": Decimal("Infinity")}, "0 or more"),
        ({"receiver_id": 0}, "another hub of the team"),
        ({"person_id": 0}, "person of your hub"),
    ],
)
def test_what_cannot_be_is_refused(cast, shared, fields, says):
    with pytest.raises(operations.CannotSecond, match=says):
        send(cast, shared, **fields)


def test_an_expert_is_at_one_place_at_a_time(cast, shared):
    send(cast, shared)
    with pytest.raises(operations.CannotSecond, match="lent at that time already"):
        send(cast, shared, starts_on=MONDAY + timedelta(days=4), ends_on=MONDAY + timedelta(days=5))


def test_only_with_the_clause(cast, collaboration):
    with pytest.raises(operations.CannotSecond, match="agreement does not say"):
        send(cast, collaboration)


def test_papers_are_ticked_by_the_sending_hub_with_their_day(cast, shared):
    stay = send(cast, shared)
    with pytest.raises(operations.CannotSecond, match="Only the hub that sends"):
        operations.tick_papers(stay, a1_on=NOW.date(), notice_on=None, by=acting(cast.lucia), at=NOW)
    with pytest.raises(operations.CannotSecond, match="future"):
        operations.tick_papers(stay, a1_on=MONDAY, notice_on=None, by=acting(cast.jonas), at=NOW)
    operations.tick_papers(stay, a1_on=NOW.date(), notice_on=None, by=acting(cast.jonas), at=NOW)
    stay.refresh_from_db()
    assert (stay.a1_on, stay.notice_on) == (NOW.date(), None)


def test_a_stay_that_has_begun_ends_today_and_one_ahead_goes(cast, shared):
    stay = send(cast, shared)
    operations.end_secondment(stay, by=acting(cast.jonas), at=NOW + timedelta(days=7))
    stay.refresh_from_db()
    assert stay.ends_on == NOW.date() + timedelta(days=7)
    ahead = send(cast, shared, starts_on=date(2027, 1, 11), ends_on=date(2027, 1, 12))
    operations.end_secondment(ahead, by=acting(cast.jonas), at=NOW)
    assert Secondment.objects.count() == 1


def test_the_page_is_for_the_team_and_keeps_what_was_typed(cast, shared, client, django_assert_num_queries):
    send(cast, shared)
    path = f"/requests/{shared.request.ref}/delivery/experts/"
    for name, status in (("mayor", 404), ("stranger", 404), ("lucia", 200), ("jonas", 200)):
        client.force_login(getattr(cast, name))
        answer = client.get(path)
        assert (answer.status_code, "Zaragoza" in answer.content.decode()) == (status, status == 200)
    with django_assert_num_queries(8):
        client.get(path)
    sent = {"person_id": cast.jonas.pk, "receiver_id": cast.ebro.pk, "starts_on": "2026-12-02", "ends_on": "2026-12-01",
            "place": "A cold store", "cost_eur": "0"}  # fmt: skip
    refused = client.post(f"{path}send/", sent)
    assert (refused.status_code, "A cold store" in refused.content.decode()) == (422, True)
