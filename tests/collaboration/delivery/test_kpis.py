"""When something happens that a KPI counts: what is shown is what the log says. Source: BP-KPI-01, BP-KPI-02."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import acting
from factories import NOW, make_kpi

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.delivery import operations, queries
from hansa.collaboration.delivery.states import COUNTED, MEASURES, is_computed
from hansa.collaboration.models import KpiResult
from hansa.foundation import activity
from hansa.foundation.actors import SYSTEM

TODAY = NOW.date()


def happened(collaboration, verb, *, days=0, **facts):
    """Write a row of the log as the corners do in which the case began."""
    request = collaboration.request
    at = NOW + timedelta(days=days)
    activity.record(verb, actor=SYSTEM, subject=request, at=at, case_ref=request.ref, facts=facts)


@pytest.fixture
def counted(cast, collaboration):
    """A case with a KPI of every kind, in which much has happened."""
    for key in (*MEASURES, "tbi-tests"):
        make_kpi(collaboration, key, key=key, is_computed=is_computed(key))
    happened(collaboration, "request.stated", days=-20)
    happened(collaboration, "request.moved", days=-13, move="draft")
    happened(collaboration, "agreement.in_force", days=-5)
    happened(collaboration, "collaboration.started", covered=3, wanted=4)
    lead, partner, client = acting(cast.lucia), acting(cast.jonas), acting(cast.mayor)
    for name, due_in, decision in (("One", 3, "go"), ("Two", 0, "go"), ("Three", 5, "stop")):
        stone = operations.set_milestone(
            collaboration, name=name, due_on=TODAY + timedelta(days=due_in), criterion="Seen.", decider_id=None,
            by=lead, at=NOW,
        )  # fmt: skip
        late = NOW + timedelta(days=1)
        operations.decide(stone, decision=decision, reason="So.", new_due_on=None, by=client, at=late)
    for hours in ("3.50", "4.25"):
        entry = operations.log_time(
            collaboration, person_id=cast.jonas.pk, on=TODAY, hours=Decimal(hours), cost_item="JD-D2-C4", by=partner,
            at=NOW,
        )  # fmt: skip
    operations.remove_time(entry, by=partner, at=NOW)
    for amount in (1000, 250):
        invested = {"amount_eur": Decimal(amount), "kind": "own", "on": TODAY, "evidence": "Order 12"}
        investment = operations.record_investment(collaboration, by=client, at=NOW, **invested)
    operations.remove_investment(investment, by=client, at=NOW)
    task = operations.add_task(collaboration, title="Do it", hub_id=cast.isar.pk, due_on=TODAY, by=lead, at=NOW)
    operations.set_done(task, done=True, by=partner, at=NOW)
    kpi = collaboration.kpis.get(key="tbi-tests")
    for value in (1, 3):
        operations.record_measurement(
            kpi, value=Decimal(value), measured_on=TODAY, note="Test report", by=partner, at=NOW
        )
    return collaboration


def shown(cast, collaboration) -> dict[str, Decimal | None]:
    room = queries.room(collaboration.request.ref, actor=acting(cast.lucia), at=NOW)
    keys = dict(collaboration.kpis.values_list("pk", "key"))
    return {keys[kpi.id]: kpi.value for kpi in room.kpis}


def test_every_kpi_shown_is_what_the_log_says(cast, counted):
    keys = dict(counted.kpis.values_list("pk", "key"))
    recomputed = {keys[pk]: value for pk, value in queries.recomputed(counted).items()}
    assert shown(cast, counted) == recomputed
    assert recomputed == {
        "needs-covered": Decimal(75),
        "days-to-team": Decimal(7),
        "days-to-signature": Decimal(15),
        "milestones-on-time": Decimal("33.33"),
        "deliverables-accepted": None,
        "hours-worked": Decimal("3.5"),
        "services-delivered": Decimal(1),
        "satisfaction": None,
        "sfi-investment": Decimal(1000),
        "maturity-change": None,
        "tbi-tests": Decimal(3),
    }


def test_the_values_can_be_thrown_away_and_come_back(cast, counted):
    before = shown(cast, counted)
    KpiResult.objects.all().delete()
    operations.record_measurement(
        counted.kpis.get(key="tbi-tests"),
        value=Decimal(3),
        measured_on=TODAY,
        note="Again",
        by=acting(cast.jonas),
        at=NOW,
    )
    assert shown(cast, counted) == before


def test_what_the_client_says_counts(cast, counted):
    counted.request.state = "confirming"
    counted.request.save()
    for person, rating in ((cast.jonas, 2), (cast.mayor, 3), (cast.mayor, 5)):
        operations.give_feedback(counted, by=acting(person), rating=rating, text="", at=NOW)
    assert shown(cast, counted)["satisfaction"] == 5


@pytest.mark.parametrize("key", sorted(MEASURES))
def test_nothing_is_made_up_where_nothing_happened(cast, collaboration, key):
    make_kpi(collaboration, key, key=key, is_computed=True)
    assert shown(cast, collaboration) == {key: None} == {key: next(iter(queries.recomputed(collaboration).values()))}


def test_a_measurement_needs_something_that_shows_it(cast, collaboration):
    kpi = make_kpi(collaboration)
    for fields, says in (
        ({"note": " "}, "Say how it was measured"),
        ({"note": "x", "value": Decimal("NaN")}, "number"),
        ({"note": "x", "value": Decimal(10) ** 12}, "number"),
        ({"note": "", "document_id": 999_999}, "removed meanwhile"),
    ):
        call = {"value": Decimal(1), "measured_on": TODAY} | fields
        with pytest.raises(operations.CannotRecordMeasurement, match=says):
            operations.record_measurement(kpi, by=acting(cast.jonas), at=NOW, **call)


def test_the_models_of_agreements_say_which_are_computed():
    """An agreement that calls a KPI computed must not leave it to be typed, nor the other way round."""
    functions = ("TBI", "SFI", "IEN", "SKT")
    assert {kpi.key: kpi.computed for kpi in agreements.kpi_templates(functions)} == {
        kpi.key: is_computed(kpi.key) for kpi in agreements.kpi_templates(functions)
    }


def test_every_event_that_is_read_makes_the_kpis_new():
    """A verb in a formula that is not in the list would leave an old value on the page."""
    import inspect
    import re

    from hansa.collaboration.delivery.states import measures

    read = set(re.findall(r'"([a-z]+\.[a-z_]+)"', inspect.getsource(measures)))
    assert read == COUNTED


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"amount_eur": Decimal(0)}, "more than 0"),
        ({"amount_eur": Decimal(-5)}, "more than 0"),
        ({"amount_eur": Decimal("NaN")}, "more than 0"),
        ({"kind": "lottery"}, "where the money"),
        ({"on": TODAY + timedelta(days=1)}, "future"),
        ({"on": date(2020, 1, 1)}, "before the case"),
        ({"evidence": " "}, "what shows it"),
    ],
)
def test_an_investment_that_nothing_shows_is_refused(cast, collaboration, fields, says):
    call = {"amount_eur": Decimal(100), "kind": "own", "on": TODAY, "evidence": "Order"} | fields
    with pytest.raises(operations.CannotRecordInvestment, match=says):
        operations.record_investment(collaboration, by=acting(cast.mayor), at=NOW, **call)


def test_strangers_record_no_investment(cast, collaboration):
    call = {"amount_eur": Decimal(100), "kind": "own", "on": TODAY, "evidence": "Order"}
    for person in (cast.stranger, cast.steward, cast.mette):
        with pytest.raises(operations.CannotRecordInvestment, match="Only people of the team"):
            operations.record_investment(collaboration, by=acting(person), at=NOW, **call)
