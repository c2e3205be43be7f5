"""How the acts of these pages answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


class See(HttpResponseRedirect):
    """Go and look: after an act, the browser shows a page that can be loaded again."""

    status_code = 303


def go(address: str) -> HttpResponse:
    """The same for an address that is known already."""
    return See(address)


def see(name: str, *args: Any, anchor: str = "", query: str = "") -> HttpResponse:
    return See(reverse(name, args=args) + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else ""))
