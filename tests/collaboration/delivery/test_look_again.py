"""When the delivery page is looked at again, or by somebody else: parts of it are kept between looks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from cast import acting
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_kpi

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Document, Feedback, KpiResult, Task

Look = Callable[..., str]


@pytest.fixture
def look(cast, collaboration) -> Look:
    """Return the page of a person as text; each person has a browser of their own."""
    browsers: dict[int, Client] = {}

    def at(user, prefix: str = "") -> str:
        if user.pk not in browsers:
            browsers[user.pk] = Client()
            browsers[user.pk].force_login(user)
        return browsers[user.pk].get(f"{prefix}/requests/{collaboration.request.ref}/delivery/").content.decode()

    return at


def _add_rows(cast, collaboration, numbers) -> None:
    """Add a row of each kind for each number, in turn of the lead and the partner."""
    for number in numbers:
        hub, person = (cast.ebro, cast.pau) if number % 2 else (cast.isar, cast.jonas)
        theirs = {"collaboration": collaboration, "hub": hub}
        Task.objects.create(**theirs, title=f"Task {number}", owner=person, due_on=NOW.date(), position=number)
        Document.objects.create(**theirs, name=f"{number}.pdf", size=1, for_client=True, added_by=person, added_at=NOW)
        kpi = make_kpi(collaboration, f"Indicator {number}")
        KpiResult.objects.create(kpi=kpi, value=number, measured_on=NOW.date(), hub=hub, at=NOW)


@pytest.mark.parametrize(("who", "n_statements"), [("lucia", 3), ("jonas", 3), ("mayor", 2)])
def test_takes_as_many_statements_for_thirty_rows_as_for_one(cast, collaboration, look, who, n_statements):
    reader = getattr(cast, who)
    Feedback.objects.create(
        collaboration=collaboration, side="lead", hub=cast.ebro, rating=4, text="Went well.", author=cast.pau, at=NOW
    )
    taken = []
    for numbers in (range(1), range(1, 31)):
        _add_rows(cast, collaboration, numbers)
        look(reader)
        with CaptureQueriesContext(connection) as statements:
            html = look(reader)
        taken.append(len(statements))
    assert taken == [n_statements, n_statements]
    shown = [words in html for words in ("30.pdf", "Indicator 30", "Went well.", "Task 30")]
    assert shown == [True, True, True, who != "mayor"]


def test_the_database_plans_the_statement_only_at_first(cast, collaboration, look):
    for _ in range(20):
        look(cast.lucia)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(custom_plans), max(generic_plans) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%kpi_rows%said_rows%ref%"],
        )
        planned, kept = cursor.fetchone()
    assert kept > planned


def test_shows_what_changed_since(cast, collaboration, look):
    _add_rows(cast, collaboration, [1])
    task = collaboration.tasks.get()
    assert "Tasks, 0 of 1 done" in look(cast.lucia)

    operations.set_done(task, done=True, by=acting(cast.lucia), at=NOW)
    assert "Tasks, 1 of 1 done" in look(cast.lucia)

    operations.change_task(
        task,
        title="Task 1, again",
        hub_id=cast.isar.pk,
        owner_id=None,
        due_on=NOW.date(),
        by=acting(cast.lucia),
        at=NOW,
    )
    assert "Task 1, again" in look(cast.jonas)

    cast.isar.name = "Isar Lab"
    cast.isar.save()
    assert "Isar Lab" in look(cast.lucia)


def test_offers_each_reader_what_that_reader_may_do(cast, collaboration, look):
    _add_rows(cast, collaboration, [1, 2])
    of_lead, of_partner = collaboration.tasks.order_by("position")

    def may_tick(user) -> list[bool]:
        html = look(user)
        return [f"/tasks/{task.pk}/done/" in html for task in (of_lead, of_partner)]

    assert may_tick(cast.lucia) == [True, True]
    assert may_tick(cast.jonas) == [False, True]
    assert may_tick(cast.mayor) == [False, False]
    assert may_tick(cast.lucia) == [True, True]
    assert "Hand the results to the client" in look(cast.lucia)
    assert "Hand the results to the client" not in look(cast.jonas)


def test_speaks_the_language_of_each_look(cast, look):
    assert "Add a task" in look(cast.lucia)
    assert "Aufgabe hinzufügen" in look(cast.lucia, "/de")
    assert "Add a task" in look(cast.lucia)


def test_forms_of_a_kept_part_work_for_everybody(cast, collaboration, look):
    _add_rows(cast, collaboration, [1])
    task = collaboration.tasks.get()
    path = f"/requests/{collaboration.request.ref}/delivery/"
    look(cast.lucia)
    for user, done in ((cast.lucia, "1"), (cast.pau, "0")):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(user)
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', strict.get(path).content.decode())
        assert len(tokens) > 5
        sent = {"done": done, "csrfmiddlewaretoken": tokens[-1]}
        assert strict.post(f"{path}tasks/{task.pk}/done/", sent).status_code == 303
        task.refresh_from_db()
        assert (task.done_at is not None) == (done == "1")


def test_a_refused_form_is_shown_once_to_whoever_sent_it(cast, collaboration, look):
    look(cast.lucia)
    client = Client()
    client.force_login(cast.lucia)
    path = f"/requests/{collaboration.request.ref}/delivery/"
    sent = {"title": "Only half a task", "hub_id": cast.isar.pk, "due_on": "some day"}
    refused = client.post(f"{path}tasks/", sent)
    assert refused.status_code == 422
    assert "Only half a task" in refused.content.decode()
    assert "Only half a task" not in look(cast.lucia)
    assert "Only half a task" not in look(cast.pau)
