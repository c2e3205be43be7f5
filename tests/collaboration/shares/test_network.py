"""When the network's figures on costs are read. Source: BP-REC-R3.1, BP-REC-R2.1."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from factories import NOW, make_collaboration, make_hub
from openpyxl import load_workbook

from hansa.collaboration.models import Agreement, Estimate, Expense, Party, TimeEntry
from hansa.collaboration.shares import queries

D = Decimal


def close_case(cast, lead, partner, *, hours=(10, 20), fees=(2000, 3000), expense=0, scenario="JD"):
    """Close a case in which lead and partner worked these hours, at 800 euro a day."""
    row = make_collaboration(lead, partner, state="closed", closed_at=NOW)
    row.request.scenario = scenario
    row.request.save(update_fields=["scenario"])
    agreement = Agreement.objects.create(request=row.request, instrument="jd-agreement", created_at=NOW)
    for place, (hub, worked, fee) in enumerate(zip((lead, partner), hours, fees, strict=True)):
        role = "lead" if place == 0 else "partner"
        Party.objects.create(agreement=agreement, hub=hub, role=role, position=place, effort_days=2, fee_eur=fee)
        if worked:
            TimeEntry.objects.create(
                collaboration=row, hub=hub, person=cast.lucia, on=NOW.date() - timedelta(days=1), hours=worked,
                cost_item=f"{scenario}-D{place + 1}-C1", entered_by=cast.lucia, at=NOW,
            )  # fmt: skip
    if expense:
        Expense.objects.create(
            collaboration=row, hub=lead, item=f"{scenario}-D1-C2", amount_eur=expense, on=NOW.date(), at=NOW
        )
    return row


@pytest.fixture
def network(cast):
    """Five leads with five partners; the leads work 10 to 14 hours, and one also spends 500 euro."""
    return [
        close_case(cast, make_hub(), make_hub(), hours=(10 + n, 20), expense=500 if n == 0 else 0) for n in range(5)
    ]


def figures(role="Lead"):
    found = queries.network_costs()
    return next(row for row in found.roles if row.role == role)


def test_costs_are_median_and_quartiles_over_all_pairs_with_zero_where_nothing_was_spent(network):
    lead = figures()
    assert (lead.is_shown, lead.n_cases, lead.n_hubs) == (True, 5, 5)
    first, second = lead.costs[:2]
    assert (first.quarter, first.median, first.three_quarters) == (D(1100), D(1200), D(1300))
    assert (second.quarter, second.median, second.three_quarters) == (D(0), D(0), D(0))


def test_figures_of_four_cases_or_of_four_hubs_are_held_back(cast, network):
    network[0].closed_at = None
    network[0].save()
    assert not queries.network_costs().is_anything_shown
    # A fifth case of a lead that has one already.
    close_case(cast, network[1].request.lead, make_hub())
    lead, partner = figures(), figures("Partner")
    assert (lead.is_shown, lead.costs, lead.n_cases) == (False, (), 0)
    assert partner.is_shown


def test_a_second_scenario_of_few_cases_cannot_be_told_from_the_whole(cast, network):
    before = queries.network_costs().leads[-1]
    assert before.is_shown
    for _ in range(2):
        close_case(cast, make_hub(), make_hub(), scenario="MM")
    shown = {row.key: row.is_shown for row in queries.network_costs().leads}
    # The two of matchmaking would be the difference between all and joint delivery.
    assert shown == {"JD": False, "MM": False, "": True}


def test_a_share_is_held_back_where_it_is_about_one_case(cast, network):
    whole = queries.network_costs().leads[-1]
    assert whole.losing_per_cent == 0
    close_case(cast, make_hub(), make_hub(), fees=(500, 3000))
    assert [row.losing_per_cent for row in queries.network_costs().leads] == [None, None]
    for _ in range(4):
        close_case(cast, make_hub(), make_hub(), fees=(500, 3000))
    assert [row.losing_per_cent for row in queries.network_costs().leads] == [50, 50]


def test_the_share_of_all_is_held_back_where_the_rest_would_be_about_one_case(cast, network):
    """Joint delivery: nobody loses. All: one of matchmaking does."""
    for n in range(6):
        close_case(cast, make_hub(), make_hub(), scenario="MM", fees=(500 if n == 0 else 9000, 3000))
    found = {row.key: row for row in queries.network_costs().leads}
    assert all(row.is_shown for row in found.values())
    assert {key: row.losing_per_cent for key, row in found.items()} == {"JD": 0, "MM": None, "": None}


def test_the_incentive_is_what_all_hubs_lack_and_benefits_in_money_count(cast, network):
    """The leads lack 1,500, 1,100, 1,200, 1,300 and 1,400 euro, the partners 2,000 each: 16,500 in all, rounded."""
    for row in network:
        Party.objects.filter(agreement__request=row.request).update(fee_eur=0)
    found = queries.network_costs().leads[-1]
    assert found.incentive_median == D(3300)
    assert found.incentive_sum == D(17_000)
    Estimate.objects.create(request=network[0].request, hub=network[0].request.lead, kind="benefit", item="JD-D1-B1", amount_eur=1500, at=NOW)  # fmt: skip
    assert queries.network_costs().leads[-1].incentive_sum == D(15_000)


def test_costs_as_many_statements_for_many_cases(cast, network, django_assert_num_queries):
    for _ in range(5):
        close_case(cast, make_hub(), make_hub())
    with django_assert_num_queries(6):
        queries.network_costs()


@pytest.mark.parametrize("person", ["steward", "assessor", "observer"])
def test_roles_in_the_network_read_and_export_it(cast, network, client, person):
    client.force_login(getattr(cast, person))
    content = client.get("/network/costs/").content.decode()
    assert "1,200" in content
    rows = list(csv.reader(io.StringIO(client.get("/network/costs/costs.csv").content.decode("utf-8-sig"))))
    assert rows[1][:6] == ["Joint delivery", "Lead", "JD-D1-C1 Telling potential partners about the opportunity", "1100", "1200", "1300"]  # fmt: skip
    assert all(len(row) == len(rows[0]) and row[-1] for row in rows)
    book = load_workbook(io.BytesIO(client.get("/network/costs/costs.xlsx").content))
    assert book.active.cell(2, 5).value == 1200
    assert client.get("/network/costs/costs.exe").status_code == 404


@pytest.mark.parametrize("person", ["lucia", "mayor"])
def test_others_do_not(cast, client, person):
    client.force_login(getattr(cast, person))
    for page in ("", "costs.csv"):
        assert client.get(f"/network/costs/{page}").status_code == 404


def test_says_what_is_missing_where_nothing_is_shown(cast, client):
    client.force_login(cast.observer)
    assert "Too few closed cases" in client.get("/network/costs/").content.decode()
