"""When somebody types ``hansa run``."""

from __future__ import annotations

import http.client
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from web.postgres_places import environment, place, postmaster

MAIL_PORT_ABOVE = 25


def free_port() -> int:
    """A port that is free, with the mail box's port above it."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + MAIL_PORT_ABOVE))
            except OSError:
                continue
        return port


class Run:
    """A running ``hansa run``; ``printed`` grows until it is up or has ended."""

    def __init__(self, var_dir: Path, port: int, *arguments: str, **more: str) -> None:
        self.port = port
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hansa.web.cli", "run", "--port", str(port), "--no-demo", *arguments],
            env=environment(var_dir, **more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed = ""
        for line in self.process.stdout:
            self.printed += line
            if "Press Ctrl-C" in line:
                break
        self.seconds = time.monotonic() - self.begun

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        response.body = response.read()
        return response

    def stop(self, wish: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(wish)
        if not self.process.stdout.closed:
            self.printed += self.process.communicate(timeout=60)[0]
        return self.process.returncode

    def child(self, word: str) -> int:
        """Return the number of the child process that was started with the argument ``word``."""
        deadline = time.monotonic() + 10
        # The system may leave out children of a process that is just starting one.
        while time.monotonic() < deadline:
            for child in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
                if word in Path(f"/proc/{child}/cmdline").read_text().split("\0"):
                    return int(child)
            time.sleep(0.1)
        raise LookupError(word)


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    """An installation that has been started once."""
    with place() as folder:
        first = Run(folder / "var", free_port())
        assert first.stop() == 0, first.printed
        (folder / "first").write_text(first.printed)
        yield folder / "var"


@pytest.fixture(scope="module")
def started(var_dir: Path) -> Iterator[list[Run]]:
    runs: list[Run] = []
    yield runs
    for one in runs:
        one.stop(signal.SIGTERM)


@pytest.fixture
def running(started: list[Run], var_dir: Path) -> Run:
    """The running installation; started again when the test before has stopped it."""
    if not started or started[-1].process.poll() is not None:
        started.append(Run(var_dir, free_port()))
    return started[-1]


def test_start_without_a_steward_says_how_to_name_the_first(var_dir: Path) -> None:
    printed = (var_dir.parent / "first").read_text()
    assert "Nobody looks after this network yet" in printed
    assert "hansa role give steward" in printed


def test_first_start_tells_each_step_and_the_address(var_dir: Path) -> None:
    printed = (var_dir.parent / "first").read_text()
    steps = re.findall(r"^(\d)/7 ([\w ]+) \.\.\. .*\d+\.\d s$", printed, re.MULTILINE)
    assert steps == [
        ("1", "Database"),
        ("2", "Tables"),
        ("3", "Vocabularies"),
        ("4", "Static files"),
        ("5", "Local mail box"),
        ("6", "Web server"),
        ("7", "Worker"),
    ]
    assert re.search(r"^Hansa is running: http://localhost:\d+$", printed, re.MULTILINE)
    assert printed.endswith("Hansa has stopped.\n")


def test_second_start_finds_everything_done(running: Run) -> None:
    assert "2/7 Tables ... up to date" in running.printed
    assert "4/7 Static files ... unchanged" in running.printed


def test_page_and_its_hashed_compressed_style_are_served(running: Run) -> None:
    page = running.get("/")
    assert page.status == 200
    style = re.search(rb'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page.body).group(1).decode()
    sheet = running.get(style)
    assert sheet.status == 200
    assert "immutable" in sheet.headers["Cache-Control"]


def test_mail_goes_to_the_local_box(running: Run, var_dir: Path) -> None:
    with smtplib.SMTP("127.0.0.1", running.port + MAIL_PORT_ABOVE) as server:
        server.sendmail("a@example.org", ["b@example.org"], "Subject: Word\n\nTo you.")
    [mail] = (var_dir / "mail").glob("*.eml")
    assert mail.read_bytes().splitlines()[:2] == [b"X-Hansa-Recipients: b@example.org", b"Subject: Word"]


def test_pages_are_served_as_before_once_the_database_has_restarted(running: Run, var_dir: Path) -> None:
    def pages() -> set[int]:
        """Read pages at once, more than the server has threads, so that each thread has used its connection."""
        with ThreadPoolExecutor(8) as readers:
            return set(readers.map(lambda _n: running.get("/hubs/").status, range(64)))

    assert pages() == {200}
    before = postmaster(var_dir / "postgres")
    os.kill(before, signal.SIGINT)
    for line in running.process.stdout:
        if "was started again" in line:
            break
    assert postmaster(var_dir / "postgres") not in {before, None}
    assert pages() == {200}


def test_wish_to_stop_ends_everything_and_the_database(running: Run, var_dir: Path) -> None:
    children = [running.child("worker"), running.child("granian")]
    assert running.stop(signal.SIGTERM) == 0
    assert running.printed.endswith("Hansa has stopped.\n")
    assert postmaster(var_dir / "postgres") is None
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_worker_that_dies_is_reported_and_everything_stops(running: Run, var_dir: Path) -> None:
    os.kill(running.child("worker"), signal.SIGKILL)
    rest, _ = running.process.communicate(timeout=60)
    assert running.process.returncode == 1
    assert "The worker ended by itself (by signal 9)." in rest
    assert postmaster(var_dir / "postgres") is None


def test_web_server_that_is_killed_leaves_nothing_behind(running: Run, var_dir: Path) -> None:
    os.kill(running.child("granian"), signal.SIGKILL)
    rest, _ = running.process.communicate(timeout=60)
    assert running.process.returncode == 1
    assert "The web server ended by itself (by signal 9)." in rest
    with pytest.raises(ConnectionRefusedError):
        running.get("/")


def test_killed_launcher_takes_its_processes_along(running: Run, var_dir: Path) -> None:
    children = [running.child("worker"), running.child("granian")]
    running.process.kill()
    running.process.communicate()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_text() for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    # The database it left behind serves the next start.
    again = Run(var_dir, running.port)
    assert again.stop() == 0, again.printed


def test_taken_port_is_said_before_anything_starts(var_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one = Run(var_dir, port)
        assert one.stop() == 2
    assert re.fullmatch(
        rf"Port {port} is taken\. Stop the other program or choose: make run PORT=\d+\n", one.printed
    ), one.printed


def test_taken_mail_port_is_said_too(var_dir: Path) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + MAIL_PORT_ABOVE))
        taken.listen()
        one = Run(var_dir, port)
        assert one.stop() == 2
    assert f"Port {port + MAIL_PORT_ABOVE}, which the local mail box needs, is taken." in one.printed


def test_database_that_does_not_answer_is_said(var_dir: Path) -> None:
    one = Run(var_dir, free_port(), DATABASE_URL="postgresql://nobody@127.0.0.1:9/hansa")
    assert one.stop() == 2
    assert "The database server cannot be reached" in one.printed
    assert "Traceback" not in one.printed


def test_folder_without_write_permission_is_said(var_dir: Path) -> None:
    blocked = var_dir.parent / "file"
    blocked.write_text("in the way")
    one = Run(blocked, free_port())
    assert one.stop() == 2
    assert re.fullmatch(r"Hansa cannot write to .*\. Set HANSA_VAR to a folder you may write to\.\n", one.printed), (
        one.printed
    )
