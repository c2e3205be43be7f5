"""How a person sees the pages: theme, density, language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from hansa.web.context import DENSITIES, THEMES

_YEAR = 60 * 60 * 24 * 365
_CHOICES = {"theme": THEMES, "density": DENSITIES}


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


@login_not_required
@login_not_required
@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Keep theme or density in a cookie; an empty or unknown value means the default again."""
    answer = HttpResponseRedirect(_back(request))
    answer.status_code = 303
    for name, allowed in _CHOICES.items():
        if name not in request.POST:
            continue
        if request.POST[name] in allowed:
            answer.set_cookie(name, request.POST[name], max_age=_YEAR, samesite="Lax", secure=request.is_secure())
        else:
            answer.delete_cookie(name, samesite="Lax")
    return answer


@login_not_required
@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the same page in another language and remember it."""
    return django_set_language(request)
