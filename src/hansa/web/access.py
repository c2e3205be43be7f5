"""Who is there, and deny by default: a page is for signed-in people unless its view says ``login_not_required``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect


class SignedIn(AuthenticationMiddleware):
    """Django's middleware, with the person that came with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]


def _person_of(request: HttpRequest) -> Any:
    """Return the person read with the session where nothing speaks against them; Django judges all other cases."""
    session: Any = request.session
    person = session.person
    if (
        person is not None
        and person.is_active
        and session.get(SESSION_KEY) == str(person.pk)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    ):
        return person
    return get_user(request)


class SignInRequired(LoginRequiredMiddleware):
    """Send visitors to signing in, and then back to the page they were on; a fragment moves the whole page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        answer = redirect_to_login(_page_of(request), resolve_url(settings.LOGIN_URL))
        return HttpResponseClientRedirect(answer.url) if getattr(request, "htmx", False) else answer


def _page_of(request: HttpRequest) -> str:
    """Return the page to come back to: for an act or a fragment, the page it was started from."""
    if request.method in {"GET", "HEAD"} and not getattr(request, "htmx", False):
        return request.get_full_path()
    start = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if start.netloc != request.get_host():
        return "/"
    return start.path + (f"?{start.query}" if start.query else "")
