"""Reading what pages hand to the parts: mappings and objects alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_MISSING = (None, "")


def value(thing: Any, name: str, default: Any = "") -> Any:
    """Return ``thing[name]`` of a mapping or ``thing.name`` of an object, else ``default``."""
    found = thing.get(name, default) if isinstance(thing, Mapping) else getattr(thing, name, default)
    return found() if callable(found) and not isinstance(found, Promise) else found


def values(thing: Any, *names: str) -> list[Any]:
    """Return several values at once."""
    return [value(thing, name) for name in names]


def attributes(**pairs: Any) -> SafeString:
    """Return HTML attributes; ``True`` gives a bare one, nothing is left out. ``data_x`` becomes ``data-x``."""
    parts = []
    for name, content in pairs.items():
        if content in _MISSING or content is False:
            continue
        plain = name.rstrip("_").replace("_", "-")
        parts.append(f" {plain}" if content is True else f' {plain}="{conditional_escape(content)}"')
    return mark_safe("".join(parts))


def wrapped(tag: str, content: Any, css: str = "") -> str:
    """Return ``content``, escaped, in an element; nothing when there is no content."""
    if content in _MISSING:
        return ""
    return f"<{tag}{attributes(class_=css)}>{conditional_escape(content)}</{tag}>"


def sr(content: Any) -> str:
    """Return text for screen readers only, preceded by a space."""
    return f' <span class="sr">{conditional_escape(content)}</span>' if content not in _MISSING else ""
