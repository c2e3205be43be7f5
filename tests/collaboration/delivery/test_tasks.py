"""When people plan and do the work. Source: BP-JD-06."""

from datetime import date

import pytest
from cast import Cast, acting
from factories import NOW

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Collaboration, Task
from hansa.foundation.models import Activity

DUE = date(2026, 12, 4)


def add(collaboration: Collaboration, cast: Cast, **changes) -> Task:
    fields = {"title": "Book the sensor kit", "hub_id": cast.isar.pk, "due_on": DUE} | changes
    return operations.add_task(collaboration, by=acting(cast.lucia), at=NOW, **fields)


def test_adds_a_task_with_owner_and_date(cast, collaboration):
    task = add(collaboration, cast, owner_id=cast.jonas.pk)

    assert (task.hub, task.owner, task.due_on) == (cast.isar, cast.jonas, DUE)
    assert Activity.objects.get(verb="task.added").hub_ids == collaboration.party_ids


def test_refuses_a_hub_outside_the_team(cast, collaboration):
    with pytest.raises(operations.CannotChangeTask, match="one of the team's hubs"):
        add(collaboration, cast, hub_id=cast.silent.pk)


def test_refuses_an_owner_of_another_hub(cast, collaboration):
    with pytest.raises(operations.CannotChangeTask, match="must work for the hub"):
        add(collaboration, cast, owner_id=cast.pau.pk)


def test_refuses_a_stranger(cast, collaboration):
    with pytest.raises(operations.CannotChangeTask, match="team's hubs"):
        operations.add_task(collaboration, by=acting(cast.stranger), title="x", hub_id=cast.isar.pk, due_on=DUE, at=NOW)


def test_the_client_does_not_plan_the_hubs_work(cast, collaboration):
    with pytest.raises(operations.CannotChangeTask):
        operations.add_task(collaboration, by=acting(cast.mayor), title="x", hub_id=cast.isar.pk, due_on=DUE, at=NOW)


def test_ticks_once_however_often_it_is_asked(cast, collaboration):
    task = add(collaboration, cast)

    for _ in range(2):
        operations.set_done(task, done=True, by=acting(cast.jonas), at=NOW)

    assert Activity.objects.filter(verb="task.done").count() == 1


def test_another_partner_cannot_tick_it(cast, collaboration):
    """Source: BP-JD-12."""
    task = add(collaboration, cast, hub_id=cast.ebro.pk)

    with pytest.raises(operations.CannotChangeTask, match="Only Ebro Data Hub or the lead"):
        operations.set_done(task, done=True, by=acting(cast.jonas), at=NOW)


def test_nothing_changes_while_the_client_looks(cast, collaboration):
    task = add(collaboration, cast)
    collaboration.request.state = "confirming"
    collaboration.request.save()

    with pytest.raises(operations.CannotChangeTask, match="wait for the client"):
        operations.set_done(task, done=True, by=acting(cast.jonas), at=NOW)


def test_a_removed_task_stays_in_the_log(cast, collaboration):
    task = add(collaboration, cast)

    operations.remove_task(task, by=acting(cast.lucia), at=NOW)

    assert not Task.objects.exists()
    assert Activity.objects.get(verb="task.removed").facts["title"] == "Book the sensor kit"


def test_a_second_press_adds_no_second_task(cast, collaboration):
    first, again = add(collaboration, cast), add(collaboration, cast)

    assert first == again
    assert Activity.objects.filter(verb="task.added").count() == 1
    assert add(collaboration, cast, due_on=date(2026, 12, 11)) != first
