"""Parts of pages that cost more to write than to keep."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_MOST = 256
_lock = Lock()
_kept: OrderedDict[Hashable, tuple[Any, SafeString]] = OrderedDict()


def fragment(template: str, *, key: Hashable, context: Callable[[], dict[str, Any]], of: Any = None) -> SafeString:
    """Return the rendered template, from this process's memory when it showed the same thing before.

    :param key: everything it depends on; the language is added here. No token and nothing about the reader
    :param of: an object it shows that cannot be a key: the very object, not one that is equal to it
    """
    place = (template, get_language(), id(of), key)
    with _lock:
        if place in _kept:
            _kept.move_to_end(place)
            return _kept[place][1]
    html = render_to_string(template, context())
    with _lock:
        # The object is kept with it, so that no other can get its id.
        _kept[place] = (of, html)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return html
