"""``hansa run`` on an empty folder (packages installed already), and a second start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import place
from bench.place import say

FIRST_MARK_S, SECOND_MARK_S = 60.0, 5.0


def main() -> None:
    var = Path(tempfile.mkdtemp(prefix="hansa-bench-start-"))
    try:
        say("first start", _start(var), FIRST_MARK_S, "s")
        say("second start", _start(var), SECOND_MARK_S, "s")
    finally:
        shutil.rmtree(var, ignore_errors=True)


def _start(var: Path) -> float:
    """Return the seconds until Hansa says that it is running; stop it as Ctrl-C does."""
    port = place.free_port()
    environment = os.environ | {
        "HANSA_VAR": str(var),
        "HANSA_DEMO": "1",
        "HANSA_PORT": str(port),
        "HANSA_DB_NAME": "hansa",
    }
    begin = time.monotonic()
    run = subprocess.Popen(
        [sys.executable, "-m", "hansa.web.cli", "run"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    assert run.stdout is not None
    seconds = 0.0
    for line in run.stdout:
        if "Hansa is running" in line:
            seconds = time.monotonic() - begin
            run.send_signal(signal.SIGINT)
    run.wait(timeout=60)
    if not seconds:
        raise SystemExit("Hansa did not start.")
    return seconds
