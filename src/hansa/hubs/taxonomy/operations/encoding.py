"""Vectors of the concepts that texts are read for, made once and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hansa.engine.language import CachedEncoder, load_encoder, wordings_of
from hansa.hubs.taxonomy.models import Vector
from hansa.hubs.taxonomy.queries.index import engine_concepts, stored_vectors


def encode(*, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Make and store the vectors that are missing; return how many. Safe to interrupt and to run twice at once."""
    encoder = CachedEncoder(load_encoder(), stored_vectors, _store)
    wordings = [text for concept in engine_concepts() for text in wordings_of(concept)]
    missing = encoder.missing(wordings, kind="query")
    if missing:
        progress(f"{len(missing)} wordings of concepts are being encoded")
        encoder.encode(missing, kind="query")
    return len(missing)


def _store(fresh: Mapping[str, bytes]) -> None:
    Vector.objects.bulk_create([Vector(key=key, value=value) for key, value in fresh.items()], ignore_conflicts=True)
