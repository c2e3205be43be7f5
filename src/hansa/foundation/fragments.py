"""Parts of pages that cost more to write than to keep."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.forms import Form
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Some 300 boards of a shortlist, or thousands of small parts.
_MOST_LETTERS = 16_000_000
_lock = Lock()
_kept: OrderedDict[Hashable, tuple[Any, SafeString]] = OrderedDict()
_n_letters = 0


def fragment(template: str, *, of: Any = None, **shown: Hashable) -> SafeString:
    """Return the rendered template, from this process's memory when it showed the same things before.

    The template sees ``shown`` and ``of`` and nothing else, so they are the key, with the language and the day (how a
    date reads depends on today). It writes ``{% token_later %}`` for a token, and the page ``{% with_token part %}``.

    :param of: an object that cannot be a key: the very object counts, not one that is equal to it
    """
    place = (template, get_language(), timezone.localdate(), id(of), tuple(shown.items()))
    with _lock:
        if place in _kept:
            _kept.move_to_end(place)
            return _kept[place][1]
    return _keep(place, of, render_to_string(template, {**shown, "of": of}))


def _keep(place: Hashable, of: Any, html: SafeString) -> SafeString:
    global _n_letters
    with _lock:
        if place not in _kept:
            # The object is kept with it, so that no other can get its id.
            _kept[place] = (of, html)
            _n_letters += len(html)
        while _n_letters > _MOST_LETTERS:
            _place, (_of, oldest) = _kept.popitem(last=False)
            _n_letters -= len(oldest)
    return html


def drawn(template: str, form: Any, **shown: Hashable) -> SafeString:
    """Return the same with a form that was refused (``form``), which is drawn this once; without one, a kept part."""
    return render_to_string(template, {**shown, "form": form}) if form else fragment(template, **shown)


@dataclass(frozen=True, slots=True)
class Blank:
    """A form that nobody has filled in yet, for a fragment: made only when that is drawn.

    :param options: what the form is made of, as pairs of name and value
    :param initial: what stands in it, likewise
    """

    kind: Callable[..., Form]
    options: tuple[tuple[str, Hashable], ...] = ()
    initial: tuple[tuple[str, Hashable], ...] = ()

    @property
    def form(self) -> Form:
        return self.kind(initial=dict(self.initial), **dict(self.options))
