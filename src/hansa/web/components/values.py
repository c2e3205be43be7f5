"""What all parts share: reading what pages hand to them, escaping, words in the reader's language.

Lists call these hundreds of times per page, so they are written for speed where Django's own take the scenic route.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

_MISSING = (None, "")


def esc(content: Any) -> str:
    """Return ``content`` as text fit for HTML; safe strings stay as they are."""
    if content.__class__ is str:
        return html.escape(content)
    if hasattr(content, "__html__"):
        return content.__html__()
    return html.escape(str(content))


@lru_cache(maxsize=2048)
def _in_language(language: str | None, text: str) -> str:
    return translation.gettext(text)


def gettext(text: str) -> str:
    """Return ``text`` in the reader's language, remembered."""
    return _in_language(translation.get_language(), text)


def value(thing: Any, name: str, default: Any = "") -> Any:
    """Return ``thing[name]`` of a mapping or ``thing.name`` of an object, else ``default``."""
    if isinstance(thing, dict):
        found = thing.get(name, default)
    else:
        found = getattr(thing, name, default)
        if found is default and isinstance(thing, Mapping):
            found = thing.get(name, default)
    return found() if callable(found) and not isinstance(found, Promise) else found


def values(thing: Any, *names: str) -> list[Any]:
    """Return several values at once."""
    return [value(thing, name) for name in names]


def attributes(**pairs: Any) -> SafeString:
    """Return HTML attributes; ``True`` gives a bare one, nothing is left out. ``data_x`` becomes ``data-x``."""
    parts = []
    for name, content in pairs.items():
        if content is None or content is False or content == "":
            continue
        plain = name.rstrip("_").replace("_", "-")
        parts.append(f" {plain}" if content is True else f' {plain}="{esc(content)}"')
    return mark_safe("".join(parts))


def wrapped(tag: str, content: Any, css: str = "") -> str:
    """Return ``content``, escaped, in an element; nothing when there is no content."""
    if content is None or content == "":
        return ""
    return f'<{tag} class="{css}">{esc(content)}</{tag}>' if css else f"<{tag}>{esc(content)}</{tag}>"


def sr(content: Any) -> str:
    """Return text for screen readers only, preceded by a space."""
    return f' <span class="sr">{esc(content)}</span>' if content not in _MISSING else ""
