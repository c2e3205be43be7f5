"""When services leave as the KPI sheet and come back. Source: BP-KPI-03."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from cast import acting
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_client
from openpyxl import load_workbook

from hansa.collaboration.aid import operations as aid
from hansa.collaboration.aid import queries as services
from hansa.collaboration.models import ServiceRecord
from hansa.exchange.sheets import operations, queries
from hansa.hubs.models import Client


def take_in(data, user):
    _sheet, _taken, key = operations.try_out(data, by=acting(user), at=NOW)
    return operations.take_over(key, by=acting(user), at=NOW)


def cells(user):
    file = queries.kpi_sheet(actor=acting(user), asked=services.Asked(), at=NOW)
    return file.content, list(load_workbook(io.BytesIO(file.content))["Services"].iter_rows(values_only=True))


def test_has_the_28_heads_of_the_tool_and_its_forms(cast, made):
    take_in(made({}), cast.pau)
    heads, row = cells(cast.pau)[1]
    assert (len(heads), heads) == (28, services.HEADS)
    shown = dict(zip(heads, row, strict=True))
    assert (shown["Dates"], shown["Technology type used"]) == (
        "2026-03-01 / 2026-03-05",
        "Robotics;Other (please specify)",
    )
    assert (shown["Service price"], shown[services.HEADS[7]], shown["EDIH Name"]) == (1500, 600.5, "EDIH Ebro")


def test_what_left_comes_back_as_the_same_cells_in_an_empty_hub(cast, made):
    odd = {
        "Content ID": None,
        "Customer": "=HYPERLINK(1)",
        "VAT": None,
        "Number of attendees": None,
        "Short description of the service": "+41 is no formula; «Δοκιμή» 試験\nsecond line",
        "Amount of investment triggered": 0.1,
        "Customer staff size": None,
        "Specific information on State Aid": "Decision 7/2026",
    }
    take_in(made({}, {"Content ID": "1002", "Dates": "2025-01-31 / 2025-02-28"}), cast.pau)
    record = ServiceRecord.objects.first()
    assert record.legal_basis == "de-minimis"
    # A text that looks like a formula, as only a page can bring it in.
    ServiceRecord.objects.filter(pk=record.pk).update(description="=1+1", aid_note="@x")
    take_in(made(odd | {"Customer": "'=HYPERLINK(1)"}), cast.pau)
    data, first = cells(cast.pau)
    take_in(data, cast.stranger)
    assert cells(cast.stranger)[1] == first
    assert len(first) == 4


def test_no_cell_is_a_formula(cast, made):
    take_in(made({}), cast.pau)
    ServiceRecord.objects.update(description='=cmd|"/c calc"!A1')
    sheet = load_workbook(io.BytesIO(cells(cast.pau)[0]))["Services"]
    assert sheet["L2"].value.startswith("'=cmd")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_taken_over_again_it_changes_nothing(cast, made):
    data = made({}, {"Content ID": None}, {"Content ID": None})
    assert len(take_in(data, cast.pau).added) == 3
    before = list(ServiceRecord.objects.order_by("pk").values())
    again = take_in(data, cast.pau)
    assert (again.added, again.changed, len(again.unchanged)) == ([], [], 3)
    assert list(ServiceRecord.objects.order_by("pk").values()) == before


def test_a_service_is_known_again_by_its_content_id(cast, made):
    take_in(made({}), cast.pau)
    assert take_in(made({"Service price": 1800}), cast.pau).changed == [2]
    assert ServiceRecord.objects.get().price_eur == 1800


def test_a_service_that_the_tool_numbered_since_is_not_doubled(cast, made):
    take_in(made({"Content ID": None}), cast.pau)
    assert take_in(made({}), cast.pau).changed == [2]
    assert ServiceRecord.objects.get().content_id == "1001"


def test_a_dry_run_writes_nothing(cast, made):
    sheet, taken, _key = operations.try_out(made({}), by=acting(cast.pau), at=NOW)
    assert (len(sheet.rows), taken.added, taken.new_clients) == (1, [2], ["Frigo Montaña"])
    assert not ServiceRecord.objects.exists()
    assert not Client.objects.filter(name="Frigo Montaña").exists()


def test_customers_are_found_before_they_are_made(cast, made):
    known = make_client(cast.ebro, "FRIGO MONTAÑA")
    make_client(cast.isar, "Frigo Montaña", vat_number="ESB12345678")
    assert take_in(made({}), cast.pau).new_clients == []
    known.refresh_from_db()
    assert (ServiceRecord.objects.get().client, known.vat_number) == (known, "ESB12345678")


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({"Dates": "2026-02-30 / 2026-03-05"}, "O2", "no such day"),
        ({"Dates": "2026-03-05 / 2026-03-01"}, "O2", "ends before it starts"),
        ({"Dates": "soon"}, "O2", "first and the last day"),
        ({"Dates": "2027-03-01 / 2027-03-05"}, "K2", "not finalised yet"),
        ({"Service price": "USD 500"}, "F2", "in euro"),
        ({"Service price": -5}, "F2", "zero or more"),
        ({"Service price": None}, "F2", "price is missing"),
        ({"Service price": True}, "F2", "no amount"),
        ({"Service price": "=1+1"}, "F2", "formula"),
        ({"Price invoiced to customer": 1501}, "G2", "more than the price"),
        ({"Technology type used": "Robotics;Alchemy"}, "J2", "“Alchemy” is no technology"),
        ({"Service category delivered": "Magic"}, "D2", "“Magic” is not known"),
        ({"Status": None}, "K2", "is not known"),
        ({"Customer": None}, "B2", "needs a customer"),
        ({"Number of attendees": "many"}, "E2", "no number of people"),
        ({"VAT": "X" * 21}, "C2", "At most 20"),
        ({"Specific information on State Aid": "No aid: paid at market price"}, "I2", "pays the whole price"),
    ],
)
def test_a_refused_row_says_which_cell_and_why(cast, made, change, cell, words):
    sheet, taken, _key = operations.try_out(made(change, {"Content ID": "2"}), by=acting(cast.pau), at=NOW)
    assert [(line.row, line.cell) for line in sheet.refused] == [(2, cell)]
    assert words in sheet.refused[0].text
    assert taken.added == [3]


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"Service price": "1.500,50 €"}, "price_eur", Decimal("1500.5")),
        ({"Service price": "1 500"}, "price_eur", Decimal(1500)),
        ({"Dates": datetime(2026, 3, 1)}, "ends_on", date(2026, 3, 1)),
        ({"Dates": "01.03.2026 - 05.03.2026"}, "ends_on", date(2026, 3, 5)),
        ({"Customer": "  Frigo Montaña "}, "client__name", "Frigo Montaña"),
        ({"Technology type used": " robotics ; INTERNET OF THINGS;"}, "technologies", ["robotics", "iot"]),
    ],
)
def test_repairs_what_is_meant_without_doubt(cast, made, change, field, value):
    sheet = operations.read_sheet(made(change), country="ES", today=NOW.date())
    assert sheet.refused == []
    take_in(made(change), cast.pau)
    assert ServiceRecord.objects.values_list(field, flat=True).get() == value


def test_the_same_content_id_twice_is_refused(cast, made):
    sheet = operations.read_sheet(made({}, {}), country="ES", today=NOW.date())
    assert [(line.cell, line.text) for line in sheet.refused] == [("A3", "row 2 has the same Content ID")]


def test_what_is_no_sheet_is_refused_as_a_whole(cast, made):
    for data, words in (
        (b"no workbook", "no Excel workbook"),
        (made({}, heads=("A", "B")), "heads of the KPI sheet"),
        (made({}, heads=services.HEADS[:9]), "lacks the columns: Dates"),
    ):
        with pytest.raises(operations.CannotReadSheet, match=words):
            operations.read_sheet(data, country="ES", today=NOW.date())


def test_a_sheet_waits_for_its_own_hub_alone_and_once(cast, made):
    _sheet, _taken, key = operations.try_out(made({}), by=acting(cast.pau), at=NOW)
    for user in (cast.jonas, cast.pau, cast.pau):
        try:
            operations.take_over(key, by=acting(user), at=NOW)
        except operations.CannotTakeOver:
            assert user == cast.jonas or ServiceRecord.objects.count() == 1
    assert list(ServiceRecord.objects.values_list("hub_id", flat=True)) == [cast.ebro.pk]


def test_the_register_leaves_as_table_and_workbook(cast, made):
    take_in(made({}), cast.pau)
    aid.set_up(
        national_share=Decimal(40),
        default_basis="",
        granting_authority="=Ministry",
        edih_name="",
        edih_country="",
        by=acting(cast.lucia),
        at=NOW,
    )
    options = {"actor": acting(cast.pau), "today": NOW.date(), "at": NOW, "language": "en"}
    text = queries.register_file(kind="csv", **options).content.decode("utf-8-sig")
    assert text.splitlines()[1] == (
        "Frigo Montaña,ESB12345678,600.50,2026-03-01,'=Ministry,Subsidised services,,2026-03-27,,late"
    )
    book = load_workbook(io.BytesIO(queries.register_file(kind="xlsx", **options).content))
    assert book.worksheets[0]["C2"].value == 600.5


def test_more_rows_need_no_more_statements(cast, made):
    counts = []
    for n in (30, 90):
        data = made(*({"Content ID": f"{n}-{i}", "Customer": f"{n} {i % 9}", "VAT": f"{n}V{i % 9}"} for i in range(n)))
        with CaptureQueriesContext(connection) as captured:
            assert len(take_in(data, cast.pau).added) == n
        counts.append(len(captured))
    # The second run finds the settings that the first one made.
    assert counts[1] <= counts[0] < 90
    with CaptureQueriesContext(connection) as captured:
        assert len(cells(cast.pau)[1]) == 121
    assert len(captured) <= 5
