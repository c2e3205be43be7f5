"""The whole story of ``hansa run``: start in order, watch, stop in reverse order."""

from __future__ import annotations

import http.client
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from hansa.web.launch import ports, steps
from hansa.web.launch.children import Child, ChildDied, stop_all
from hansa.web.launch.progress import Out, Progress
from hansa.web.mail_sink import MailSink
from hansa.web.postgres import server

MAIL_PORT_ABOVE = 25
PATIENCE_SECONDS = 60
LOCAL = "127.0.0.1"


class _Signals:
    """Turns a wish to stop into KeyboardInterrupt, once; a second wish only makes us hurry."""

    def __init__(self) -> None:
        self.n_wishes = 0

    def hurry(self) -> bool:
        return self.n_wishes > 1

    def _wish(self, number: int, frame: Any) -> None:
        self.n_wishes += 1
        if self.n_wishes == 1:
            raise KeyboardInterrupt

    @contextmanager
    def heard(self) -> Iterator[_Signals]:
        names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {name: signal.signal(name, self._wish) for name in names}
        try:
            yield self
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)


def launch(out: Out) -> int:
    """Start everything, wait for a wish to stop, stop everything.

    :return: the exit code: 0 after a wish to stop, 1 when a process ended by itself
    :raises ImproperlyConfigured: when something cannot start, with what to do
    """
    with _Signals().heard() as signals:
        try:
            with ExitStack() as running:
                running.callback(server.leave)
                running.callback(connections.close_all)
                children = _start(out, running, signals)
                _greet(out)
                _watch(out, children)
        except KeyboardInterrupt:
            out.write("Hansa has stopped.")
            return 0
        except ChildDied as death:
            out.write(str(death))
            return 1


def _watch(out: Out, children: list[Child]) -> NoReturn:
    """Look after everything until somebody wishes to stop."""
    try:
        while True:
            for child in children:
                child.check()
            if server.revive(settings.VAR_DIR):
                out.write("The database had ended by itself and was started again.")
            time.sleep(0.5)
    except KeyboardInterrupt:
        out.write("\nStopping ...")
        raise


def _start(out: Out, running: ExitStack, signals: _Signals) -> list[Child]:
    own_mail = settings.EMAIL_HOST == LOCAL and settings.EMAIL_PORT == settings.PORT + MAIL_PORT_ABOVE
    ports.demand_free(host=settings.HOST, port=settings.PORT, beside=MAIL_PORT_ABOVE if own_mail else None)
    children: list[Child] = []
    running.callback(lambda: stop_all(children, hurry=signals.hurry))
    # It reads its code while the steps below are taken; nothing else takes as long.
    children.append(web := Child("web server", *_web_server(), preload="hansa.web.launch.ready_for_requests"))
    progress = Progress(out, n_steps=6 + settings.DEMO + own_mail)
    with progress.step("Database") as notes:
        notes.append(steps.database())
    with progress.step("Tables") as notes:
        notes.append(steps.tables())
    with progress.step("Vocabularies"):
        steps.vocabularies()
    if settings.DEMO:
        with progress.step("Demo network"):
            steps.demo_network()
    connections.close_all()
    with progress.step("Static files") as notes:
        notes.append(steps.static_files())
    if own_mail:
        with progress.step("Local mail box") as notes:
            sink = MailSink(folder=settings.MAIL_SINK_DIR, host=LOCAL, port=settings.EMAIL_PORT)
            sink.start()
            running.callback(sink.stop)
            notes.append(str(settings.MAIL_SINK_DIR))
    with progress.step("Web server"):
        web.go()
        _wait_until_it_answers(children)
    with progress.step("Worker"):
        children.append(worker := Child("worker", "hansa.web.cli", "worker", preload="hansa.web.launch.ready"))
        worker.go()
    return children


def _web_server() -> list[str]:
    return [
        *("granian", "--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT)),
        *("--workers", str(settings.WEB_PROCESSES), "--blocking-threads", str(settings.WEB_THREADS)),
        # A thread takes its database connection with it when it goes, so it stays as long as it may.
        *("--blocking-threads-idle-timeout", "600", "--no-ws", "--http", "1", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "hansa.web.wsgi:application"),
    ]


def _wait_until_it_answers(children: list[Child]) -> None:
    host = LOCAL if settings.HOST == "0.0.0.0" else settings.HOST  # noqa: S104 - only compared
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        for child in children:
            child.check()
        request = http.client.HTTPConnection(host, settings.PORT, timeout=PATIENCE_SECONDS)
        try:
            request.request("GET", "/", headers={"Host": f"localhost:{settings.PORT}"})
            request.getresponse().read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise ImproperlyConfigured(
                    f"The web server did not answer within {PATIENCE_SECONDS} seconds."
                ) from None
            time.sleep(0.05)
        finally:
            request.close()


def _greet(out: Out) -> None:
    from hansa.hubs.people import queries as people

    out.write(f"\nHansa is running: {settings.SITE_URL}")
    if settings.DEMO:
        from hansa.web.demo import queries as demo

        logins = demo.logins()
        widest = max(len(login.email) for login in logins)
        out.write(f"\nDemo log-ins (password {logins[0].password} for all):")
        for login in logins:
            out.write(f"  {login.email:<{widest}}  {login.name}, {login.role}")
        out.write("")
    elif not people.stewards():
        out.write("\nNobody looks after this network yet. Name its first steward in another terminal:")
        out.write('  .venv/bin/hansa role give steward you@example.org --name "Your name"\n')
    connections.close_all()
    out.write("Press Ctrl-C to stop.")
    out.flush()
