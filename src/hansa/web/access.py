"""Deny by default: a page is for signed-in people unless its view says ``login_not_required``."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect


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
