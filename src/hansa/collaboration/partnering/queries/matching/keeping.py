"""Answers kept for as long as the directory stands as it is. Any process can compute them anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from hansa.hubs.directory.queries import Catalogue

Answer = TypeVar("Answer")
_MOST = 512
_lock = Lock()
_answers: OrderedDict[Hashable, Any] = OrderedDict()
_listed: Catalogue | None = None


def kept(listed: Catalogue, key: Hashable, compute: Callable[[], Answer]) -> Answer:
    """Return what was computed before from the same directory for the same key, or compute it.

    The key holds everything else the answer depends on, the reader's language among it.
    """
    global _listed
    with _lock:
        if _listed is not listed:
            # Not the stamp decides but the object: a stamp that was rolled back can return with other hubs.
            _listed = listed
            _answers.clear()
        if key in _answers:
            _answers.move_to_end(key)
            found: Answer = _answers[key]
            return found
    answer = compute()
    with _lock:
        if _listed is listed:
            _answers[key] = answer
            while len(_answers) > _MOST:
                _answers.popitem(last=False)
    return answer


def forget() -> None:
    """Drop what is kept."""
    global _listed
    with _lock:
        _listed = None
        _answers.clear()
