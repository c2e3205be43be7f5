"""JSON objects read key by key: every complaint names the path of the field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from hansa.engine.problem import BadProblem

T = TypeVar("T")
MOST_LETTERS = 1000


class Fields:
    """One JSON object, read key by key; every complaint names its path, and what nobody read is refused."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, Mapping):
            raise BadProblem(f"{path} must be an object, not {_kind(value)}")
        self.value, self.path, self.known = value, path, set[str]()

    def get(self, key: str, kinds: type | tuple[type, ...], default: Any = ...) -> Any:
        """A value of a kind; required where no default is given."""
        self.known.add(key)
        found = self.value.get(key)
        if found is None:
            if default is ...:
                raise BadProblem(f"{self.path}.{key} is missing")
            return default
        is_number = isinstance(found, int | float) and not isinstance(found, bool)
        wrong = not is_number if kinds in (int, float) else not isinstance(found, kinds)
        if wrong or (kinds is int and (not math.isfinite(found) or found != int(found))):
            raise BadProblem(f"{self.path}.{key} must be {_WANTED[kinds]}, not {_kind(found)}")
        if isinstance(found, str) and ("\0" in found or len(found) > MOST_LETTERS):
            raise BadProblem(f"{self.path}.{key} must be plain text of at most {MOST_LETTERS} letters")
        return int(found) if kinds is int else found

    def text(self, key: str, default: Any = ...) -> Any:
        return self.get(key, str, default)

    def names(self, key: str, default: Any = ...) -> Any:
        """A list of texts, as a tuple."""
        found = self.get(key, list, default)
        if isinstance(found, list):
            if not all(isinstance(name, str) for name in found):
                raise BadProblem(f"{self.path}.{key} must be a list of texts")
            return tuple(found)
        return found

    def id(self) -> str:
        """The id of the object, a text that is not empty."""
        found: str = self.text("id")
        if not found:
            raise BadProblem(f"{self.path}.id must not be empty")
        return found

    def one_of(self, key: str, known: Sequence[str], default: Any = ...) -> Any:
        """One of some words."""
        found = self.text(key, default)
        if found not in known:
            raise BadProblem(f"{self.path}.{key} must be one of {', '.join(known)}, not {found!r}")
        return found

    def yes_or_no(self, key: str, *, default: bool) -> bool:
        self.known.add(key)
        found = self.value.get(key)
        if not isinstance(found, bool | None):
            raise BadProblem(f"{self.path}.{key} must be true or false, not {found}")
        return default if found is None else found

    def number(self, key: str, default: float, *, most: float) -> float:
        """A number from 0 to ``most``; the default may be any."""
        found = float(self.get(key, float, default))
        if self.value.get(key) is not None and not 0 <= found <= most:
            raise BadProblem(f"{self.path}.{key} must be a number from 0 to {most:,}, not {found}")
        return found

    def moment(self, key: str) -> datetime:
        text = self.text(key)
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise BadProblem(
                f"{self.path}.{key} must be a time such as 2027-03-01T09:00+01:00, not {text!r}"
            ) from error

    def each(self, key: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """A list of objects, each read to its end."""
        rows = []
        for number, row in enumerate(self.get(key, list, [])):
            fields = Fields(row, f"{self.path}.{key}[{number}]".removeprefix("."))
            try:
                rows.append(read(fields))
            except BadProblem as bad:
                message = str(bad)
                raise BadProblem(message if message.startswith(key) else f"{fields.path}: {message}") from bad
            fields.end()
        return tuple(rows)

    def end(self) -> None:
        """Refuse keys that mean nothing.

        :raises BadProblem: naming the first.
        """
        unknown = sorted(str(key) for key in set(self.value) - self.known)
        if unknown:
            raise BadProblem(
                f"{self.path or 'the document'} has no {unknown[0]!r}; known: {', '.join(sorted(self.known))}"
            )


_WANTED: dict[Any, str] = {str: "text", int: "a whole number", float: "a number", list: "a list", dict: "an object"}


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "yes or no", type(None): "nothing"}
    return names.get(type(value), f"{value}")
