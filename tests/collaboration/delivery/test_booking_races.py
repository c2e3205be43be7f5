"""When many book the same facility at the same second: exactly one wins, the others get a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from cast import acting, make_cast
from collaboration.delivery.test_facilities import NINE
from django.db import connection
from factories import NOW, let_exchange, make_collaboration

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Booking
from hansa.hubs.models import Facility


@pytest.mark.django_db(transaction=True)
def test_exactly_one_gets_each_hour():
    cast = make_cast()
    bench = Facility.objects.create(hub=cast.isar, name="Sensor bench")
    cases = [make_collaboration(cast.ebro, cast.isar, cast.aarhus) for _ in range(6)]
    for case in cases:
        let_exchange(case)
    people = [acting(cast.lucia), acting(cast.mette)]

    def book(number: int) -> str:
        starts = NINE + timedelta(hours=number % 4)
        try:
            operations.book(
                cases[number % 6], facility_id=bench.pk, starts=starts, ends=starts + timedelta(hours=1), purpose="Race",
                time_zone="Europe/Berlin", price_eur=Decimal(0), by=people[number % 2], at=NOW,
            )  # fmt: skip
            return "won"
        except operations.CannotBook as no:
            return no.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(book, range(48)))
    assert Booking.objects.count() == 4
    assert all("next free time" in answer for answer in answers if answer != "won")
