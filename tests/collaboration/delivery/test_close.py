"""When the results go to the client and the case closes. Source: BP-JD-13, BP-KPI-02."""

from datetime import date
from decimal import Decimal

import pytest
from cast import acting
from factories import NOW, make_kpi

from hansa.collaboration.delivery import operations, queries
from hansa.collaboration.models import Feedback, KpiResult


def measure(kpi, cast, value=1):
    return operations.record_measurement(
        kpi, value=Decimal(value), measured_on=NOW.date(), note="Counted", by=acting(cast.jonas), at=NOW
    )


def test_refuses_to_report_before_every_kpi_has_a_value(cast, collaboration):
    make_kpi(collaboration, "Unplanned stops")

    with pytest.raises(operations.CannotReport, match="Unplanned stops"):
        operations.report(collaboration, by=acting(cast.lucia), at=NOW)


def test_only_the_lead_reports(cast, collaboration):
    """Source: BP-JD-12."""
    with pytest.raises(operations.CannotReport, match="lead hub"):
        operations.report(collaboration, by=acting(cast.jonas), at=NOW)


def test_reporting_makes_it_the_clients_turn(cast, collaboration):
    measure(make_kpi(collaboration), cast)

    request = operations.report(collaboration, by=acting(cast.lucia), at=NOW).request
    request.refresh_from_db()

    assert (request.state, request.turn_client, request.turn_hub_ids) == ("confirming", True, [])


def test_a_result_of_tomorrow_is_refused(cast, collaboration):
    with pytest.raises(operations.CannotRecordMeasurement, match="future"):
        operations.record_measurement(
            make_kpi(collaboration),
            value=Decimal(1),
            measured_on=date(2027, 1, 1),
            note="Counted",
            by=acting(cast.jonas),
            at=NOW,
        )


def test_a_counted_number_cannot_be_typed(cast, collaboration):
    with pytest.raises(operations.CannotRecordMeasurement, match="cannot be typed"):
        measure(make_kpi(collaboration, is_computed=True), cast)


def test_the_newest_value_counts_and_earlier_ones_stay(cast, collaboration):
    kpi = make_kpi(collaboration, better="lower", target=1)
    measure(kpi, cast, 3)
    measure(kpi, cast, 1)

    (outcome,) = queries.room(collaboration.request.ref, actor=acting(cast.lucia), at=NOW).kpis

    assert (outcome.value, outcome.is_met, KpiResult.objects.count()) == (1, True, 2)


@pytest.fixture
def reported(cast, collaboration):
    measure(make_kpi(collaboration), cast)
    make_kpi(collaboration, "Client satisfaction", key="satisfaction", is_computed=True, target=4)
    return operations.report(collaboration, by=acting(cast.lucia), at=NOW)


def test_only_the_client_confirms(cast, reported):
    for person in (cast.lucia, cast.jonas, cast.stranger, cast.steward):
        with pytest.raises(operations.CannotConfirm, match="Only the client"):
            operations.confirm(reported, by=acting(person), note="", at=NOW)


def test_an_objection_needs_words_and_resumes_delivery(cast, reported):
    with pytest.raises(operations.CannotConfirm, match="what is missing"):
        operations.object_to(reported, by=acting(cast.mayor), note="  ", at=NOW)

    operations.object_to(reported, by=acting(cast.mayor), note="The report is missing.", at=NOW)

    reported.request.refresh_from_db()
    assert reported.request.state == "delivering"
    assert reported.request.turn_hub_ids == [cast.ebro.pk]


def test_refuses_to_close_before_the_client_confirmed(cast, reported):
    with pytest.raises(operations.CannotClose, match="client confirmed"):
        operations.close(reported, by=acting(cast.lucia), lesson="", at=NOW)


def test_closing_counts_for_every_hub_of_the_team_once(cast, reported):
    operations.confirm(reported, by=acting(cast.mayor), note="", at=NOW)
    for _ in range(2):
        operations.close(reported, by=acting(cast.lucia), lesson="Ask for data early.", at=NOW)

    for hub in (cast.ebro, cast.isar):
        hub.refresh_from_db()
        assert hub.joint_deliveries == 1
    assert queries.outcomes_of_hub(cast.isar.pk, since=None, at=NOW).n_closed == 1


def test_feedback_of_one_side_is_replaced_not_doubled(cast, reported):
    for rating in (3, 5):
        operations.give_feedback(reported, by=acting(cast.mayor), rating=rating, text="", at=NOW)

    assert [row.rating for row in Feedback.objects.all()] == [5]
    kpis = queries.room(reported.request.ref, actor=acting(cast.lucia), at=NOW).kpis
    assert {kpi.name: kpi.value for kpi in kpis}["Client satisfaction"] == 5


def test_a_stranger_gives_no_feedback(cast, reported):
    with pytest.raises(operations.CannotGiveFeedback, match="took part"):
        operations.give_feedback(reported, by=acting(cast.stranger), rating=1, text="", at=NOW)


def test_partner_results_never_show_the_clients_own_title(cast, reported):
    operations.confirm(reported, by=acting(cast.mayor), note="", at=NOW)
    operations.close(reported, by=acting(cast.lucia), lesson="", at=NOW)

    (lead_sees,) = queries.outcomes_of_hub(cast.ebro.pk, since=None, at=NOW).latest
    (partner_sees,) = queries.outcomes_of_hub(cast.isar.pk, since=None, at=NOW).latest

    assert lead_sees.title == reported.request.title
    assert partner_sees.title == "Machines stop without warning"


def test_an_objection_stands_above_the_work_until_the_results_go_out_again(cast, reported, client):
    operations.object_to(reported, by=acting(cast.mayor), note="The report is missing.", at=NOW)
    client.force_login(cast.lucia)
    room = f"/requests/{reported.request.ref}/delivery/"
    page = client.get(room).content.decode()
    assert 0 < page.index("The report is missing.") < page.index('id="tasks"')

    operations.report(reported, by=acting(cast.lucia), at=NOW)
    assert "The report is missing." not in client.get(room).content.decode()


def test_the_lead_sees_how_many_tasks_are_open_before_it_reports(cast, collaboration, client):
    operations.add_task(
        collaboration, by=acting(cast.lucia), title="Fit it", hub_id=cast.isar.pk, due_on=date(2027, 1, 1), at=NOW
    )
    client.force_login(cast.lucia)
    room = f"/requests/{collaboration.request.ref}/delivery/"
    assert "1 task is still open." in client.get(room).content.decode()
    operations.set_done(collaboration.tasks.get(), done=True, by=acting(cast.lucia), at=NOW)
    assert "still open" not in client.get(room).content.decode()
