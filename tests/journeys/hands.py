"""What the people of a journey do with a page. The same story is played over HTTP and in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Hand(Protocol):
    """One person at one browser. Words are those on the page: labels from their beginning, buttons and links whole.

    ``within`` narrows to a part of the page by its heading or legend.
    """

    @property
    def path(self) -> str:
        """The address of the page, without host and question mark."""

    def open(self, address: str, *, status: int = 200) -> None: ...

    def read(self) -> str:
        """Return the page's text, one space between words."""

    def see(self, *words: str) -> None:
        """Expect each of these on the page."""

    def fill(self, label: str, text: str, *, within: str = "") -> None: ...

    def choose(self, label: str, option: str, *, within: str = "") -> None: ...

    def tick(self, label: str, *, within: str = "") -> None: ...

    def attach(self, label: str, name: str, content: bytes) -> None: ...

    def value(self, label: str) -> str:
        """Return what stands in a field."""

    def links(self, start: str) -> list[str]:
        """Return the words of the links that begin like this."""

    def buttons(self, start: str) -> list[str]:
        """Return the words of the buttons that begin like this."""

    def press(self, words: str, *, within: str = "", status: int = 200) -> None:
        """Press a button. ``status`` is what the page that answers has; 422 for a refusal."""

    def follow(self, words: str) -> None: ...

    def download(self, words: str) -> bytes: ...

    def look(self, name: str) -> None:
        """Look at the screen closely: whatever this hand can find wrong with it."""


NewHand = Callable[[str], Hand]
