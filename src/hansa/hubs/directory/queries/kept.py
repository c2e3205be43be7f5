"""What was worked out lately, kept in the process: a few hundred answers that any process can work out again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Answers by their key, the ``most`` latest. Keys name everything the answer depends on, except the vocabularies.

    A new version of a vocabulary empties it: labels stand in many answers.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        self._shelf: Any = None

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the answer for ``key``, worked out by ``make`` when it is not there."""
        found = self.peek(key)
        return self.put(key, make()) if found is None else found

    def peek(self, key: Hashable) -> Value | None:
        shelf = taxonomy.vocabulary(Kind.COUNTRY)
        with self._lock:
            if shelf is not self._shelf:
                self._answers.clear()
                self._shelf = shelf
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: Value) -> Value:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer
