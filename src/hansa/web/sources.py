"""What the rooms below add to the frame: how much waits for a person, and what the palette finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as directory
from hansa.web.navigation import in_language, role_of

_MOST_HUBS = 6
_MOST_REQUESTS = 5


def waiting(request: HttpRequest, actor: Actor) -> dict[str, int]:
    """Return how many cases wait for the person, at the place where they find them; counted already with the session."""
    role = role_of(actor)
    if role not in {"hub", "client"}:
        return {}
    # An act may have changed the number since.
    known = request.session.n_waiting(actor.hub_id) if request.method == "GET" else None  # type: ignore[attr-defined]
    return {"today" if role == "hub" else "requests": partnering.n_waiting(actor) if known is None else known}


def requests(actor: Actor, text: str) -> Iterator[dict[str, Any]]:
    """Yield the person's own requests whose title or client holds ``text``."""
    if actor.is_visitor:
        return
    for request in partnering.listed_requests(actor, state="", text=text)[:_MOST_REQUESTS]:
        href = in_language(f"/requests/{request.ref}/", get_language())
        yield {
            "label": request.title,
            "href": href,
            "icon": "clipboard-list",
            "note": request.client.name if request.client else "",
        }


def plain(text: str) -> str:
    """Return ``text`` in small letters without accents, as people type names."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


_names: tuple[tuple[int, int], list[str]] = ((-1, -1), [])


def _plain_names(listed: directory.Catalogue) -> list[str]:
    """Return name and city of each listed hub as people type them, worked out once per revision."""
    global _names
    stamp, names = _names
    if stamp != listed.stamp:
        names = [plain(f"{row.name} {row.city}") for row in listed.rows]
        _names = (listed.stamp, names)
    return names


def hubs(actor: Actor, text: str) -> Iterator[dict[str, Any]]:
    """Yield the listed hubs whose name or city holds ``text``, those that begin with it first."""
    listed, wanted = directory.catalogue(), plain(text)
    names = _plain_names(listed)
    found = sorted((not name.startswith(wanted), place) for place, name in enumerate(names) if wanted in name)
    for _, place in found[:_MOST_HUBS]:
        row = listed.rows[place]
        href = in_language(f"/hubs/{row.slug}/", get_language())
        yield {"label": row.name, "href": href, "icon": "building-2", "note": row.city}
