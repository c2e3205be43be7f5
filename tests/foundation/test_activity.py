"""When something is written to the activity log. Source: BP-ACC-03."""

from __future__ import annotations

import pytest
from cast import make_cast
from django.db import DatabaseError, transaction
from factories import NOW

from hansa.foundation import activity
from hansa.foundation.activity import Activity
from hansa.foundation.actors import SYSTEM, Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Activity:
    cast = make_cast()
    actor = Actor(user_id=cast.lucia.pk, name="Lucía Ferrer", hub_id=cast.ebro.pk, hub_roles=frozenset({"manager"}))
    return activity.record(
        "invitation.sent",
        actor=actor,
        subject=cast.isar,
        at=NOW,
        case_ref="2b3c4d5f6g7h",
        facts={"days": 3},
        hub_ids=[cast.isar.pk, cast.ebro.pk, cast.isar.pk],
    )


def test_keeps_who_did_what_to_what_and_when(row: Activity) -> None:
    row.refresh_from_db()
    assert (row.verb, row.actor_name, row.subject_type, row.at) == ("invitation.sent", "Lucía Ferrer", "hub", NOW)
    assert row.facts == {"days": 3}
    assert row.hub_ids == sorted(set(row.hub_ids))
    assert len(row.hub_ids) == 2


def test_rows_are_never_changed(row: Activity) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Activity.objects.filter(pk=row.pk).update(actor_name="Somebody else")
    row.refresh_from_db()
    assert row.actor_name == "Lucía Ferrer"


def test_rows_are_never_deleted(row: Activity) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Activity.objects.filter(pk=row.pk).delete()
    assert Activity.objects.filter(pk=row.pk).exists()


def test_a_row_goes_with_the_transaction_that_wrote_it() -> None:
    cast = make_cast()

    @transaction.atomic
    def fail_afterwards() -> None:
        activity.record("hub.changed", actor=SYSTEM, subject=cast.ebro, at=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_afterwards()
    assert not Activity.objects.filter(verb="hub.changed").exists()
