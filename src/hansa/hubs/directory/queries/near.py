"""The index of profiles as it lies in a folder, and the profiles nearest to a text.

The folder can be thrown away at any time: ``operations.index_profiles`` makes it again. It holds ``head.npz`` (model, ledger, which
matrix, how many of its rows, their check sum) and one matrix ``vectors-NAME.f4``. Rows are only ever added to a matrix, and the head is
replaced as a whole, so whoever reads keeps what the head said when it was read, whatever a writer does meanwhile.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from django.conf import settings
from django.db import connection

from hansa.engine.language import Ledger, Near, ProfileIndex, TextReader
from hansa.engine.problem import BadProblem, Floats
from hansa.hubs.taxonomy import queries as taxonomy

FORMAT = 1
HEAD = "head.npz"
DIMENSIONS = 384
ROW_BYTES = 4 * DIMENSIONS
_CHECKED_AT_ONCE = 4096  # rows

_lock = Lock()
_readers: dict[str, TextReader] = {}
_opened: dict[Path, tuple[tuple[int, ...], Stored]] = {}


class IndexUnusable(Exception):
    """There is no index that could be asked. The message says what to do."""


class NoIndex(IndexUnusable):
    """No index was made yet."""


class IndexOfAnotherModel(IndexUnusable):
    """The vectors in the index were made by another model and cannot be compared."""


class DamagedIndex(IndexUnusable):
    """A file of the index is missing, cut off or altered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An index as its folder holds it. ``check_sum``: CRC-32 of the first ``n_rows`` rows of the matrix ``matrix``."""

    index: ProfileIndex
    matrix: str
    n_rows: int
    check_sum: int


def profiles_folder() -> Path:
    """Return the folder of the index of this database on this machine."""
    return Path(settings.VAR_DIR) / "profiles" / str(connection.settings_dict["NAME"])


def text_reader() -> TextReader:
    """Return what turns texts into vectors of the index; one per process."""
    encoder = taxonomy.encoder()
    if encoder.model_id not in _readers:
        _readers[encoder.model_id] = TextReader(encoder)
    return _readers[encoder.model_id]


def nearest_profiles(text: str, *, top: int = 10, folder: Path | None = None) -> tuple[Near, ...]:
    """Return the hubs whose profiles are nearest in meaning to a text, best first; no statement.

    :raises IndexUnusable: which of its kinds says whether it is absent, of another model, or damaged
    """
    reader = text_reader()
    index = profile_index(folder or profiles_folder(), model_id=reader.model_id)
    return index.nearest(reader.vectors([text])[0], top=top)


def profile_index(folder: Path, *, model_id: str) -> ProfileIndex:
    """Return the index as it is now: opened once per process and state, its vectors mapped and not copied.

    :raises IndexUnusable: see ``nearest_profiles``
    """
    stored = stored_index(folder)
    if stored.index.model_id != model_id:
        raise IndexOfAnotherModel(
            f"The index of profiles was made by {stored.index.model_id}, not {model_id}. Run 'hansa profiles index'."
        )
    return stored.index


def stored_index(folder: Path) -> Stored:
    """Return what the folder holds now, of whatever model; read again only when its head was replaced.

    :raises NoIndex: it holds none
    :raises DamagedIndex: naming the file
    """
    with _lock:
        stamp = _stamp(folder)
        known = _opened.get(folder)
        if known is None or known[0] != stamp:
            known = _opened[folder] = stamp, _read(folder, before=known[1] if known else None)
        return known[1]


def _read(folder: Path, *, before: Stored | None) -> Stored:
    """Read an index and check every byte of it; with what was read ``before`` only the rows added since."""
    for _ in range(3):
        head = _head(folder)
        try:
            return _with_vectors(folder, head, before)
        except FileNotFoundError:
            continue  # a writer has just put another matrix in its place
    raise DamagedIndex(f"{folder / head.matrix} is missing. Run 'hansa profiles index'.")


@dataclass(frozen=True, slots=True)
class _Head:
    model_id: str
    matrix: str
    n_rows: int
    check_sum: int
    ledger: Ledger


def _stamp(folder: Path) -> tuple[int, ...]:
    try:
        state = (folder / HEAD).stat()
    except FileNotFoundError as error:
        raise NoIndex("There is no index of profiles yet. Run 'hansa profiles index'.") from error
    return state.st_ino, state.st_mtime_ns, state.st_size


def _head(folder: Path) -> _Head:
    path = folder / HEAD
    try:
        with np.load(path, allow_pickle=False) as parts:
            said = json.loads(parts["said"].tobytes())
            ledger = Ledger(ids=parts["ids"], digests=parts["digests"], rows=parts["rows"])
        if said["format"] != FORMAT:
            raise DamagedIndex(f"{path} has the format {said['format']}, not {FORMAT}. Run 'hansa profiles index'.")
        return _Head(said["model"], said["matrix"], int(said["rows"]), int(said["check_sum"]), ledger)
    except FileNotFoundError as error:
        raise NoIndex("There is no index of profiles yet. Run 'hansa profiles index'.") from error
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error, BadProblem) as error:
        raise DamagedIndex(f"{path} is damaged ({error}). Run 'hansa profiles index'.") from error


def _with_vectors(folder: Path, head: _Head, before: Stored | None) -> Stored:
    path = folder / head.matrix
    if path.stat().st_size < head.n_rows * ROW_BYTES:
        raise DamagedIndex(f"{path} is cut off. Run 'hansa profiles index'.")
    vectors: Floats = (
        np.memmap(path, dtype="<f4", mode="r", shape=(head.n_rows, DIMENSIONS))
        if head.n_rows
        else np.zeros((0, DIMENSIONS), dtype=np.float32)
    )
    known = before if before and before.matrix == head.matrix and before.n_rows <= head.n_rows else None
    done, check_sum = (known.n_rows, known.check_sum) if known else (0, 0)
    if check_sum_of(vectors[done:], after=check_sum) != head.check_sum:
        raise DamagedIndex(f"{path} is damaged (its check sum differs). Run 'hansa profiles index'.")
    try:
        index = ProfileIndex(model_id=head.model_id, ledger=head.ledger, vectors=vectors)
    except BadProblem as error:
        raise DamagedIndex(f"{folder / HEAD} is damaged ({error}). Run 'hansa profiles index'.") from error
    return Stored(index=index, matrix=head.matrix, n_rows=head.n_rows, check_sum=head.check_sum)


def check_sum_of(vectors: Floats, *, after: int = 0) -> int:
    """CRC-32 of rows, going on from the sum of the rows before them."""
    for start in range(0, len(vectors), _CHECKED_AT_ONCE):
        after = zlib.crc32(np.ascontiguousarray(vectors[start : start + _CHECKED_AT_ONCE]).data, after)
    return after
