"""When facilities are booked. Source: BP-JD-05."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from cast import acting
from django.db import IntegrityError, transaction
from factories import NOW, let_exchange, make_collaboration

from hansa.collaboration.delivery import operations, queries
from hansa.collaboration.models import Booking
from hansa.hubs.models import Facility

NINE = datetime(2026, 12, 1, 9)


@pytest.fixture
def bench(cast):
    return Facility.objects.create(hub=cast.isar, name="Sensor bench")


@pytest.fixture
def shared(collaboration):
    let_exchange(collaboration)
    return collaboration


def book(cast, collaboration, bench, person="lucia", **fields):
    fields = {
        "facility_id": bench.pk,
        "starts": NINE,
        "ends": NINE + timedelta(hours=3),
        "time_zone": "Europe/Berlin",
        "purpose": "Test the sensors",
        "price_eur": Decimal(0),
    } | fields
    return operations.book(collaboration, by=acting(getattr(cast, person)), at=NOW, **fields)


def test_the_time_is_held_until_the_hub_of_the_facility_confirms(cast, shared, bench):
    booking = book(cast, shared, bench)
    assert booking.state == "held"
    with pytest.raises(operations.CannotBook, match="Only the hub of the facility"):
        operations.confirm_booking(booking, by=acting(cast.lucia), at=NOW)
    assert operations.confirm_booking(booking, by=acting(cast.jonas), at=NOW).state == "confirmed"
    assert book(cast, shared, bench, "jonas", starts=NINE + timedelta(days=1), ends=NINE + timedelta(days=1, hours=1)).state == "confirmed"  # fmt: skip


def test_clocks_are_those_of_the_place(cast, shared, bench):
    assert book(cast, shared, bench).starts_at == datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("UTC"))


def test_a_taken_time_is_refused_with_the_next_that_is_free(cast, shared, bench):
    book(cast, shared, bench)
    book(cast, shared, bench, "jonas", starts=NINE + timedelta(hours=5), ends=NINE + timedelta(hours=6))
    with pytest.raises(operations.CannotBook, match="begins on 1 December 2026 at 15:00"):
        book(cast, shared, bench, "jonas", starts=NINE + timedelta(hours=1), ends=NINE + timedelta(hours=4))
    assert Booking.objects.count() == 2


def test_one_may_begin_when_another_ends_and_a_cancelled_time_is_free(cast, shared, bench):
    first = book(cast, shared, bench)
    book(cast, shared, bench, starts=NINE + timedelta(hours=3), ends=NINE + timedelta(hours=4))
    operations.cancel_booking(first, by=acting(cast.lucia), at=NOW)
    again = book(cast, shared, bench)
    assert (again.pk != first.pk, again.state) == (True, "held")
    with pytest.raises(operations.CannotBook, match="was cancelled"):
        operations.confirm_booking(first, by=acting(cast.jonas), at=NOW)


def test_the_database_itself_lets_no_two_overlap(cast, shared, bench):
    booking = book(cast, shared, bench)
    booking.pk, booking.starts_at = None, booking.starts_at + timedelta(hours=1)
    with pytest.raises(IntegrityError, match="no_double_booking"), transaction.atomic():
        booking.save(force_insert=True)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ends": NINE}, "must come after"),
        ({"starts": datetime(2026, 11, 2, 9), "ends": datetime(2026, 11, 2, 10)}, "has passed"),
        ({"ends": NINE + timedelta(days=20)}, "at most 14 days"),
        ({"starts": datetime(2027, 3, 28, 2, 30), "ends": datetime(2027, 3, 28, 5)}, "does not exist"),
        ({"time_zone": "Mars/Olympus"}, "time zone from the list"),
        ({"price_eur": Decimal(-1)}, "0 or more"),
        ({"price_eur": Decimal("NaN")}, "0 or more"),
        ({"facility_id": 999_999}, "not in the profile"),
    ],
)
def test_what_cannot_be_is_refused(cast, shared, bench, fields, says):
    with pytest.raises(operations.CannotBook, match=says):
        book(cast, shared, bench, **fields)


def test_only_with_the_clause_and_only_by_the_team(cast, collaboration, bench):
    with pytest.raises(operations.CannotBook, match="agreement does not say"):
        book(cast, collaboration, bench)
    let_exchange(collaboration)
    for person in ("mayor", "stranger", "mette"):
        with pytest.raises(operations.CannotBook, match="Only people of the team"):
            book(cast, collaboration, bench, person)
    stranger = Facility.objects.create(hub=cast.silent, name="Wave tank")
    with pytest.raises(operations.CannotBook, match="not in the profile"):
        book(cast, collaboration, stranger)


def test_a_facility_that_leaves_the_profile_leaves_its_name(cast, shared, bench):
    booking = book(cast, shared, bench)
    bench.delete()
    booking.refresh_from_db()
    assert (booking.facility_id, booking.facility_name) == (None, "Sensor bench")


def test_other_cases_see_that_it_is_taken_and_no_more(cast, shared, bench):
    book(cast, shared, bench)
    other = make_collaboration(cast.aarhus, cast.isar)
    week = {"monday": date(2026, 11, 30), "time_zone": "Europe/Berlin"}
    mine = queries.week_of(bench.pk, collaboration=shared, **week)
    theirs = queries.week_of(bench.pk, collaboration=other, **week)
    assert [(part.day, part.start, part.end, part.purpose) for part in mine] == [(1, 9.0, 12.0, "Test the sensors")]
    assert [part.purpose for part in theirs] == [""]


def test_the_file_for_calendars_holds_each_booking(cast, shared, bench):
    booking = book(cast, shared, bench, purpose="Test; long, " + "ä" * 60)
    text = queries.calendar_of([booking], name="Case", at=NOW)
    assert "DTSTART:20261201T080000Z\r\nDTEND:20261201T110000Z\r\n" in text
    assert "STATUS:TENTATIVE" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "SUMMARY:Sensor bench: Test\\; long\\, " + "ä" * 60 in text.replace("\r\n ", "")


def test_the_page_shows_week_and_agenda_to_the_team_alone(cast, shared, bench, client, django_assert_num_queries):
    book(cast, shared, bench)
    path = f"/requests/{shared.request.ref}/delivery/facilities/"
    for name, status in (("mayor", 404), ("stranger", 404), ("jonas", 200), ("lucia", 200)):
        client.force_login(getattr(cast, name))
        answer = client.get(f"{path}?week=2026-12-01")
        assert answer.status_code == status
    assert answer.content.decode().count("Test the sensors") == 3
    with django_assert_num_queries(7):
        client.get(path)
    assert client.get(f"{path}?week=9999-99&facility=x").status_code == 200
    sent = {"facility_id": bench.pk, "on": "2026-12-01", "from_time": "10:00", "to_time": "11:00", "purpose": "Again",
            "time_zone": "Europe/Berlin", "price_eur": "0"}  # fmt: skip
    refused = client.post(f"{path}book/", sent)
    assert (refused.status_code, "Again" in (text := refused.content.decode()), "is taken" in text) == (422, True, True)
    assert client.get(f"{path}bookings.ics")["Content-Type"].startswith("text/calendar")
