"""When hours are entered. Source: BP-JD-07."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import acting
from factories import NOW

from hansa.collaboration.delivery import operations, queries
from hansa.collaboration.models import TimeEntry

TODAY = NOW.date()


def enter(cast, collaboration, person="lucia", **fields):
    user = getattr(cast, person)
    role = "D1" if person in {"lucia", "pau"} else "D2"
    fields = {"person_id": user.pk, "on": TODAY, "hours": Decimal("3.5"), "cost_item": f"JD-{role}-C4"} | fields
    return operations.log_time(collaboration, by=acting(user), at=NOW, **fields)


def test_sums_count_by_hub_and_by_cost(cast, collaboration):
    enter(cast, collaboration)
    enter(cast, collaboration, hours=Decimal("1.25"), cost_item="JD-D1-C3")
    enter(cast, collaboration, "jonas")
    sums = queries.hours_by_hub(collaboration)
    assert {hub: (row.hours, row.by_cost) for hub, row in sums.items()} == {
        cast.ebro.pk: (Decimal("4.75"), {"JD-D1-C3": Decimal("1.25"), "JD-D1-C4": Decimal("3.5")}),
        cast.isar.pk: (Decimal("3.5"), {"JD-D2-C4": Decimal("3.5")}),
    }


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"hours": Decimal(0)}, "more than 0"),
        ({"hours": Decimal(-2)}, "more than 0"),
        ({"hours": Decimal("NaN")}, "more than 0"),
        ({"hours": Decimal("24.5")}, "A day has 24"),
        ({"on": TODAY + timedelta(days=1)}, "future"),
        ({"on": date(2020, 1, 1)}, "The case began"),
        ({"cost_item": "JD-D2-C4"}, "costs of your hub"),
        ({"task_id": 999_999}, "removed meanwhile"),
    ],
)
def test_what_cannot_be_is_refused(cast, collaboration, fields, says):
    with pytest.raises(operations.CannotLogTime, match=says):
        enter(cast, collaboration, **fields)
    assert not TimeEntry.objects.exists()


def test_a_day_has_24_hours_over_all_cases(cast, collaboration):
    enter(cast, collaboration, hours=Decimal(20))
    with pytest.raises(operations.CannotLogTime, match="A day has 24"):
        enter(cast, collaboration, hours=Decimal(5))


def test_hours_are_for_people_of_ones_own_hub(cast, collaboration):
    with pytest.raises(operations.CannotLogTime, match="person of your hub"):
        enter(cast, collaboration, person_id=cast.jonas.pk)
    for name in ("mayor", "stranger", "mette"):
        with pytest.raises(operations.CannotLogTime, match="Only people of the team"):
            enter(cast, collaboration, name)


def test_the_names_stay_in_the_hub(cast, collaboration, client):
    entry = enter(cast, collaboration, note="Called the mayor")
    path = f"/requests/{collaboration.request.ref}/delivery/hours/"
    seen = {}
    for name in ("pau", "jonas", "mayor", "stranger"):
        client.force_login(getattr(cast, name))
        answer = client.get(path)
        text = answer.content.decode()
        seen[name] = (answer.status_code, "Called the mayor" in text, "3.5" in text)
    assert seen == {
        "pau": (200, True, True),
        "jonas": (200, False, True),
        "mayor": (404, False, False),
        "stranger": (404, False, False),
    }
    client.force_login(cast.jonas)
    assert client.post(f"{path}{entry.pk}/remove/").status_code == 404


def test_a_refused_form_keeps_what_was_typed(cast, collaboration, client):
    client.force_login(cast.lucia)
    sent = {"on": TODAY, "person_id": cast.lucia.pk, "hours": "-1", "cost_item": "JD-D1-C3", "note": "Two calls"}
    refused = client.post(f"/requests/{collaboration.request.ref}/delivery/hours/add/", sent)
    assert (refused.status_code, "Two calls" in refused.content.decode()) == (422, True)


def test_the_page_takes_as_many_statements_for_thirty_entries_as_for_one(
    cast, collaboration, client, django_assert_num_queries
):
    client.force_login(cast.lucia)
    path = f"/requests/{collaboration.request.ref}/delivery/hours/"
    first = enter(cast, collaboration)
    client.get(path)
    for number in range(2):
        with django_assert_num_queries(8):
            client.get(path)
        if not number:
            for n in range(30):
                first.pk, first.on = None, TODAY - timedelta(days=n + 1)
                first.save(force_insert=True)
