"""The lines that tell how far the start has come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Out(Protocol):
    """What a command may write to."""

    def write(self, msg: str, style_func: None = None, ending: str | None = None) -> object: ...
    def flush(self) -> object: ...


class Progress:
    """Prints ``2/7 Tables ... 3 changes, 0.4 s`` for every step."""

    def __init__(self, out: Out, *, n_steps: int) -> None:
        self._out, self._n_steps, self._step = out, n_steps, 0

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time one step. What is appended to the yielded list is told at the end of its line."""
        self._step += 1
        begun = time.monotonic()
        notes: list[str] = []
        self._say(f"{self._step}/{self._n_steps} {name} ... ")
        try:
            yield notes
        except BaseException:
            self._say("\n")
            raise
        notes.append(f"{time.monotonic() - begun:.1f} s")
        self._say(", ".join(notes) + "\n")

    def _say(self, text: str) -> None:
        self._out.write(text, ending="")
        self._out.flush()
