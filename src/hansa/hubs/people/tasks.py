"""Jobs: mail links; forget what is too old to matter."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from hansa.foundation.tasks import task
from hansa.hubs.people import operations


@task("people.mail_link")
def mail_link(email: str, next_path: str, purpose: str, facts: dict[str, Any] | None = None) -> None:
    operations.mail_link(email=email, next_path=next_path, purpose=purpose, facts=facts, at=timezone.now())


@app.periodic(cron="41 3 * * *")
@app.task(name="people.sweep", queueing_lock="people.sweep")
def sweep(timestamp: int) -> None:
    operations.sweep(at=timezone.now())
