"""The token that proves a form came from our own page, masked anew for every page.

Django masks it with 64 draws from the system's random source, which costs more than the rest of the frame. Here one
read of that source does; what the middleware accepts is the same.
"""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token

_N = len(CSRF_ALLOWED_CHARS)
_PLACE = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}


def masked(secret: str) -> str:
    """Return ``secret`` behind a fresh mask, as ``CsrfViewMiddleware`` reads it."""
    mask = [byte % _N for byte in os.urandom(CSRF_SECRET_LENGTH)]
    hidden = [(_PLACE[letter] + shift) % _N for letter, shift in zip(secret, mask, strict=True)]
    return "".join([CSRF_ALLOWED_CHARS[place] for place in mask + hidden])


def token_of(request: HttpRequest) -> str:
    """Return the token for this page's forms; a reader without a cookie gets one with the answer."""
    secret = request.META.get("CSRF_COOKIE", "")
    if len(secret) != CSRF_SECRET_LENGTH:
        return get_token(request)
    return masked(secret)
