"""When a hub says what it expects of a case. Source: BP-JD-07, BP-REC-R3.1."""

from datetime import timedelta

import pytest
from cast import acting
from collaboration.shares.sheets import D, expect, seen
from factories import NOW

from hansa.collaboration.models import Estimate, Request
from hansa.collaboration.shares import operations, queries
from hansa.foundation.models import Activity


def sheet(request, user):
    case = seen(request, user)
    return queries.sheets_of(case.request, case.collaboration, case.rates)[case.hub_id]


def test_the_cost_is_hours_at_the_rate_of_the_hub_plus_other_spending(cast, agreement):
    cast.isar.day_rate_eur = D(640)
    cast.isar.save()
    expect(agreement.request, cast.jonas, C3={"hours": D("4.5"), "amount_eur": D(100)}, C4={"hours": D(8)})
    found = sheet(agreement.request, cast.jonas)
    assert (found.estimated_cost("JD-D2-C3"), found.estimated_cost("JD-D2-C4")) == (D(460), D(640))
    assert found.estimated_eur == D(1100)
    assert found.actual_eur is None


def test_earlier_estimates_stay_with_who_and_when_and_the_newest_counts(cast, agreement):
    expect(agreement.request, cast.lucia, C1={"hours": D(4)}, B1={"score": 3})
    expect(agreement.request, cast.lucia, C1={"hours": D(6)}, B1={"score": 3})
    rows = Estimate.objects.filter(item="JD-D1-C1").order_by("pk")
    assert [(row.hours, row.entered_by, row.at) for row in rows] == [(D(4), cast.lucia, NOW), (D(6), cast.lucia, NOW)]
    assert Estimate.objects.filter(item="JD-D1-B1").count() == 1
    assert sheet(agreement.request, cast.lucia).estimates["JD-D1-C1"].hours == D(6)


def test_an_estimate_can_be_taken_back(cast, agreement):
    expect(agreement.request, cast.lucia, R1={"likelihood": 20, "amount_eur": D(4000)})
    assert sheet(agreement.request, cast.lucia).estimates["JD-D1-R1"].expected_eur == D(800)
    expect(agreement.request, cast.lucia, R1={})
    assert sheet(agreement.request, cast.lucia).estimates == {}


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ({"C1": {"hours": D(-1)}}, "hours from 0"),
        ({"C1": {"hours": D("NaN")}}, "hours from 0"),
        ({"C1": {"amount_eur": D("Infinity")}}, "amount from 0"),
        ({"C1": {"amount_eur": D("0.001")}}, "amount from 0"),
        ({"C1": {"amount_eur": D(10_000_001)}}, "10,000,000"),
        ({"C1": {"score": 3}}, "does not belong"),
        ({"B1": {"score": 6}}, "from 0 to 5"),
        ({"B1": {"score": 2, "amount_eur": D(5)}}, "not both"),
        ({"R1": {"likelihood": 101}}, "per cent"),
        ({"C9": {"hours": D(1)}}, "Load the page again"),
    ],
)
def test_what_cannot_be_is_refused(cast, agreement, point, says):
    with pytest.raises(operations.CannotEstimate, match=says):
        expect(agreement.request, cast.lucia, **point)
    assert not Estimate.objects.exists()


def test_a_hub_estimates_its_own_role_alone(cast, agreement):
    case = seen(agreement.request, cast.jonas)
    wrong = [operations.Expected(item="JD-D1-C1", hours=D(1))]
    with pytest.raises(operations.CannotEstimate):
        operations.estimate(case, expected=wrong, by=acting(cast.jonas), at=NOW)


def test_after_signing_estimates_stay_as_they_were(cast, agreement):
    case = seen(agreement.request, cast.lucia)
    # Signed while the page lay open.
    Request.objects.filter(pk=agreement.request_id).update(state="delivering")
    with pytest.raises(operations.CannotEstimate, match="Every party has signed"):
        operations.estimate(
            case,
            expected=[operations.Expected(item="JD-D1-C1", hours=D(1))],
            by=acting(cast.lucia),
            at=NOW + timedelta(hours=1),
        )


def test_the_log_keeps_no_amounts_and_is_for_the_own_hub(cast, agreement):
    expect(agreement.request, cast.jonas, C1={"hours": D(4)})
    row = Activity.objects.get(verb="estimate.entered")
    assert (row.hub_ids, row.client_ids, row.facts) == ([cast.isar.pk], [], {"items": ["JD-D2-C1"]})


def test_strangers_clients_and_stewards_find_nothing(cast, agreement):
    for user in (cast.stranger, cast.mayor, cast.steward, cast.observer):
        assert queries.case_for(agreement.request.ref, actor=acting(user), at=NOW) is None
