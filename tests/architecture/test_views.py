"""When an address is added: its view promises to read, or to write, and keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from hansa.foundation import pages

# The languages and the display of a visitor live in cookies; no row is read or written.
COOKIES_ONLY = {"hansa.web.views.display.set_display", "hansa.web.views.display.set_language"}


def views(patterns: list[Any]) -> Iterator[Callable[..., Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def layers(view: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Yield the view and what its decorators wrap."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]


def promises(view: Callable[..., Any]) -> bool:
    return any(
        getattr(layer, "__code__", None) and layer.__code__.co_filename == pages.__file__ for layer in layers(view)
    )


def test_every_view_reads_or_writes() -> None:
    names = {
        f"{view.__module__}.{view.__qualname__}"
        for view in views(get_resolver().url_patterns)
        if view.__module__.startswith("hansa.") and not promises(view)
    }
    assert names - COOKIES_ONLY == set()


def test_a_view_without_a_promise_is_seen() -> None:
    def bare(request: object) -> None: ...

    assert not promises(bare)
    assert promises(pages.reads(bare))  # type: ignore[arg-type]
    assert promises(pages.writes(bare))  # type: ignore[arg-type]
    assert promises(pages.form_page(bare))  # type: ignore[arg-type]
