"""Run the background jobs a test has started, in the test's own transaction."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

_done: set[int] = set()


def run_jobs(*names: str) -> list[str]:
    """Run what waits in the queue, oldest first, each job once; return the names of the jobs that ran.

    :param names: run these jobs only; without names all of them
    """
    app.perform_import_paths()
    ran = []
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        if job.id in _done or (names and job.task_name not in names):
            continue
        _done.add(job.id)
        app.tasks[job.task_name].func(**job.args)
        ran.append(job.task_name)
    return ran


def forget() -> None:
    """Forget which jobs ran: another database counts its jobs from the beginning."""
    _done.clear()
