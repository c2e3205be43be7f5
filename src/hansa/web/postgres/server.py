"""Who uses the server: it starts with the first Hansa process that needs it and stops with the last.

Every process that uses the server holds a shared lock on ``users`` for as long as it lives; the system lets go of it even
when the process is killed. Starting and stopping happen under an exclusive lock on ``lock``. So a process that leaves and
gets an exclusive lock on ``users`` was the last one, and stops the server.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from hansa.web.postgres.accounts import belongs_to, choose
from hansa.web.postgres.cluster import ROLE, Address, Cluster
from hansa.web.postgres.problems import DatabaseUnavailable, not_writable

__all__ = ["ROLE", "Address", "address", "create_database", "home", "leave", "psql", "revive"]

STATE_DIR = Path("/var/lib/hansa")
LOCK_PATIENCE_SECONDS = 120


@dataclass
class _Presence:
    """That this process uses the server. ``pid`` tells a forked child that it has to say so for itself."""

    pid: int
    cluster: Cluster
    users: int
    address: Address | None = None


_guard = threading.RLock()
_presences: dict[Path, _Presence] = {}


def address(var_dir: Path) -> Address:
    """Return where the server of the installation in ``var_dir`` listens. Starts it when it does not run.

    :raises DatabaseUnavailable: with the reason and what to do
    """
    with _guard:
        presence = _presences.get(var_dir)
        if presence is None or presence.pid != os.getpid():
            presence = _arrive(var_dir)
        if presence.address is None or not presence.address.answers():
            with _locked(presence.cluster.home):
                presence.address = presence.cluster.running_at() or presence.cluster.start()
        return presence.address


def revive(var_dir: Path) -> bool:
    """Start the server again if this process uses it and it has died. Returns whether that was so."""
    presence = _presences.get(var_dir)
    if presence is None or presence.cluster.is_alive():
        return False
    address(var_dir)
    return True


def leave() -> None:
    """Say that this process uses the server no more; the last one to leave stops it."""
    with _guard:
        while _presences:
            _, presence = _presences.popitem()
            if presence.pid != os.getpid():
                continue
            with suppress(DatabaseUnavailable, OSError), _locked(presence.cluster.home):
                try:
                    # Trades the shared lock for the exclusive one, which only the last user gets.
                    fcntl.flock(presence.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    presence.cluster.stop()
                except BlockingIOError:
                    pass
                finally:
                    os.close(presence.users)


def home(var_dir: Path) -> Path:
    """Return the folder that holds the server's data, socket and log."""
    address(var_dir)
    return _presences[var_dir].cluster.home


def psql(var_dir: Path) -> str:
    """Return the path of the shell that fits the server."""
    address(var_dir)
    return _presences[var_dir].cluster.binaries.program("psql")


def create_database(name: str, params: dict[str, Any]) -> None:
    """Make the database ``name`` on the server that ``params`` lead to; nothing happens when it is there already."""
    place = {key: params[key] for key in ("host", "port", "user")}
    # Two processes may both find it missing.
    already_there = suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as connection, already_there:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _home(var_dir: Path) -> Path:
    """Return the folder of the cluster: under ``var_dir``, or where the server's account can reach when root runs Hansa."""
    first = var_dir.resolve() / "postgres"
    homes = [first]
    if os.geteuid() == 0:
        name = sha256(os.fsencode(first)).hexdigest()[:12]
        homes += [STATE_DIR / name, Path(tempfile.gettempdir()) / f"hansa-data-{name}"]
    for home in homes:
        if Cluster(home).is_made:
            return home
    account = choose(owner=None)
    for home in homes:
        try:
            # Only folders of our own get new rights, never the ones above them.
            if home.parent == STATE_DIR:
                STATE_DIR.mkdir(mode=0o755, exist_ok=True)
                STATE_DIR.chmod(0o755)
            home.parent.mkdir(parents=True, exist_ok=True)
            if not account.can_reach(home.parent):
                continue
            home.mkdir(exist_ok=True)
            if home.is_symlink() or home.stat().st_uid != os.geteuid():
                raise PermissionError(None, "it belongs to somebody else")
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            raise not_writable(home, error) from error
        return home
    raise DatabaseUnavailable(
        f"The account {account.name}, which runs the database, cannot reach {first}. Set HANSA_VAR to a folder it can reach."
    )


def _arrive(var_dir: Path) -> _Presence:
    """Note that this process uses the server, before it is started, so that ``leave`` stops whatever was begun."""
    cluster = Cluster(_home(var_dir), chosen=settings.POSTGRES_BIN)
    with _locked(cluster.home):
        users = _open(cluster.home / "users")
        fcntl.flock(users, fcntl.LOCK_SH)
    if not _presences:
        atexit.register(leave)
    presence = _presences[var_dir] = _Presence(os.getpid(), cluster, users)
    return presence


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        with suppress(OSError):
            owner = path.parent.stat().st_uid
            if owner != os.geteuid():
                raise belongs_to(owner) from error
        raise not_writable(path.parent, error) from error
    except OSError as error:
        raise not_writable(path.parent, error) from error


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Hold the lock of starting and stopping."""
    lock = _open(home / "lock")
    try:
        deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise DatabaseUnavailable(
                        f"Another Hansa command has been starting or stopping the database in {home} for "
                        f"{LOCK_PATIENCE_SECONDS} seconds. Stop it and try again."
                    ) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(lock)
