"""Keeping the index of profiles: only what changed is read anew, and readers never wait."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hansa.engine.language import Ledger, ProfileIndex
from hansa.engine.language.profiles import stacked
from hansa.engine.problem import Floats
from hansa.hubs.directory.models import Hub
from hansa.hubs.directory.operations.reading import text_of
from hansa.hubs.directory.queries.near import (
    FORMAT,
    HEAD,
    ROW_BYTES,
    IndexUnusable,
    NoIndex,
    Stored,
    check_sum_of,
    profiles_folder,
    stored_index,
    text_reader,
)

# Profiles read between two writes: a run that is interrupted loses no more.
_AT_ONCE = 64
# The matrix is made anew when more of its rows than this are nobody's, and more than a quarter of those in use.
_MOST_IDLE_ROWS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What was done. ``was_rebuilt``: why the index before could not be used; empty when it could."""

    n_read: int = 0
    n_removed: int = 0
    n_profiles: int = 0
    was_rebuilt: str = ""


def index_profiles(
    *, folder: Path | None = None, progress: Callable[[int, int], object] = lambda _done, _of: None
) -> Indexed:
    """Bring the index in line with the listed hubs: read those whose text is new or changed, drop those that left.

    An index of another model or a damaged one is made anew. Safe to interrupt, and to run twice at once. About 0.4 s
    of one core for each long description.
    """
    folder = folder or profiles_folder()
    reader = text_reader()
    texts = {hub.pk: text_of(hub) for hub in Hub.objects.filter(is_listed=True).only("pk", "summary", "description")}
    digests = {pk: hashlib.sha256(text.encode("utf-8", errors="replace")).digest() for pk, text in texts.items()}
    with _writing(folder):
        stored, reason = _readable(folder, reader.model_id)
        fresh, gone = stored.index.ledger.differing(digests) if stored else (tuple(sorted(digests)), ())
    for start in range(0, len(fresh), _AT_ONCE):
        part = fresh[start : start + _AT_ONCE]
        vectors = reader.vectors([texts[pk] for pk in part])
        put = {pk: (digests[pk], vector) for pk, vector in zip(part, vectors, strict=True)}
        change_index(folder, model_id=reader.model_id, put=put)
        progress(start + len(part), len(fresh))
    if gone or (not fresh and stored is None):
        change_index(folder, model_id=reader.model_id, put={}, remove=gone)
    return Indexed(n_read=len(fresh), n_removed=len(gone), n_profiles=len(digests), was_rebuilt=reason)


def change_index(
    folder: Path, *, model_id: str, put: Mapping[int, tuple[bytes, Floats]], remove: Collection[int] = ()
) -> int:
    """Add, replace (id to SHA-256 of the text and vector) and remove profiles; return how many the index now holds.

    Writes the new rows and a new head, nothing else, so its cost does not grow with the rows that stay. One writer at a
    time, others wait. An index of another model or a damaged one is begun anew with what is given.

    :raises BadProblem: a digest or a vector has another size, or the vector is neither of unit length nor zero
    """
    fresh = stacked([vector for _, vector in put.values()])
    digests = {number: digest for number, (digest, _) in put.items()}
    with _writing(folder):
        stored, _reason = _readable(folder, model_id)
        first_row = stored.n_rows if stored else 0
        ledger = (stored.index.ledger if stored else Ledger.empty()).after(
            put=digests, remove=remove, first_row=first_row
        )
        if stored and first_row + len(fresh) - len(ledger.ids) <= max(_MOST_IDLE_ROWS, len(ledger.ids) // 4):
            _append(folder, stored, ledger, fresh)
        else:
            _write_anew(folder, model_id, stored, ledger, fresh)
        return len(ledger.ids)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _readable(folder: Path, model_id: str) -> tuple[Stored | None, str]:
    """Return the index to go on from, or none and the reason why it has to be made anew."""
    try:
        stored = stored_index(folder)
    except NoIndex:
        return None, ""
    except IndexUnusable as unusable:
        return None, str(unusable)
    if stored.index.model_id != model_id:
        return None, f"It was made by {stored.index.model_id}."
    return stored, ""


def _append(folder: Path, stored: Stored, ledger: Ledger, fresh: Floats) -> None:
    with (folder / stored.matrix).open("r+b") as file:
        file.truncate(stored.n_rows * ROW_BYTES)  # rows of a writer that died before it could say so
        file.seek(0, os.SEEK_END)
        _write_rows(file, fresh)
    check_sum = check_sum_of(fresh, after=stored.check_sum)
    _write_head(folder, stored.index.model_id, stored.matrix, stored.n_rows + len(fresh), check_sum, ledger)


def _write_anew(folder: Path, model_id: str, stored: Stored | None, ledger: Ledger, fresh: Floats) -> None:
    rows = np.concatenate([stored.index.vectors, fresh]) if stored else fresh
    whole = ProfileIndex(model_id=model_id, ledger=ledger, vectors=rows).compacted()
    matrix = f"vectors-{secrets.token_hex(8)}.f4"
    with (folder / matrix).open("wb") as file:
        _write_rows(file, whole.vectors)
    _write_head(folder, model_id, matrix, len(whole), check_sum_of(whole.vectors), whole.ledger)
    for other in folder.glob("vectors-*.f4"):
        if other.name != matrix:
            other.unlink()  # whoever reads it keeps it until it is done


def _write_rows(file: io.BufferedIOBase, rows: Floats) -> None:
    file.write(np.ascontiguousarray(rows, dtype="<f4").data)
    file.flush()
    os.fsync(file.fileno())


def _write_head(folder: Path, model_id: str, matrix: str, n_rows: int, check_sum: int, ledger: Ledger) -> None:
    """Put a new head in the place of the old one, in one move."""
    said = {"format": FORMAT, "model": model_id, "matrix": matrix, "rows": n_rows, "check_sum": check_sum}
    new = folder / f"{HEAD}.new"
    with new.open("wb") as file:
        np.savez(
            file,
            said=np.frombuffer(json.dumps(said).encode(), dtype=np.uint8),
            ids=ledger.ids, digests=ledger.digests, rows=ledger.rows,
        )  # fmt: skip
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / HEAD)
    folder_handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(folder_handle)
    finally:
        os.close(folder_handle)
