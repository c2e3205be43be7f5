"""When jobs are lost with their worker."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from hansa.web import tasks

pytestmark = pytest.mark.django_db


def queue_job() -> int:
    return app.configure_task("web.forget_old_jobs", queueing_lock=None).defer(timestamp=0)


def take(job: int, *, worker: int | None, attempts: int = 0) -> None:
    """Put the job where a worker has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job],
        )


def worker(*, seconds_since_heartbeat: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_since_heartbeat],
        )
        return cursor.fetchone()[0]


def requeue() -> None:
    async_to_sync(tasks.requeue_stalled.func)(SimpleNamespace(app=app), timestamp=0)


def status(job: int) -> str:
    return ProcrastinateJob.objects.get(pk=job).status


def test_job_of_a_dead_worker_waits_again() -> None:
    job = queue_job()
    take(job, worker=worker(seconds_since_heartbeat=120))
    requeue()
    assert status(job) == "todo"


def test_job_whose_worker_was_forgotten_waits_again() -> None:
    job = queue_job()
    take(job, worker=None)
    requeue()
    assert status(job) == "todo"


def test_job_of_a_living_worker_is_left_alone() -> None:
    job = queue_job()
    take(job, worker=worker(seconds_since_heartbeat=5))
    requeue()
    assert status(job) == "doing"


def test_job_that_took_its_workers_down_five_times_is_given_up() -> None:
    job = queue_job()
    take(job, worker=None, attempts=5)
    requeue()
    assert status(job) == "failed"


def test_worker_knows_the_tasks_of_every_corner() -> None:
    app.perform_import_paths()
    assert {"web.requeue_stalled", "web.forget_old_jobs", "notices.mail", "agreements.seal"} <= set(app.tasks)
