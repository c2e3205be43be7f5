"""When the pages of costs and shares are opened. Source: BP-JD-07."""

import pytest
from collaboration.shares.sheets import D, expect
from factories import make_collaboration, make_hub

from hansa.collaboration.models import Estimate, Expense, Release


def address(case, page=""):
    return f"/requests/{case.request.ref}/costs/{page}"


def test_shows_the_points_of_the_role_and_the_clauses_that_answer_its_risks(cast, agreement, client):
    client.force_login(cast.jonas)
    content = client.get(address(agreement)).content.decode()
    assert "Payment is uncertain" in content
    assert "Coordinating with partners" in content
    assert "Telling potential partners" not in content
    assert "Confidentiality" in content
    # A partner does not read the client's own title.
    assert "waterworks of Elsewhere" not in content


def test_keeps_estimates_and_shows_them_to_nobody_else(cast, agreement, client):
    client.force_login(cast.jonas)
    answer = client.post(address(agreement, "estimates/"), {"JD-D2-C3-hours": "7,5", "JD-D2-C3-amount_eur": "1.234,00"})
    assert answer.status_code == 303
    row = Estimate.objects.get()
    assert (row.item, row.hours, row.amount_eur) == ("JD-D2-C3", D("7.5"), D(1234))
    assert "1,984" in client.get(address(agreement)).content.decode()
    client.force_login(cast.lucia)
    for page in ("", "fair/"):
        assert "1,984" not in client.get(address(agreement, page)).content.decode()


def test_what_was_typed_is_kept_with_the_reason(cast, agreement, client):
    client.force_login(cast.jonas)
    answer = client.post(address(agreement, "estimates/"), {"JD-D2-C3-hours": "-3", "JD-D2-R1-likelihood": "17"})
    assert answer.status_code == 422
    assert 'value="-3"' in answer.content.decode()
    assert 'value="17"' in answer.content.decode()
    assert not Estimate.objects.exists()


def test_a_press_shows_the_sums_and_another_hides_them(cast, agreement, client):
    client.force_login(cast.jonas)
    assert client.post(address(agreement, "release/"), {"shows_money": "on"}).status_code == 303
    assert Release.objects.get().shows_money
    client.post(address(agreement, "release/"))
    assert not Release.objects.get().shows_money


def test_an_expense_comes_and_goes(cast, collaboration, client):
    client.force_login(cast.jonas)
    fields = {"item": "JD-D2-C4", "amount_eur": "99.90", "on": "2026-11-24", "note": "Train"}
    assert client.post(address(collaboration, "expenses/"), fields | {"on": "2031-01-01"}).status_code == 422
    assert client.post(address(collaboration, "expenses/"), fields).status_code == 303
    expense = Expense.objects.get()
    assert "Train" in client.get(address(collaboration)).content.decode()
    client.force_login(cast.lucia)
    assert client.post(address(collaboration, f"expenses/{expense.pk}/remove/")).status_code == 404
    client.force_login(cast.jonas)
    assert client.post(address(collaboration, f"expenses/{expense.pk}/remove/")).status_code == 303


def test_a_split_is_used_from_the_page(cast, agreement, client):
    client.force_login(cast.lucia)
    fees = {hub.pk: "0.00" for hub in (cast.ebro, cast.isar, cast.aarhus)}
    wrong = {"method": "needs", "base_version": "1", "fees": ",".join(f"{pk}:{fee}" for pk, fee in fees.items())}
    assert client.post(address(agreement, "fair/use/"), wrong).status_code == 422
    assert client.post(address(agreement, "fair/use/"), wrong | {"fees": "nonsense"}).status_code == 422
    page = client.get(address(agreement, "fair/"))
    line = next(line for line in page.context["found"].methods if line.method == "needs")
    right = wrong | {"fees": ",".join(f"{pk}:{fee}" for pk, fee in line.fees)}
    assert right["fees"] in page.content.decode()
    assert client.post(address(agreement, "fair/use/"), right).status_code == 303


@pytest.mark.parametrize("person", ["stranger", "mayor", "steward", "observer"])
def test_others_find_nothing(cast, agreement, collaboration, client, person):
    client.force_login(getattr(cast, person))
    for case in (agreement, collaboration):
        for page in ("", "fair/"):
            assert client.get(address(case, page)).status_code == 404
        for act in ("estimates/", "release/", "fair/use/", "expenses/"):
            assert client.post(address(case, act)).status_code == 404


@pytest.mark.parametrize("page", ["", "fair/"])
def test_costs_as_many_statements_with_thirty_partners(cast, client, page, django_assert_max_num_queries):
    client.force_login(cast.lucia)
    one = make_collaboration(cast.ebro, cast.isar, client=cast.elsewhere)
    many = make_collaboration(cast.ebro, *(make_hub() for _ in range(30)), client=cast.elsewhere)
    for case in (one, many):
        expect_rows(case, cast)
        client.get(address(case, page))
        with django_assert_max_num_queries(18):
            client.get(address(case, page))


def expect_rows(case, cast):
    Estimate.objects.create(
        request=case.request, hub=cast.ebro, kind="cost", item="JD-D1-C1", hours=3, entered_by=cast.lucia, at=case.request.created_at
    )  # fmt: skip


def test_estimates_of_a_hub_count_for_its_own_case(cast, agreement, collaboration, client):
    expect(agreement.request, cast.lucia, C1={"hours": D(7)})
    client.force_login(cast.lucia)
    assert "7 h" not in client.get(address(collaboration)).content.decode()
