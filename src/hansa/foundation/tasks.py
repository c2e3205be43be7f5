"""Background jobs, named by strings so that a lower room can start what a higher room does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def task(
    name: str, *, retries: int = 5, queue: str = "default"
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the job ``name``. Jobs may run twice: write them so that a second run changes nothing."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        app.task(
            name=name, queue=queue, retry=RetryStrategy(max_attempts=retries, exponential_wait=4), pass_context=False
        )(function)
        return function

    return register


@cache
def _queue() -> JobManager:
    """Return the queue as the transaction at hand sees it.

    While a worker runs, the app has a connection of its own: a job that another job starts through it would run before
    what it is about is committed, and find nothing.
    """
    return JobManager(DjangoConnector(alias="default"))


def defer(name: str, *, queue: str = "default", unique: str | None = None, **arguments: Any) -> None:
    """Start the job ``name`` once the current transaction is committed, inside of another job too.

    :param unique: with this key, a job that is already waiting is not queued again
    """
    job = configure_task(name=name, job_manager=_queue(), queue=queue, queueing_lock=unique, task_kwargs=arguments)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer()
