"""When milestones are set and decided."""

from datetime import date, timedelta

import pytest
from cast import acting
from factories import NOW

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Milestone, MilestoneDecision

SOON = NOW.date() + timedelta(days=20)
LATER = SOON + timedelta(days=20)


@pytest.fixture
def stone(cast, collaboration):
    """A milestone that the partner decides."""
    return set_one(cast, collaboration, decider_id=cast.isar.pk)


def set_one(cast, collaboration, **fields):
    fields = {"name": "Prototype", "due_on": SOON, "criterion": "It runs.", "decider_id": cast.ebro.pk} | fields
    return operations.set_milestone(collaboration, by=acting(cast.lucia), at=NOW, **fields)


def decide(stone, person, decision="go", *, reason="", new_due_on=None):
    return operations.decide(stone, decision=decision, reason=reason, new_due_on=new_due_on, by=acting(person), at=NOW)


def test_whoever_was_named_decides_and_nobody_else(cast, stone):
    for person in (cast.lucia, cast.mayor, cast.stranger):
        with pytest.raises(operations.CannotDecideMilestone, match="Only Isar Edge Lab"):
            decide(stone, person)
    assert decide(stone, cast.jonas).decision == "go"


def test_the_client_decides_where_it_was_named(cast, collaboration):
    stone = set_one(cast, collaboration, decider_id=None)
    with pytest.raises(operations.CannotDecideMilestone, match="Only the client"):
        decide(stone, cast.lucia)
    assert decide(stone, cast.mayor).decision == "go"


def test_a_case_without_client_has_a_hub_decide(cast, collaboration):
    collaboration.request.client = None
    collaboration.request.save()
    with pytest.raises(operations.CannotPlan, match="no client"):
        set_one(cast, collaboration, decider_id=None)


def test_a_change_moves_the_day_and_is_decided_again(cast, stone):
    decide(stone, cast.jonas, "change", reason="Sensors come late.", new_due_on=LATER)
    stone.refresh_from_db()
    assert (stone.due_on, stone.is_open) == (LATER, True)
    decide(stone, cast.jonas)
    made = list(MilestoneDecision.objects.values_list("decision", "due_on"))
    assert made == [("change", SOON), ("go", LATER)]


@pytest.mark.parametrize(
    ("decision", "reason", "new_due_on", "says"),
    [
        ("stop", " ", None, "Say why"),
        ("change", "Late.", None, "on which day"),
        ("change", "Late.", NOW.date() - timedelta(days=1), "on which day"),
        ("change", "Late.", date(2027, 12, 1), "after the end"),
        ("maybe", "So.", None, "Choose to go on"),
    ],
)
def test_a_decision_that_helps_nobody_is_refused(cast, collaboration, stone, decision, reason, new_due_on, says):
    collaboration.ends_on = date(2027, 2, 1)
    collaboration.save()
    with pytest.raises(operations.CannotDecideMilestone, match=says):
        decide(stone, cast.jonas, decision, reason=reason, new_due_on=new_due_on)


def test_what_was_decided_stays(cast, stone):
    stale = Milestone.objects.get(pk=stone.pk)
    stale.decider_id, stale.collaboration = stone.decider_id, stone.collaboration
    decide(stone, cast.jonas, "stop", reason="The data is not there.")
    with pytest.raises(operations.CannotDecideMilestone, match="decided already"):
        decide(stale, cast.jonas)
    with pytest.raises(operations.CannotPlan, match="stays"):
        operations.remove_milestone(stone, by=acting(cast.lucia), at=NOW)


@pytest.mark.parametrize("due_on", [NOW.date() - timedelta(days=1), date(2028, 1, 1)])
def test_a_day_outside_the_work_is_refused(cast, collaboration, due_on):
    collaboration.ends_on = date(2027, 2, 1)
    collaboration.save()
    with pytest.raises(operations.CannotPlan, match="day"):
        set_one(cast, collaboration, due_on=due_on)


def test_only_the_lead_plans_and_the_same_twice_is_one(cast, collaboration):
    with pytest.raises(operations.CannotPlan, match="Only the lead"):
        operations.set_milestone(
            collaboration, name="X", due_on=SOON, criterion="Y", decider_id=cast.isar.pk, by=acting(cast.jonas), at=NOW
        )
    assert set_one(cast, collaboration) == set_one(cast, collaboration)


def test_the_page_shows_tasks_to_hubs_and_keeps_what_was_typed(cast, collaboration, client):
    stone = set_one(cast, collaboration, decider_id=None)
    fields = {"title": "Solder the board", "hub_id": cast.isar.pk, "due_on": SOON, "milestone_id": stone.pk}
    operations.add_task(collaboration, by=acting(cast.lucia), at=NOW, **fields)
    path = f"/requests/{collaboration.request.ref}/delivery/plan/"
    shown = {}
    for name in ("lucia", "jonas", "mayor", "stranger"):
        client.force_login(getattr(cast, name))
        answer = client.get(path)
        shown[name] = (answer.status_code, "It runs." in (text := answer.content.decode()), "Solder" in text)
    assert shown == {
        "lucia": (200, True, True),
        "jonas": (200, True, True),
        "mayor": (200, True, False),
        "stranger": (404, False, False),
    }
    client.force_login(cast.mayor)
    refused = client.post(f"{path}milestones/{stone.pk}/decide/", {"decision": "stop", "reason": " "})
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    assert client.post(f"{path}milestones/{stone.pk}/decide/", {"decision": "go"}).status_code == 303


def test_the_page_takes_as_many_statements_for_thirty_milestones_as_for_one(
    cast, collaboration, client, django_assert_num_queries
):
    client.force_login(cast.lucia)
    path = f"/requests/{collaboration.request.ref}/delivery/plan/"
    set_one(cast, collaboration)
    client.get(path)
    for number in range(2):
        with django_assert_num_queries(8):
            client.get(path)
        if not number:
            Milestone.objects.bulk_create(
                Milestone(collaboration=collaboration, name=str(n), due_on=SOON, criterion="Yes.", decider=cast.isar)
                for n in range(30)
            )
