"""Vectors of the concepts that texts are read for: shipped with Hansa, made here where they are missing, kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from hansa.engine.language import CachedEncoder, load_encoder, texts_to_encode
from hansa.hubs.taxonomy.models import Vector
from hansa.hubs.taxonomy.queries.index import engine_concepts, stored_vectors

# Encoding all wordings takes a minute of one core, which nobody should wait for at the first start.
_SHIPPED = "content/vectors.npz"


def encode(*, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Store the vectors that are missing, shipped ones first; return how many had to be made here.

    Safe to interrupt and to run twice at once.
    """
    encoder = CachedEncoder(load_encoder(), stored_vectors, _store)
    wordings = _wordings()
    missing = encoder.missing(wordings, kind="query")
    if not missing:
        return 0
    _store_shipped({encoder.key(text, kind="query") for text in missing})
    missing = encoder.missing(wordings, kind="query")
    if missing:
        progress(f"{len(missing)} wordings of concepts are being encoded")
        encoder.encode(missing, kind="query")
    return len(missing)


def write_shipped(path: Path) -> int:
    """Write the vectors of all wordings into the file that ships with Hansa; return how many.

    Keys hold model and text, so a vector of another model or an older text is never taken for a current one.
    """
    encode()
    encoder = CachedEncoder(load_encoder(), stored_vectors, _store)
    keys = sorted({encoder.key(text, kind="query") for text in _wordings()})
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
