"""When a hub records a service. Source: BP-KPI-03."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from cast import acting
from django.db import IntegrityError, transaction
from factories import NOW, make_collaboration

from hansa.collaboration.aid import operations, queries
from hansa.collaboration.models import ServiceRecord


def test_the_aid_is_the_national_share_of_what_the_client_does_not_pay(record):
    assert record().aid_eur == Decimal(750)


def test_typed_aid_counts_instead_and_no_more_than_the_gap(record):
    assert record(aid_eur=Decimal(600)).aid_eur == 600
    with pytest.raises(operations.CannotRecord, match="more than what the client did not pay"):
        record(aid_eur=Decimal(1501))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"price_eur": Decimal(-1)}, "price_eur", "zero or more"),
        ({"price_eur": Decimal("NaN")}, "price_eur", "zero or more"),
        ({"invoiced_eur": Decimal(2001)}, "invoiced_eur", "more than the price"),
        ({"price_eur": Decimal("2000.005")}, "price_eur", "two digits"),
        ({"ends_on": date(2026, 9, 30)}, "ends_on", "ends before it starts"),
        ({"starts_on": date(1026, 10, 1)}, "starts_on", "Check the year"),
        ({"ends_on": date(2026, 12, 1)}, "status", "not finalised yet"),
        ({"granted_on": date(2027, 1, 1)}, "granted_on", "day of the grant"),
        ({"technologies": ("alchemy",)}, "technologies", "“alchemy” is no technology"),
        ({"technologies": ("other",)}, "technology_words", "which other technology"),
        ({"other_aid_eur": Decimal(501)}, "other_aid_eur", "more aid than the price"),
        ({"legal_basis": "market-price"}, "legal_basis", "pays the whole price"),
        ({"legal_basis": "gber-31"}, "legal_basis", "at most 70 per cent"),
        ({"legal_basis": "public-body"}, "legal_basis", "not for this kind of client"),
        ({"legal_basis": "magic"}, "legal_basis", "one of the legal bases"),
        ({"client_id": 0}, "client_id", "your hub's clients"),
        ({"description": "  "}, "description", "what the service was"),
    ],
)
def test_says_what_cannot_be_so_and_where(record, changes, field, words):
    with pytest.raises(operations.CannotRecord, match=words) as no:
        record(**changes)
    assert no.value.field == field


def test_a_rule_that_ended_is_refused_for_later_grants(record):
    """Source: BP-REC-R14.1."""
    later = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 2, 1), "granted_on": date(2027, 1, 1)}
    with pytest.raises(operations.CannotRecord, match="ended on 31 Dec 2026"):
        record(legal_basis="gber-28", status="ongoing", **later)
    assert record(legal_basis="gber-28").aid_eur == 750


def test_primary_producers_get_no_de_minimis_aid(cast, record, party):
    operations.describe(party, by=acting(cast.lucia), at=NOW, is_primary_producer=True)
    with pytest.raises(operations.CannotRecord, match="primary production"):
        record()


def test_bases_differ_by_country_client_and_day():
    def ids(on, country, client_type):
        return [basis.id for basis in queries.bases_on(on, country=country, client_type=client_type)]

    assert ids(date(2026, 12, 31), "ES", "sme") == ["de-minimis", "gber-25", "gber-28", "gber-31", "market-price"]
    assert ids(date(2027, 1, 1), "ES", "sme") == ["de-minimis", "market-price"]
    assert ids(date(2026, 12, 31), "UA", "sme") == ["market-price"]
    assert ids(date(2031, 1, 1), "ES", "public") == ["market-price", "public-body"]


def test_a_case_fills_in_what_it_knows(cast, frigo, record):
    case = make_collaboration(cast.ebro, cast.isar, client=frigo, ends_on=date(2027, 1, 20))
    ref = case.request.ref
    assert [line.ref for line in queries.unrecorded_cases(acting(cast.lucia))] == [ref]
    known = queries.filled_from_case(ref, actor=acting(cast.pau))
    assert (known["client_id"], known["description"], known["ends_on"]) == (
        frigo.pk,
        case.request.title,
        date(2027, 1, 20),
    )
    assert queries.filled_from_case(ref, actor=acting(cast.jonas)) is None


def test_a_case_recorded_is_asked_for_no_more(cast, frigo, set_up, draft):
    ref = make_collaboration(cast.ebro, client=frigo).request.ref
    operations.record_service(draft, case=ref, by=acting(cast.pau), at=NOW)
    assert queries.unrecorded_cases(acting(cast.lucia)) == []


def test_another_hub_sees_and_changes_nothing(cast, record, draft):
    """Source: BP-JD-12."""
    row = record()
    assert list(queries.records_visible_to(acting(cast.lucia))) == [row]
    for user in (cast.jonas, cast.stranger, cast.steward, cast.observer, cast.mayor):
        assert not queries.records_visible_to(acting(user)).exists()
    with pytest.raises(operations.CannotRecord, match="client's own hub"):
        operations.change_service(row, draft, by=acting(cast.jonas), at=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"invoiced_eur": Decimal(2001)},
        {"aid_eur": Decimal(1501)},
        {"aid_eur": Decimal(-1)},
        {"ends_on": date(2026, 9, 1)},
    ],
)
def test_the_database_refuses_what_must_never_be(record, changes):
    row = record()
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecord.objects.filter(pk=row.pk).update(**changes)


def test_the_register_shows_what_is_late_first(cast, record):
    late = record(granted_on=date(2026, 10, 1))
    done = record(granted_on=date(2026, 10, 2))
    soon = record(granted_on=date(2026, 10, 19), starts_on=date(2026, 10, 19))
    operations.mark_registered(done, on=date(2026, 10, 30), by=acting(cast.pau), at=NOW)
    lines = queries.register_lines(cast.ebro.pk, granting_authority="Ministry", today=date(2026, 11, 13))
    assert [(line.record_id, line.is_late) for line in lines] == [(late.pk, True), (soon.pk, False), (done.pk, False)]
    assert lines[0].due_on == date(2026, 10, 29)
    with pytest.raises(operations.CannotRecord, match="between the grant and today"):
        operations.mark_registered(late, on=date(2026, 9, 1), by=acting(cast.pau), at=NOW)
