"""When a job is started."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from hansa.foundation.tasks import defer

pytestmark = pytest.mark.django_db


def waiting() -> list[dict[str, int]]:
    return list(ProcrastinateJob.objects.filter(task_name="a.job").values_list("args", flat=True))


def test_it_waits_with_what_it_is_told() -> None:
    defer("a.job", number=7)
    assert waiting() == [{"number": 7}]


def test_a_job_that_waits_already_is_not_queued_again() -> None:
    for _time in range(2):
        defer("a.job", number=7, unique="a.job.7")
    assert len(waiting()) == 1


@pytest.mark.parametrize("inside_a_worker", [False, True])
def test_it_belongs_to_the_transaction_at_hand(inside_a_worker: bool) -> None:
    connector = InMemoryConnector() if inside_a_worker else app.connector
    with app.replace_connector(connector):
        with suppress(ZeroDivisionError), transaction.atomic():
            defer("a.job", number=7)
            raise ZeroDivisionError
        assert waiting() == []
        defer("a.job", number=8)
    assert waiting() == [{"number": 8}]
