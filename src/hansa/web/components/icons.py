"""Icons, emblems and avatars: references into the sprites that ``frontend/build.py`` draws."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.values import esc

N_EMBLEMS = 48
# Mirrored when the page runs from right to left.
_DIRECTED = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "send", "undo-2", "reply", "log-out"}
)


logger = logging.getLogger("hansa.web")
# Tests set this: an icon that the sprite lacks is an error there, and a line in the log elsewhere.
strict = False


@lru_cache(maxsize=1)
def sprites() -> dict[str, str]:
    """Return the name of each icon and the sprite that holds it."""
    folder = Path(__file__).resolve().parent.parent / "static/hansa"
    files = ("icons-more.svg", "icons.svg")
    return {name: file for file in files for name in re.findall(r'<symbol id="([^"]+)"', (folder / file).read_text())}


def icon_address(name: str) -> str:
    """Return where an icon is drawn; empty when no sprite has it."""
    if name not in sprites():
        if strict:
            raise LookupError(f"No sprite has the icon {name!r}. Run: python frontend/build.py")
        logger.warning("No sprite has the icon %r.", name)
        return ""
    return f"{static(f'hansa/{sprites()[name]}')}#{name}"


@lru_cache(maxsize=512)
def icon(name: str, css: str = "") -> SafeString:
    """Return a decorative icon; the words beside it carry the meaning."""
    classes = " ".join(filter(None, ["i", "flip" if name in _DIRECTED else "", css]))
    return mark_safe(f'<svg class="{classes}" aria-hidden="true"><use href="{icon_address(name)}"/></svg>')


@lru_cache(maxsize=2048)
def emblem(key: object, size: str = "") -> SafeString:
    """Return the woven emblem of ``key`` (an id or slug): always the same one, decorative.

    :param size: ``tiny``, ``big``, ``huge`` or empty
    """
    # Neighbouring ids get different colours: hubs made one after the other often stand side by side.
    number = (key * 37 if isinstance(key, int) else crc32(str(key).encode())) % N_EMBLEMS
    href = f"{static('hansa/emblems.svg')}#e{number}"
    return mark_safe(f'<svg class="emblem {size}" aria-hidden="true"><use href="{href}"/></svg>')


@lru_cache(maxsize=32)
def logo() -> SafeString:
    """Return the mark of Hansa."""
    return mark_safe(f'<svg aria-hidden="true"><use href="{static("hansa/icons.svg")}#logo"/></svg>')


def initials(name: str) -> str:
    """Return the first letters of the first and last word of ``name``."""
    words = [word for word in name.split() if word[:1].isalpha()] or [name.strip()]
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


@lru_cache(maxsize=1024)
def avatar(name: str) -> SafeString:
    """Return a person's initials on one of four tints; decorative, the name stands beside it."""
    tint = crc32(name.encode()) % 4 + 1
    return mark_safe(f'<span class="avatar f{tint}" aria-hidden="true">{esc(initials(name))}</span>')
