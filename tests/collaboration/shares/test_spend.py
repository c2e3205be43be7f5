"""When a hub enters what it spent. Source: BP-REC-R3.1."""

from datetime import date, timedelta

import pytest
from cast import acting
from collaboration.shares.sheets import D, seen
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import NOW

from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.models import Expense
from hansa.collaboration.shares import operations, queries

TODAY = NOW.date()


def spend(cast, collaboration, person="lucia", **fields):
    user = getattr(cast, person)
    role = "D1" if person == "lucia" else "D2"
    fields = {"item": f"JD-{role}-C3", "amount_eur": D("120.50"), "on": TODAY} | fields
    return operations.record_expense(seen(collaboration.request, user), by=acting(user), at=NOW, **fields)


def test_what_was_spent_and_worked_adds_up_by_cost(cast, collaboration):
    spend(cast, collaboration)
    delivery.log_time(collaboration, person_id=cast.lucia.pk, on=TODAY, hours=D(4), cost_item="JD-D1-C3", by=acting(cast.lucia), at=NOW)  # fmt: skip
    case = seen(collaboration.request, cast.lucia)
    found = queries.sheets_of(case.request, case.collaboration, case.rates)[cast.ebro.pk]
    # 4 hours at the network's default of 800 euro a day.
    assert found.actual_cost("JD-D1-C3") == D("520.50")
    assert found.actual_eur == D("520.50")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"amount_eur": D(0)}, "more than 0"),
        ({"amount_eur": D(-5)}, "more than 0"),
        ({"amount_eur": D("NaN")}, "more than 0"),
        ({"amount_eur": D("1.005")}, "more than 0"),
        ({"on": TODAY + timedelta(days=1)}, "future"),
        ({"on": date(2020, 1, 1)}, "The case began"),
        ({"item": "JD-D2-C3"}, "costs of your hub"),
        ({"receipt": SimpleUploadedFile("bill.pdf", b"")}, "empty"),
    ],
)
def test_what_cannot_be_is_refused(cast, collaboration, fields, says):
    with pytest.raises(operations.CannotSpend, match=says):
        spend(cast, collaboration, **fields)
    assert not Expense.objects.exists()


def test_nothing_is_spent_before_the_delivery_nor_after_the_closing(cast, agreement, collaboration):
    with pytest.raises(operations.CannotSpend, match="once every party has signed"):
        spend(cast, agreement)
    collaboration.closed_at = NOW
    collaboration.save()
    with pytest.raises(operations.CannotSpend, match="closed"):
        spend(cast, collaboration)


def test_the_receipt_is_sent_to_the_own_hub_as_a_download(cast, collaboration, client):
    expense = spend(cast, collaboration, "jonas", receipt=SimpleUploadedFile("../bill.html", b"<script>"))
    url = f"/requests/{collaboration.request.ref}/costs/expenses/{expense.pk}/"
    client.force_login(cast.jonas)
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="bill.html"'
    assert answer["Content-Type"] == "application/octet-stream"
    for other in (cast.lucia, cast.mayor, cast.stranger):
        client.force_login(other)
        assert client.get(url).status_code == 404


def test_the_own_hub_alone_removes_it_with_its_file(cast, collaboration, django_capture_on_commit_callbacks):
    expense = spend(cast, collaboration, receipt=SimpleUploadedFile("bill.pdf", b"%PDF"))
    with pytest.raises(operations.CannotSpend, match="Only the hub"):
        operations.remove_expense(expense, by=acting(cast.jonas), at=NOW)
    storage, name = expense.file.storage, expense.file.name
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_expense(expense, by=acting(cast.lucia), at=NOW)
    assert not Expense.objects.exists()
    assert not storage.exists(name)
