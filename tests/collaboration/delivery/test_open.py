"""When an agreement is signed: the work it names is planned for those who agreed to do it."""

from __future__ import annotations

from cast import Cast
from collaboration.agreements.agreeing import draft, make_case
from factories import NOW, make_concept

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Invitation, Request, Want


def asked(case: Request, hub, kind: str, notation: str) -> None:
    """Make a want of the case; ``hub`` was asked for it, or nobody."""
    want = Want.objects.create(request=case, concept=make_concept(kind, notation, notation), state="accepted")
    if hub is not None:
        Invitation.objects.get(request=case, hub=hub).wants.add(want)


def tasks_of(case: Request) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for task in operations.open_collaboration(case.pk, at=NOW).tasks.all():
        found.setdefault(task.hub_id, []).append(task.title)
    return found


def test_tasks_of_a_function_go_to_the_partner_that_was_asked_for_it(cast: Cast) -> None:
    case = make_case(cast, cast.isar, cast.aarhus)
    asked(case, cast.aarhus, "activity", "SKT-1.1")
    draft(cast, case)
    assert "Hold the training" in tasks_of(case)[cast.aarhus.pk]


def test_tasks_of_a_function_that_no_partner_was_asked_for_stay_with_the_lead(cast: Cast) -> None:
    case = make_case(cast, cast.isar, cast.aarhus)
    asked(case, None, "activity", "SKT-1.1")
    draft(cast, case)
    tasks = tasks_of(case)
    assert "Hold the training" in tasks[cast.ebro.pk]
    assert "Hold the training" not in tasks[cast.isar.pk] + tasks[cast.aarhus.pk]


def test_partner_without_such_a_task_has_its_part_of_the_agreement_as_one(cast: Cast) -> None:
    case = make_case(cast, cast.isar)
    Invitation.objects.get(request=case, hub=cast.isar).wants.clear()
    asked(case, cast.isar, "skill", "predictive maintenance")
    agreement = draft(cast, case)
    [part] = agreement.parties.filter(hub=cast.isar).values_list("tasks_note", flat=True)
    collaboration = operations.open_collaboration(case.pk, at=NOW)
    mine = collaboration.tasks.get(hub=cast.isar)
    assert (part, mine.title) == ("predictive maintenance", "Predictive maintenance")
    assert collaboration.starts_on <= mine.due_on < collaboration.ends_on
