"""A place of its own for a benchmark: folder, database, servers; and what its processes spend."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def prepare(name: str) -> Path:
    """Set this process up with a folder and an empty database of its own; return the folder."""
    var = Path(os.environ.get("HANSA_BENCH_VAR") or Path(tempfile.gettempdir()) / f"hansa-bench-{os.getuid()}")
    os.environ.update(
        HANSA_VAR=str(var), HANSA_DB_NAME=f"bench_{name}", HANSA_DEMO="1", DJANGO_SETTINGS_MODULE="hansa.web.settings"
    )
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as quiet:
        call_command("vocabulary", "ensure", stdout=quiet)
    return var


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(application: str, *, settings: str = "hansa.web.settings") -> Iterator[tuple[str, int]]:
    """Run the web server as ``hansa run`` does; yield its address and the process that spends the time."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "2", "--no-ws", application]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "HANSA_PORT": str(port), "HANSA_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for member in found:
        found += children.get(member, [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time these processes have spent, user and system together."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def memory_mb(pids: list[int]) -> float:
    """Return the proportional set size of these processes: shared pages counted once."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, StopIteration):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return total / 1024


def database_pid(var: Path) -> int:
    """Return the embedded server's own process."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file('postmaster.pid')")
        return int(cursor.fetchone()[0].split()[0])


def say(what: str, value: float, mark: float, unit: str, *, more: str = "") -> None:
    """Print one figure beside its mark; less is better."""
    verdict = "ok" if value <= mark else "SHORT"
    print(f"  {what:<52} {value:>9.2f} {unit:<3} mark {mark:g} {unit}  {verdict}{f'  ({more})' if more else ''}")
