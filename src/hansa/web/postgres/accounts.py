"""Who the server runs as. PostgreSQL refuses to run as root, and containers often are root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hansa.web.postgres.problems import DatabaseUnavailable

_UNPRIVILEGED = ("postgres", "nobody")
_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")


@dataclass(frozen=True)
class Account:
    """A way to run programs as somebody who is not root. ``uid`` owns the files, seen from outside."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return f"number {self.uid}"

    def run(self, *arguments: str, timeout: float, within: Path = Path("/")) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, in a neutral environment; its output comes back as one text."""
        switch: dict[str, Any] = (
            {} if self.uid == os.geteuid() else {"user": self.uid, "group": self.gid, "extra_groups": []}
        )
        path = os.environ.get("PATH") or os.defpath
        return subprocess.run(
            [*self.prefix, *arguments],
            cwd=within,
            env={"PATH": path, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            umask=0o077,
            # A Ctrl-C in the terminal is for us, not for a server that others may use.
            start_new_session=True,
            timeout=timeout,
            **switch,
        )

    def can_run(self) -> bool:
        """Whether this process may run programs as this account at all."""
        try:
            return self.run("/bin/sh", "-c", "exit 0", timeout=20).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    def can_reach(self, folder: Path) -> bool:
        return self.run("/bin/sh", "-c", 'cd -- "$0"', str(folder), timeout=20).returncode == 0

    def can_execute(self, program: str) -> bool:
        return self.run("/bin/sh", "-c", 'test -x "$0" && test -r "$0"', program, timeout=20).returncode == 0

    def give(self, path: Path) -> None:
        """Make this account the owner of ``path``."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def choose(*, owner: int | None) -> Account:
    """Return the account to run the server as.

    :param owner: the user number that owns an existing data folder, which has to be kept; None for a new one
    :raises DatabaseUnavailable: when there is no way to be anybody but root, or the data belongs to somebody else
    """
    me = Account(os.geteuid(), os.getegid())
    if me.uid != 0:
        if owner is not None and owner != me.uid:
            raise belongs_to(owner)
        return me
    for account in _accounts(owner):
        if account.can_run():
            return account
    namespace = Account(0, 0, _NAMESPACE)
    if owner in (None, 0) and shutil.which("unshare") and namespace.can_run():
        return namespace
    raise DatabaseUnavailable(
        "PostgreSQL does not run as root, and this system offers no other account to run it. Run Hansa as an ordinary "
        "user, or set DATABASE_URL to a PostgreSQL server."
    )


def belongs_to(owner: int) -> DatabaseUnavailable:
    """Return the problem of data that another account made."""
    return DatabaseUnavailable(
        f"The database belongs to the account {Account(owner, 0).name}. Run Hansa as that account, or set HANSA_VAR to "
        "another folder."
    )


def _accounts(owner: int | None) -> list[Account]:
    if owner == 0:
        return []
    if owner is not None:
        try:
            return [Account(owner, pwd.getpwuid(owner).pw_gid)]
        except KeyError:
            return [Account(owner, owner)]
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return [Account(known[name].pw_uid, known[name].pw_gid) for name in _UNPRIVILEGED if name in known]
