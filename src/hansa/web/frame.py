"""The frame of a page: head, sidebar, bars and menus around the content.

It is the same for everybody of one role and language, so its templates are rendered once each, with slots for what
differs from request to request; a page then costs a join of strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, override

from hansa.web.navigation import HELP, PLACES, Place, in_language, language_tag

_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
CONTENT = "content"


def slot(name: str) -> SafeString:
    """Return the mark of a place that each request fills in."""
    return mark_safe(f"{_OPEN}{name}{_CLOSE}")


@lru_cache(maxsize=4)
def head() -> SafeString:
    """Return the part of ``<head>`` that is the same on every page."""
    return mark_safe(render_to_string("frame/head.html"))


@lru_cache(maxsize=256)
def _pieces(role: str, language: str, theme: str, density: str) -> tuple[list[str], list[str]]:
    """Return the frame before and after the content, each as text and slot names in turn."""
    template = "frame/public.html" if role == "visitor" else "frame/app.html"
    groups: dict[str, list] = {}
    with override(language):
        for place in PLACES[role]:
            groups.setdefault(str(place.group), []).append(_linked(place, language))
        context = {
            "role": role,
            "groups": groups.items(),
            "phone": [_linked(place, language) for place in PLACES[role] if place.phone][:4],
            "help": _linked(HELP, language),
            "home": in_language("/", language),
            "prefix": in_language("", language),
            "language": language,
            "languages": [
                (code, language_tag(code), get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES
            ],
            "theme": theme,
            "density": density,
            "demo": settings.DEMO,
            "network": settings.NETWORK_NAME,
            "funding": settings.FUNDING_LINE,
        }
        html = re.sub(r">\s+<", "><", render_to_string(template, context))
    before, _, after = html.partition(slot(CONTENT))
    return _SLOT.split(before), _SLOT.split(after)


def _linked(place: Place, language: str) -> dict[str, Any]:
    return {
        "key": place.key,
        "href": in_language(place.path, language),
        "label": str(place.label),
        "icon": place.icon,
        "phone": str(place.phone),
        "current": slot(f"current:{place.path}"),
        "badge": slot(f"badge:{place.key}"),
    }


def _filled(pieces: list[str], contents: Mapping[str, str]) -> SafeString:
    parts = pieces.copy()
    for number in range(1, len(parts), 2):
        parts[number] = contents.get(parts[number], "")
    return mark_safe("".join(parts))


def frame(
    role: str, language: str, theme: str, density: str, contents: Mapping[str, str]
) -> tuple[SafeString, SafeString]:
    """Return what stands before and after a page's content.

    :param role: whose navigation is shown
    :param contents: the safe HTML of the slots by their names; a slot without one stays empty
    """
    before, after = _pieces(role, language, theme, density)
    return _filled(before, contents), _filled(after, contents)


def forget() -> None:
    """Drop the rendered frames, after a change of settings in tests."""
    _pieces.cache_clear()
    head.cache_clear()
