"""What can go wrong with the embedded server, in words for whoever started it."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NEEDED_BYTES = 300_000_000

_KNOWN = {
    "No space left on device": "The disk that holds {home} is full. Free some space, or set HANSA_VAR to a folder on another disk.",
    "Disk quota exceeded": "Your disk quota for {home} is used up. Free some space, or set HANSA_VAR to a folder on another disk.",
    "Read-only file system": "{home} is on a read-only disk. Set HANSA_VAR to a folder you may write to.",
    "could not create shared memory segment": "The system gives PostgreSQL too little shared memory. Set DATABASE_URL to a "
    "PostgreSQL server elsewhere, or allow more (in a container: --shm-size=256m).",
    "has group or world access": "{home} is on a disk that does not keep file permissions. Set HANSA_VAR to a folder on "
    "another disk.",
    "Permission denied": "PostgreSQL may not use {home}. Set HANSA_VAR to a folder you may write to.",
    "Operation not permitted": "PostgreSQL may not use {home}. Set HANSA_VAR to a folder on a disk that keeps file owners.",
}


class DatabaseUnavailable(ImproperlyConfigured):
    """The embedded server cannot run. The message says why and what to do."""


def not_writable(folder: Path, error: OSError) -> DatabaseUnavailable:
    """Return the problem of a folder that cannot be written to."""
    if error.strerror and error.strerror in _KNOWN and not isinstance(error, PermissionError):
        return DatabaseUnavailable(_KNOWN[error.strerror].format(home=folder))
    return DatabaseUnavailable(
        f"Hansa cannot write to {folder} ({error.strerror}). Set HANSA_VAR to a folder you may write to."
    )


def explain(output: str, *, doing: str, home: Path) -> DatabaseUnavailable:
    """Turn what PostgreSQL's tools printed into one sentence, with the log's place when the cause is not a known one."""
    for sign, sentence in _KNOWN.items():
        if sign in output:
            return DatabaseUnavailable(sentence.format(home=home))
    telling = [
        line.strip() for line in output.splitlines() if any(w in line for w in ("FATAL", "PANIC", "error:", "ERROR"))
    ]
    last = (telling or [line.strip() for line in output.splitlines() if line.strip()] or ["no reason given"])[-1]
    return DatabaseUnavailable(f"PostgreSQL could not {doing}: {last} More is in {home / 'server.log'}.")
