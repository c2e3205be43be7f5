"""Places for clusters of their own, and other processes that use them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"

USE = """
import psycopg
from django.conf import settings
from hansa.web.postgres import server

def ask(sql, database="postgres"):
    where = server.address(settings.VAR_DIR)
    with psycopg.connect(host=where.folder, port=where.port, user=server.ROLE, dbname=database) as connection:
        return connection.execute(sql).fetchone()[0]

ask("SELECT 1")
"""


@contextmanager
def place() -> Iterator[Path]:
    """A folder that the server's account can reach, also when the tests run as root (pytest's own folders are closed)."""
    folder = Path(tempfile.mkdtemp(prefix="hansa-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment(var_dir: Path, **more: str) -> dict[str, str]:
    """An environment in which Hansa uses the embedded server of ``var_dir``, whatever the tests themselves use."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "HANSA_DB_NAME"}}
    ours = {"PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "hansa.web.settings", "HANSA_VAR": str(var_dir)}
    return inherited | ours | more


def process(code: str, *, var_dir: Path) -> subprocess.Popen[str]:
    """Start a Python that has used the server of ``var_dir`` and then does ``code``, which may ``ask("SELECT ...")``."""
    return subprocess.Popen(
        [sys.executable, "-c", USE + code],
        env=environment(var_dir),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def outcome(code: str, *, var_dir: Path) -> str:
    """Run such a Python to its end and return what it printed."""
    printed, _ = process(code, var_dir=var_dir).communicate(timeout=120)
    return printed.strip()


def postmaster(home: Path) -> int | None:
    """Return the process number of the cluster's server, or None."""
    try:
        return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    except OSError:
        return None
