"""Background jobs, named by strings so that a lower room can start what a higher room does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


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


def defer(name: str, *, queue: str = "default", unique: str | None = None, **arguments: Any) -> None:
    """Start the job ``name`` once the current transaction is committed.

    :param unique: with this key, a job that is already waiting is not queued again
    """
    job = app.configure_task(name, queue=queue, queueing_lock=unique, allow_unknown=True)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**arguments)
