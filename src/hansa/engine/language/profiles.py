"""Profiles as points: those nearest in meaning to a text, exactly, among up to 100,000."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hansa.engine.language.background import SENTENCES
from hansa.engine.language.encoder import DIMENSIONS, Encoder
from hansa.engine.language.sentences import sentences
from hansa.engine.language.windows import chosen, windows
from hansa.engine.problem import BadProblem, Floats

DIGEST_BYTES = 32
MOST_CHARACTERS = 1500  # of one text: its beginning and stretches from all of it

Numbers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Near:
    """A profile near a text. ``likeness``: cosine of their vectors, above 0 and up to 1."""

    profile_id: int
    likeness: float


class TextReader:
    """Turns whole texts into one vector each: the mean of their stretches, from the middle of everyday sentences."""

    def __init__(self, encoder: Encoder) -> None:
        self.model_id = encoder.model_id
        self._encoder: Encoder = getattr(encoder, "inner", encoder)  # what users write is not kept in the cache
        self._middle: Floats = encoder.encode(SENTENCES, "query").mean(axis=0)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Vectors of unit length: float32, shape (texts, 384); zeros for a text without words.

        At most 1,500 characters of each are read, about 0.3 ms a character.
        """
        stretches = [_stretches(text) for text in texts]
        flat = list(dict.fromkeys(stretch for found in stretches for stretch in found))
        result = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        if not flat:
            return result
        known = dict(zip(flat, _unit(self._encoder.encode(flat, "query") - self._middle), strict=True))
        for row, found in enumerate(stretches):
            for stretch in found:
                result[row] += len(stretch) * known[stretch]
        return _unit(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Which row of the matrix holds whose vector, and of which text.

    ids: int64, shape (profiles,), ascending. digests: uint8, shape (profiles, 32): SHA-256 of the text. rows: int64,
    shape (profiles,), each once. Rows that nobody holds any more stay where they are until the matrix is made anew.
    """

    ids: Numbers
    digests: Bytes
    rows: Numbers

    def __post_init__(self) -> None:
        n = len(self.ids)
        _require(self.ids.ndim == 1 and bool(np.all(np.diff(self.ids) > 0)), "Ledger.ids must ascend, each once")
        _require(self.digests.shape == (n, DIGEST_BYTES), f"Ledger.digests must have shape ({n}, {DIGEST_BYTES})")
        _require(self.rows.shape == (n,), f"Ledger.rows must have shape ({n},)")
        _require(len(np.unique(self.rows)) == n, "Ledger.rows must not name a row twice")
        _require(n == 0 or int(self.rows.min()) >= 0, "Ledger.rows must not be negative")

    @classmethod
    def empty(cls) -> Ledger:
        """A ledger of no profiles."""
        none = np.zeros(0, dtype=np.int64)
        return cls(ids=none, digests=np.zeros((0, DIGEST_BYTES), dtype=np.uint8), rows=none)

    def differing(self, digests: Mapping[int, bytes]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Compare with the profiles there are: ids that are new or read differently, and ids that are gone."""
        held = {int(number): digest.tobytes() for number, digest in zip(self.ids, self.digests, strict=True)}
        fresh = tuple(sorted(number for number, digest in digests.items() if held.get(number) != digest))
        return fresh, tuple(number for number in held if number not in digests)

    def after(self, *, put: Mapping[int, bytes], remove: Collection[int] = (), first_row: int) -> Ledger:
        """The ledger once the vectors of ``put`` (id to digest, in order) stand in the rows from ``first_row`` on.

        An id that is there already moves to its new row. Removing one that is not there does nothing.
        """
        _require(not set(put) & set(remove), "Ledger.after: put and remove must not share an id")
        _require(all(len(digest) == DIGEST_BYTES for digest in put.values()), "Ledger.after: put holds SHA-256 digests")
        fresh = np.fromiter(put, dtype=np.int64, count=len(put))
        stay = ~np.isin(self.ids, np.concatenate([fresh, np.array(sorted(remove), dtype=np.int64)]))
        digests = np.frombuffer(b"".join(put.values()), dtype=np.uint8).reshape(-1, DIGEST_BYTES)
        ids = np.concatenate([self.ids[stay], fresh])
        order = np.argsort(ids)
        return Ledger(
            ids=ids[order],
            digests=np.concatenate([self.digests[stay], digests])[order],
            rows=np.concatenate([self.rows[stay], first_row + np.arange(len(put), dtype=np.int64)])[order],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProfileIndex:
    """The vectors of profiles, of one model. ``vectors``: float32, shape (rows, 384), unit length, may be mapped from a file.

    Never changes: ``changed`` gives another. Nothing here reads or writes files.
    """

    model_id: str
    ledger: Ledger
    vectors: Floats

    def __post_init__(self) -> None:
        _require(
            self.vectors.ndim == 2 and self.vectors.shape[1] == DIMENSIONS,
            f"ProfileIndex.vectors must have shape (rows, {DIMENSIONS})",
        )
        _require(self.vectors.dtype == np.float32, "ProfileIndex.vectors must be float32")
        rows = self.ledger.rows
        _require(not len(rows) or int(rows.max()) < len(self.vectors), "Ledger.rows must lie within the vectors")

    @classmethod
    def empty(cls, model_id: str) -> ProfileIndex:
        """An index of no profiles."""
        none = np.zeros((0, DIMENSIONS), dtype=np.float32)
        return cls(model_id=model_id, ledger=Ledger.empty(), vectors=none)

    def __len__(self) -> int:
        return len(self.ledger.ids)

    def changed(self, *, put: Mapping[int, tuple[bytes, Floats]], remove: Collection[int] = ()) -> ProfileIndex:
        """Another index with some profiles (id to digest and vector) added or replaced, others removed."""
        fresh = stacked([vector for _, vector in put.values()])
        ledger = self.ledger.after(
            put={number: digest for number, (digest, _) in put.items()}, remove=remove, first_row=len(self.vectors)
        )
        return ProfileIndex(model_id=self.model_id, ledger=ledger, vectors=np.concatenate([self.vectors, fresh]))

    def compacted(self) -> ProfileIndex:
        """The same index without the rows that nobody holds any more, rows in the order of ids."""
        ledger = Ledger(ids=self.ledger.ids, digests=self.ledger.digests, rows=np.arange(len(self), dtype=np.int64))
        return ProfileIndex(
            model_id=self.model_id, ledger=ledger, vectors=np.ascontiguousarray(self.vectors[self.ledger.rows])
        )

    def nearest(self, vector: Floats, *, top: int = 10) -> tuple[Near, ...]:
        """The profiles nearest to a vector of the same model, by exact cosine, best first, equal ones by id.

        Profiles with nothing in common (cosine of 0 or less) are left out. O(rows * 384): 15 ms for 100,000.
        """
        _require(vector.shape == (DIMENSIONS,), f"vector must have shape ({DIMENSIONS},)")
        _require(bool(np.isfinite(vector).all()), "vector must hold numbers only")
        _require(top >= 1, "top must be 1 or more")
        length = float(np.linalg.norm(vector))
        if not len(self) or length == 0:
            return ()
        # Rounded, so that the last bits of a sum, which depend on the row it stands in, decide nothing.
        likeness = (self.vectors @ (vector / length).astype(np.float32)).round(6)[self.ledger.rows]
        least = np.partition(likeness, -top)[-top] if top < len(likeness) else likeness.min()
        able = np.flatnonzero((likeness >= least) & (likeness > 0))
        order = able[np.lexsort((self.ledger.ids[able], -likeness[able]))][:top]
        return tuple(Near(int(self.ledger.ids[place]), min(1.0, float(likeness[place]))) for place in order)


def stacked(vectors: Sequence[Floats]) -> Floats:
    """Vectors as rows that an index takes.

    :raises BadProblem: when one has another size, holds no numbers, or is neither of unit length nor zero
    """
    _require(all(vector.shape == (DIMENSIONS,) for vector in vectors), f"a vector must have {DIMENSIONS} numbers")
    table: Floats = np.array(list(vectors), dtype=np.float32).reshape(-1, DIMENSIONS)
    lengths = np.linalg.norm(table, axis=1)
    _require(bool(np.all((np.abs(lengths - 1) < 1e-2) | (lengths == 0))), "a vector must be of unit length, or zero")
    return table


def _stretches(text: str) -> list[str]:
    spans = windows(sentences(text))
    return [text[start:end] for start, end in chosen(spans, marks=(), most_characters=MOST_CHARACTERS)]


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise BadProblem(message)
