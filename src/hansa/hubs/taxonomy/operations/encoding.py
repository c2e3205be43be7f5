"""Vectors of the concepts that texts are read for: shipped with Hansa, made here where they are missing, kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from hansa.engine.language import CachedEncoder, texts_to_encode
from hansa.hubs.taxonomy.models import Vector
from hansa.hubs.taxonomy.queries.index import encoder, engine_concepts, stored_vectors

# Encoding all wordings takes a minute of one core, which nobody should wait for at the first start.
_SHIPPED = "content/vectors.npz"
_SAID_EVERY = 1024


def encode(*, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Store the vectors that are missing, shipped ones first; return how many had to be made here.

    Safe to interrupt and to run twice at once.
    """
    return encode_texts(_wordings(), progress=progress)


def encode_texts(texts: Sequence[str], *, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Store the vectors of these wordings that are missing, shipped ones first; return how many had to be made here.

    Safe to interrupt and to run twice at once: what is done is kept.
    """
    cached = CachedEncoder(encoder().inner, stored_vectors, _store)
    missing = cached.missing(texts, kind="query")
    if not missing:
        return 0
    _store_shipped({cached.key(text, kind="query") for text in missing})
    missing = cached.missing(missing, kind="query")
    if missing:
        progress(f"{len(missing)} wordings of concepts are being encoded")
    for start in range(0, len(missing), _SAID_EVERY):
        cached.encode(missing[start : start + _SAID_EVERY], kind="query")
        done = min(start + _SAID_EVERY, len(missing))
        if len(missing) > _SAID_EVERY:
            progress(f"  {done} of {len(missing)} ({100 * done // len(missing)} %)")
    return len(missing)


def write_shipped(path: Path) -> int:
    """Write the vectors of all wordings into the file that ships with Hansa; return how many.

    Keys hold model and text, so a vector of another model or an older text is never taken for a current one.
    """
    encode()
    cached = CachedEncoder(encoder().inner, stored_vectors, _store)
    keys = sorted({cached.key(text, kind="query") for text in _wordings()})
    stored = stored_vectors(keys)
    vectors = np.stack([np.frombuffer(stored[key], dtype="<f4") for key in keys]).astype("<f2")
    np.savez_compressed(
        path, keys=np.frombuffer(bytes.fromhex("".join(keys)), dtype=np.uint8).reshape(-1, 32), vectors=vectors
    )
    return len(keys)


def _wordings() -> list[str]:
    return list(texts_to_encode(engine_concepts()))


def _store(fresh: Mapping[str, bytes]) -> None:
    Vector.objects.bulk_create([Vector(key=key, value=value) for key, value in fresh.items()], ignore_conflicts=True)


def _store_shipped(wanted: set[str]) -> None:
    resource = files("hansa.hubs.taxonomy").joinpath(_SHIPPED)
    if not resource.is_file():
        return
    with as_file(resource) as path, np.load(path) as shipped:
        keys: Sequence[str] = [bytes(key).hex() for key in shipped["keys"]]
        vectors = shipped["vectors"].astype("<f4")
    _store({key: vector.tobytes() for key, vector in zip(keys, vectors, strict=True) if key in wanted})
