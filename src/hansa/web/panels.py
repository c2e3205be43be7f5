"""Places on the pages of lower corners that higher corners fill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from hansa.foundation.actors import Actor

# What a corner puts at a place for a reader: HTML, or nothing.
Panel = Callable[[Actor, Any], SafeString]
# By the name of the place; filled by hansa.web.apps. ``case``: beside a case, given its request.
PANELS: dict[str, list[Panel]] = {}


def panels_at(place: str, actor: Actor, thing: Any) -> SafeString:
    """Return what stands at a place for this reader.

    :raises KeyError: no such place
    """
    return mark_safe("".join(panel(actor, thing) for panel in PANELS[place]))
