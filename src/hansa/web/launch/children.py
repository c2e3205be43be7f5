"""The processes that ``hansa run`` starts, watches and stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

GRACE_SECONDS = 25


class ChildDied(RuntimeError):
    """A process that should go on has ended by itself."""


class Child:
    """One process with a name for people: ``command`` is a Python module and its arguments.

    It loads ``preload`` as soon as it is made, and runs the command once it is told to ``go``.
    """

    def __init__(self, name: str, *command: str, preload: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hansa.web.launch.bound", str(os.getpid()), preload, *command],
            stdin=subprocess.PIPE,
            text=True,
            # A Ctrl-C in the terminal reaches only us; we stop the others in order.
            start_new_session=True,
        )

    def go(self) -> None:
        # A process that could not even load is found by the next check.
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.write("go\n")
                self._process.stdin.close()

    def check(self) -> None:
        """:raises ChildDied: when the process has ended"""
        code = self._process.poll()
        if code is not None:
            how = f"by signal {-code}" if code < 0 else f"with code {code}"
            raise ChildDied(f"The {self.name} ended by itself ({how}). The reason stands above; Hansa stops.")

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self, *, until: float, hurry: Callable[[], bool]) -> None:
        """Wait for the end until the moment ``until`` (monotonic seconds) or until ``hurry``; then kill."""
        while self._process.poll() is None and time.monotonic() < until and not hurry():
            time.sleep(0.05)
        # Also what a child that was killed has left behind: its own children are in its group.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def stop_all(children: list[Child], *, hurry: Callable[[], bool]) -> None:
    """Stop all children at once and wait for them."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.wait(until=until, hurry=hurry)
