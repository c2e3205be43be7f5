import asyncio
import logging
import signal
import time
from contextlib import suppress
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

log = logging.getLogger("hansa.worker")

PATIENCE_SECONDS = 60
GRACE_SECONDS = 15


class Command(BaseCommand):
    help = "Do the background jobs. Stops on Ctrl-C, after the jobs at hand."
    requires_system_checks = ()

    def handle(self, *args: Any, **told: Any) -> None:
        """Work until told to stop; live through a restart of the database that takes less than a minute."""
        failing_since: float | None = None
        while True:
            begun = time.monotonic()
            try:
                if asyncio.run(_work()):
                    return
                reason: object = "its connection ended"
            except (ConnectorException, psycopg.Error) as error:
                reason = error
            if failing_since is None or time.monotonic() - begun > PATIENCE_SECONDS:
                failing_since = time.monotonic()
            if time.monotonic() - failing_since > PATIENCE_SECONDS:
                raise CommandError(f"The worker gave up: the database could not be used for a minute ({reason}).")
            log.warning("The worker lost the database and tries again (%s)", reason)
            time.sleep(1)


async def _work() -> bool:
    """Do jobs until told to stop (True) or until something takes the worker down (False)."""
    told_to_stop = asyncio.Event()
    connector = DjangoConnector(alias="default").get_worker_connector()
    with app.replace_connector(connector):
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    name="hansa",
                    concurrency=settings.WORKER_JOBS,
                    shutdown_graceful_timeout=GRACE_SECONDS,
                    install_signal_handlers=False,
                )
            )

            def stop() -> None:
                told_to_stop.set()
                work.cancel()

            for name in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(name, stop)
            with suppress(asyncio.CancelledError):
                await work
    return told_to_stop.is_set()
