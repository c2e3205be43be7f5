"""When something is handed to the client. Source: BP-JD-06."""

from datetime import date

import pytest
from cast import acting
from factories import NOW, make_kpi

from hansa.collaboration.delivery import operations, queries
from hansa.collaboration.models import Document


@pytest.fixture
def plan(cast, collaboration):
    """A deliverable of the partner."""
    return operations.plan_deliverable(
        collaboration, name="Test report", hub_id=cast.isar.pk, due_on=None, by=acting(cast.lucia), at=NOW
    )


def hand(plan, person, **fields):
    fields = {"note": "The report", "document_id": None} | fields
    return operations.hand_over(plan, by=acting(person), at=NOW, **fields)


def reply(plan, person, *, accepts=True, number=1, reason=""):
    return operations.answer_handover(plan, number=number, accepts=accepts, reason=reason, by=acting(person), at=NOW)


def test_each_version_keeps_its_answer(cast, collaboration, plan):
    make_kpi(collaboration, key="deliverables-accepted", is_computed=True)
    hand(plan, cast.jonas)
    reply(plan, cast.mayor, accepts=False, reason="Line 3 is missing.")
    hand(plan, cast.jonas, note="With line 3")
    reply(plan, cast.mayor, number=2)
    (item,) = queries.deliverables_of(collaboration)
    assert [(row.number, row.answer, row.reason) for row in item.handovers.all()] == [
        (1, "sent_back", "Line 3 is missing."),
        (2, "accepted", ""),
    ]
    assert list(queries.recomputed(collaboration).values()) == [100]


def test_only_the_client_answers_and_only_what_it_saw(cast, collaboration, plan):
    with pytest.raises(operations.CannotHandOver, match="nothing to answer"):
        reply(plan, cast.mayor)
    hand(plan, cast.jonas)
    for person in (cast.lucia, cast.jonas, cast.stranger):
        with pytest.raises(operations.CannotHandOver, match="Only the client"):
            reply(plan, person)
    with pytest.raises(operations.CannotHandOver, match="what is missing"):
        reply(plan, cast.mayor, accepts=False, reason=" ")
    with pytest.raises(operations.CannotHandOver, match="newer version"):
        reply(plan, cast.mayor, number=0)
    reply(plan, cast.mayor)
    with pytest.raises(operations.CannotHandOver, match="accepted already"):
        hand(plan, cast.jonas)


def test_a_case_without_client_is_answered_by_the_lead(cast, collaboration, plan):
    collaboration.request.client = None
    collaboration.request.save()
    hand(plan, cast.jonas)
    assert reply(plan, cast.lucia).state == "accepted"


def test_a_file_that_the_client_may_not_see_is_no_deliverable(cast, collaboration, plan):
    inside = Document.objects.create(
        collaboration=collaboration, hub=cast.isar, name="a.pdf", size=1, for_client=False, added_at=NOW
    )
    with pytest.raises(operations.CannotHandOver, match="may see"):
        hand(plan, cast.jonas, document_id=inside.pk)


def test_others_of_the_team_do_not_hand_it_over(cast, collaboration, plan):
    other = operations.plan_deliverable(
        collaboration, name="Plan", hub_id=cast.ebro.pk, due_on=None, by=acting(cast.lucia), at=NOW
    )
    with pytest.raises(operations.CannotHandOver, match="Only Ebro"):
        hand(other, cast.jonas)
    hand(plan, cast.lucia)
    with pytest.raises(operations.CannotHandOver, match="stays"):
        operations.remove_deliverable(plan, by=acting(cast.lucia), at=NOW)


def test_the_client_answers_on_the_page(cast, collaboration, plan, client):
    hand(plan, cast.jonas)
    client.force_login(cast.mayor)
    path = f"/requests/{collaboration.request.ref}/delivery/plan/"
    assert "Test report" in client.get(path).content.decode()
    act = f"{path}deliverables/{plan.pk}/answer/"
    refused = client.post(act, {"accepts": "0", "number": 1, "reason": ""})
    assert (refused.status_code, "what is missing" in refused.content.decode()) == (422, True)
    assert client.post(act, {"accepts": "1", "number": 1}).status_code == 303


def test_a_change_stands_once_every_hub_agrees(cast, collaboration):
    call = {"title": "Add line 4", "what": "The client has a new line.", "touches_terms": False}
    change = operations.propose_change(collaboration, by=acting(cast.jonas), at=NOW, **call)
    assert change.state == "proposed"
    with pytest.raises(operations.CannotChangeScope, match="answered already"):
        operations.answer_change(change, agrees=True, reason="", by=acting(cast.jonas), at=NOW)
    with pytest.raises(operations.CannotChangeScope, match="Say why"):
        operations.answer_change(change, agrees=False, reason="", by=acting(cast.lucia), at=NOW)
    assert operations.answer_change(change, agrees=True, reason="", by=acting(cast.lucia), at=NOW).state == "agreed"
    with pytest.raises(operations.CannotChangeScope, match="settled"):
        operations.answer_change(change, agrees=False, reason="No", by=acting(cast.lucia), at=NOW)


def test_the_client_reads_incidents_meant_for_it_and_no_change(cast, collaboration, client):
    call = {"happened_on": NOW.date(), "effect": "A day late", "done": ""}
    for what, for_client in (("The gateway broke", True), ("We quarrelled", False)):
        operations.report_incident(
            collaboration, what=what, for_client=for_client, by=acting(cast.jonas), at=NOW, **call
        )
    change = {"title": "More hours", "what": "Two days more.", "touches_terms": True}
    operations.propose_change(collaboration, by=acting(cast.jonas), at=NOW, **change)
    seen = {}
    for name in ("mayor", "lucia"):
        client.force_login(getattr(cast, name))
        text = client.get(f"/requests/{collaboration.request.ref}/delivery/changes/").content.decode()
        seen[name] = [words in text for words in ("The gateway broke", "We quarrelled", "More hours")]
    assert seen == {"mayor": [True, False, False], "lucia": [True, True, True]}
    for day in (date(2027, 1, 1), date(2020, 1, 1)):
        with pytest.raises(operations.CannotReportIncident, match="The day lies"):
            operations.report_incident(
                collaboration,
                what="x",
                for_client=False,
                by=acting(cast.jonas),
                at=NOW,
                **(call | {"happened_on": day}),
            )
