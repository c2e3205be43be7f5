"""One data folder and its server: make it, start it, stop it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from hansa.web.postgres import binaries as programs
from hansa.web.postgres.accounts import Account, choose
from hansa.web.postgres.binaries import Binaries
from hansa.web.postgres.problems import NEEDED_BYTES, DatabaseUnavailable, explain, not_writable

ROLE = "hansa"
PORT = 5432
# The system call takes 108 bytes with the closing NUL; PostgreSQL adds ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 88
PATIENCE_SECONDS = 60

# Small on purpose: an idle server stays under 60 MB. A large network sets DATABASE_URL.
_CONFIGURATION = """\
# Written by Hansa at every start; changes here are lost.
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 40
shared_buffers = 32MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_worker_processes = 2
max_parallel_workers_per_gather = 0
max_logical_replication_workers = 0
max_wal_senders = 2
wal_buffers = 1MB
wal_compression = on
min_wal_size = 32MB
max_wal_size = 256MB
checkpoint_timeout = 15min
autovacuum = on
autovacuum_max_workers = 1
jit = off
huge_pages = off
random_page_cost = 1.1
lc_messages = 'C'
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_checkpoints = off
log_line_prefix = '%m [%p] '
"""


@dataclass(frozen=True)
class Address:
    """Where a server listens: the folder of its Unix socket and the number in the socket's name."""

    folder: str
    port: int

    def answers(self) -> bool:
        """Whether a server accepts connections here now."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(2)
            try:
                probe.connect(f"{self.folder}/.s.PGSQL.{self.port}")
            except OSError:
                return False
        return True


@dataclass(frozen=True)
class Cluster:
    """The cluster in ``home``. ``chosen`` names a folder of PostgreSQL programs to use before all others."""

    home: Path
    chosen: Path | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def is_made(self) -> bool:
        try:
            return (self.data / "PG_VERSION").is_file()
        except PermissionError:
            return True

    @cached_property
    def account(self) -> Account:
        return choose(owner=self.data.stat().st_uid if self.is_made else None)

    @cached_property
    def binaries(self) -> Binaries:
        major = int((self.data / "PG_VERSION").read_text().split(".")[0]) if self.is_made else None
        found = programs.find(major=major, chosen=self.chosen)
        if os.geteuid() == 0 and not self.account.can_execute(found.program("postgres")):
            try:
                return programs.copy_to(self.home / "program", binaries=found)
            except OSError as error:
                raise not_writable(self.home, error) from error
        return found

    def running_at(self) -> Address | None:
        """Return where the server listens, or None when none runs or it is not ready."""
        lines = self._postmaster()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return None
        address = Address(lines[4], int(lines[3]))
        return address if address.answers() else None

    def is_alive(self) -> bool:
        """Whether the server's process is there; cheaper than asking the server."""
        lines = self._postmaster()
        if not lines or not lines[0].strip().isdigit():
            return False
        with suppress(PermissionError):
            try:
                os.kill(int(lines[0]), 0)
            except ProcessLookupError:
                return False
        return not _is_something_else(int(lines[0]))

    def start(self) -> Address:
        """Start the server; make the data folder first if there is none. The caller holds the home's lock.

        :raises DatabaseUnavailable: with the reason and what to do
        """
        try:
            if not self.is_made:
                self._make()
            elif not self.account.can_reach(self.data):
                raise DatabaseUnavailable(
                    f"The account {self.account.name}, which runs the database, cannot reach {self.data}. Give it the right "
                    "to pass through the folders above (chmod o+x), or set HANSA_VAR to another folder."
                )
            socket_folder = self._configure()
        except OSError as error:
            raise not_writable(self.home, error) from error
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self._forget_dead_postmaster(socket_folder)
            output = self._pg_ctl("start", "--log", self.log.name)
            if address := self.running_at():
                return address
            # Back ends of a killed server take a moment to notice and to let go of its memory.
            leftover = "pre-existing shared memory block" in output or "another postmaster" in output
            if not leftover or time.monotonic() > deadline:
                raise explain(output, doing="start", home=self.home)
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop the server and wait until it is gone. Open connections are cut; committed work is kept."""
        if self._postmaster():
            self._pg_ctl("stop", "--mode", "fast")

    def _make(self) -> None:
        free = shutil.disk_usage(self.home).free
        if free < NEEDED_BYTES:
            raise DatabaseUnavailable(
                f"Hansa needs {NEEDED_BYTES // 1_000_000} MB for its database, and the disk that holds {self.home} has only "
                f"{free // 1_000_000} MB left. Free some space, or set HANSA_VAR to a folder on another disk."
            )
        unfinished = self.home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.account.give(unfinished)
        run = self.account.run(
            self.binaries.program("initdb"),
            f"--pgdata={unfinished}",
            f"--username={ROLE}",
            "--encoding=UTF8",
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions",
            *_locale(self.binaries.major),
            timeout=300,
        )
        if run.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise explain(run.stdout, doing="make its data folder", home=self.home)
        with (unfinished / "postgresql.conf").open("a") as file:
            file.write("\ninclude 'hansa.conf'\n")
        unfinished.rename(self.data)

    def _configure(self) -> Path:
        """Write the settings and return the socket's folder."""
        folder = self._socket_folder()
        quoted = str(folder).replace('"', '""').replace("'", "''")
        text = _CONFIGURATION.format(socket_folder=f'"{quoted}"')
        if self.binaries.major >= 18:
            text += "io_method = sync\n"
        path = self.data / "hansa.conf"
        path.write_text(text)
        path.chmod(0o600)
        self.account.give(path)
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".old.log"))
        self.log.touch(mode=0o600)
        self.account.give(self.log)
        return folder

    def _socket_folder(self) -> Path:
        """Return a folder only the account may enter: beside the data, or under /tmp when that path cannot be used."""
        folder = self.home / "run"
        # A comma would read as a list of hosts.
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or "," in str(folder):
            name = f"hansa-{sha256(os.fsencode(self.home)).hexdigest()[:12]}"
            folder = min((Path(tempfile.gettempdir()), Path("/tmp")), key=lambda place: len(str(place))) / name  # noqa: S108
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self.account.give(folder)
        found = folder.lstat()
        # Anybody may write to /tmp: a folder that somebody else put there is not ours to use.
        if found.st_uid not in {self.account.uid, os.geteuid()} or not folder.is_dir() or folder.is_symlink():
            raise DatabaseUnavailable(
                f"{folder} belongs to somebody else. Remove it, or set HANSA_VAR to a shorter path."
            )
        folder.chmod(0o700)
        self.account.give(folder)
        return folder

    def _forget_dead_postmaster(self, socket_folder: Path) -> None:
        """Remove the marks of a server that is gone although its process number is taken (restart, unreaped process).

        PostgreSQL clears all other leftovers itself, and still refuses to start while old back ends hold its memory.
        """
        for mark in (self.data / "postmaster.pid", socket_folder / f".s.PGSQL.{PORT}.lock"):
            lines = _lines(mark)
            if lines and lines[0].strip().isdigit() and _is_something_else(int(lines[0])):
                mark.unlink(missing_ok=True)

    def _postmaster(self) -> list[str]:
        return _lines(self.data / "postmaster.pid")

    def _pg_ctl(self, verb: str, *arguments: str) -> str:
        before = self.log.stat().st_size if self.log.exists() else 0
        try:
            run = self.account.run(
                self.binaries.program("pg_ctl"),
                verb,
                f"--pgdata={self.data.name}",
                "--wait",
                "--silent",
                f"--timeout={PATIENCE_SECONDS}",
                *arguments,
                timeout=PATIENCE_SECONDS + 30,
                # pg_ctl hands its paths to a shell: short ones from here cannot be misread there.
                within=self.home,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise explain(str(error), doing=verb, home=self.home) from error
        with self.log.open(errors="replace") as log:
            log.seek(before)
            return run.stdout + log.read()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def _locale(major: int) -> list[str]:
    # The wheel has no ICU; the built-in provider sorts alike on every machine.
    if major >= 18:
        return ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
    if major == 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _is_something_else(pid: int) -> bool:
    """Whether ``pid`` is taken by something that is not a living PostgreSQL server."""
    process = Path(f"/proc/{pid}/stat")
    try:
        name, _, state = process.read_text().partition("(")[2].rpartition(")")
        return name != "postgres" or state.split()[0] == "Z"
    except OSError:
        if process.parent.parent.joinpath("self").exists():
            return False
    run = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True)
    return bool(run.stdout.strip()) and "postgres" not in run.stdout
