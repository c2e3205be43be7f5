"""When somebody looks at results. Source: BP-KPI-01."""

from datetime import timedelta

import pytest
from cast import acting, make_cast
from factories import NOW, make_collaboration, make_kpi, make_request

from hansa.collaboration.models import Feedback, KpiResult
from hansa.pulse.analytics import queries


@pytest.fixture
def cast(db):
    return make_cast()


def figures(results: queries.Results) -> dict[str, float | None]:
    return {figure.key: figure.value for figure in results.figures}


def closed_case(cast, *, rating=5, value=1, target=1):
    case = make_collaboration(cast.ebro, cast.isar, client=cast.elsewhere, state="closed", closed_at=NOW)
    kpi = make_kpi(case, target=target)
    KpiResult.objects.create(kpi=kpi, value=value, measured_on=NOW.date(), hub=cast.isar, at=NOW)
    Feedback.objects.create(collaboration=case, side="client", rating=rating, author=cast.mayor, at=NOW)
    return case


def test_a_hub_without_cases_has_nothing_instead_of_zero_percent(cast):
    found = figures(queries.hub_results(acting(cast.stranger), since=None, at=NOW))

    assert (found["needs"], found["days-to-team"], found["kpis-met"], found["satisfaction"]) == (0, None, None, None)


def test_counts_for_lead_and_partner_from_what_happened(cast):
    closed_case(cast)
    closed_case(cast, rating=4, value=0)
    make_request(cast.ebro, cast.elsewhere, team_at=NOW + timedelta(days=6))

    lead = figures(queries.hub_results(acting(cast.lucia), since=None, at=NOW))
    partner = figures(queries.hub_results(acting(cast.jonas), since=None, at=NOW))

    assert (lead["needs"], lead["teams"], lead["days-to-team"]) == (3, 1, 6.0)
    assert partner["needs"] == 0
    for found in (lead, partner):
        assert (found["deliveries"], found["partners"], found["countries"]) == (2, 1, 1)
        assert (found["kpis-met"], found["satisfaction"]) == (50, 4.5)


def test_the_network_holds_small_counts_about_clients_back(cast):
    closed_case(cast)

    found = queries.network_results(since=None)

    assert figures(found)["satisfaction"] is None
    assert (found.closed, found.kpis) == ((), ())


@pytest.mark.parametrize(("person", "status"), [("lucia", 200), ("steward", 200), ("observer", 200), ("mayor", 404)])
def test_everybody_reads_only_the_results_meant_for_them(cast, client, person, status):
    client.force_login(getattr(cast, person))

    assert client.get("/results/").status_code == status
    assert client.get("/results/export/").status_code == status


@pytest.mark.parametrize(("person", "n_statements"), [("lucia", 4), ("jonas", 5), ("steward", 5)])
def test_the_page_takes_as_many_statements_for_thirty_cases_as_for_one(
    cast, client, django_assert_num_queries, person, n_statements
):
    client.force_login(getattr(cast, person))
    for n_cases in (1, 29):
        for _ in range(n_cases):
            closed_case(cast)
        client.get("/results/")
        with django_assert_num_queries(n_statements):
            assert client.get("/results/").status_code == 200


def test_the_page_shows_what_was_closed_since(cast, client):
    client.force_login(cast.lucia)
    assert "No closed cases yet" in client.get("/results/").content.decode()

    case = closed_case(cast)
    page = client.get("/results/").content.decode()
    assert "No closed cases yet" not in page
    assert case.request.title in page
    assert "Target 1" in page


def test_the_page_names_a_case_to_a_partner_as_the_client_lets_it(cast, client):
    case = closed_case(cast)
    for person, shown in (("lucia", True), ("jonas", False)):
        client.force_login(getattr(cast, person))
        page = client.get("/results/").content.decode()
        assert (case.request.title in page) == shown
        assert ("Machines stop without warning" in page) != shown


def test_whole_numbers_stand_without_a_point(cast, client):
    closed_case(cast)
    client.force_login(cast.lucia)

    page = client.get("/results/?period=all").content.decode()

    assert '<p class="big">5 <small>of 5</small></p>' in page
    assert ".0 <small>" not in page
