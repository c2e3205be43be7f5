"""When a prepared query runs: it answers as the queryset it stands for would, with the values of this run."""

from __future__ import annotations

import threading

import pytest
from cast import make_cast
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, CharField, Count, F, OuterRef, TextField
from django.db.models.functions import Cast, Upper
from django.test.utils import CaptureQueriesContext

from hansa.foundation import pages
from hansa.foundation.prepared import Among, Prepared, Rows, Slot
from hansa.hubs.models import Hub, Membership

pytestmark = pytest.mark.django_db

in_country = Prepared(lambda: Hub.objects.filter(country=Slot("country", CharField())).order_by("pk"))


def test_fills_in_the_values_of_each_run() -> None:
    cast = make_cast()
    assert in_country.all(country="ES") == [cast.ebro]
    assert in_country.all(country="DE") == [cast.isar]
    assert in_country.first(country="DK") == cast.aarhus


def test_answers_nothing_where_nothing_fits() -> None:
    make_cast()
    assert in_country.all(country="XX") == []
    assert in_country.first(country="XX") is None
    assert in_country.first(country=None) is None


def test_takes_a_value_for_a_value_and_never_for_sql() -> None:
    make_cast()
    assert in_country.all(country="' OR 1=1 --") == []


def test_reads_all_fields_as_a_queryset_does() -> None:
    cast = make_cast()
    plain = Hub.objects.get(pk=cast.ebro.pk)
    prepared = in_country.first(country="ES")
    assert {f.attname: getattr(prepared, f.attname) for f in Hub._meta.concrete_fields} == {
        f.attname: getattr(plain, f.attname) for f in Hub._meta.concrete_fields
    }
    assert not prepared._state.adding


def test_brings_related_rows_and_leaves_out_what_was_not_asked_for() -> None:
    cast = make_cast()
    of_user = Prepared(
        lambda: (
            Membership.objects.filter(user_id=Slot("user", BigIntegerField()))
            .select_related("hub")
            .only("role", "hub__name")
        )
    )
    with CaptureQueriesContext(connection) as queries:
        names = [row.hub.name for row in of_user.all(user=cast.pau.pk)]
    assert names == ["Ebro Data Hub"]
    assert len(queries) == 1
    assert "since" in of_user.first(user=cast.pau.pk).get_deferred_fields()


def test_chosen_values_lists_and_annotations_work() -> None:
    cast = make_cast()
    names = Prepared(
        lambda: (
            Hub.objects.filter(languages__overlap=Slot("languages", ArrayField(CharField())))
            .order_by("pk")
            .values_list("name", flat=True)
        )
    )
    assert names.all(languages=["de", "da"]) == ["Isar Edge Lab", "Aarhus Food Robotics"]
    assert names.all(languages=[]) == []
    counted = Prepared(
        lambda: Hub.objects.filter(pk=Slot("pk", BigIntegerField())).annotate(n=Count("memberships", distinct=True))
    )
    assert counted.first(pk=cast.ebro.pk).n == 3
    rows = Prepared(lambda: Hub.objects.order_by("pk").values("name", "country")[:1])
    assert rows.all() == [{"name": "Ebro Data Hub", "country": "ES"}]


def test_rows_of_another_table_come_along_in_their_order() -> None:
    cast = make_cast()
    people = Membership.objects.filter(hub=OuterRef("pk"), role="manager").order_by("-user__name")
    row = Rows(people, "user__name", Upper("role"), Cast("user_id", TextField()))
    hubs = Prepared(lambda: Hub.objects.filter(pk=Slot("hub", BigIntegerField())).annotate(people=row))

    with CaptureQueriesContext(connection) as statements:
        found = hubs.first(hub=cast.ebro.pk)
    assert found.people == [["Lucía Ferrer", "MANAGER", str(cast.lucia.pk)]]
    assert len(statements) == 1
    Membership.objects.all().delete()
    assert hubs.first(hub=cast.ebro.pk).people is None


def test_an_array_may_come_from_outside_or_from_the_row() -> None:
    cast = make_cast()
    some = Prepared(
        lambda: Hub.objects.filter(Among(F("pk"), Slot("hubs", ArrayField(BigIntegerField())))).order_by("pk")
    )
    assert some.all(hubs=[cast.isar.pk, cast.ebro.pk, 0]) == [cast.ebro, cast.isar]
    assert some.all(hubs=[]) == []


def test_a_missing_value_is_said() -> None:
    with pytest.raises(KeyError, match="country"):
        in_country.all(land="ES")


def test_refuses_a_queryset_that_needs_more_statements() -> None:
    with pytest.raises(TypeError, match="prefetch"):
        Prepared(lambda: Hub.objects.prefetch_related("memberships")).all()


def test_a_reading_page_sees_its_statement(rf) -> None:
    """What guards and counts statements must not be passed by."""
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        pages.reads(lambda request: in_country.all(country="ES"))(rf.get("/"))
    assert len(seen) == 1


@pytest.mark.django_db(transaction=True)
def test_two_threads_use_it_at_once() -> None:
    """Each thread has its own connection; what is kept must belong to none."""
    make_cast()
    found: dict[str, list[str]] = {}
    fresh = Prepared(lambda: Hub.objects.filter(country=Slot("country", CharField())))

    def read(country: str) -> None:
        for _ in range(50):
            found[country] = [hub.country for hub in fresh.all(country=country)]
        connection.close()

    threads = [threading.Thread(target=read, args=[country]) for country in ("ES", "DE")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"ES": ["ES"], "DE": ["DE"]}
