"""How a person sees the pages: theme, density, language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hansa.web.context import DENSITIES, THEMES
from hansa.web.navigation import in_language

_YEAR = 60 * 60 * 24 * 365
_CHOICES = {"theme": THEMES, "density": DENSITIES}


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


@login_not_required
@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Keep theme or density in a cookie; an empty or unknown value means the default again."""
    answer = _see_other(_back(request))
    for name, allowed in _CHOICES.items():
        if name not in request.POST:
            continue
        if request.POST[name] in allowed:
            answer.set_cookie(name, request.POST[name], max_age=_YEAR, samesite="Lax", secure=request.is_secure())
        else:
            answer.delete_cookie(name, samesite="Lax")
    return answer


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the same page in another language and remember it; a language that is not offered changes nothing."""
    wanted, target = request.POST.get("language", ""), _back(request)
    offered = dict(settings.LANGUAGES)
    if wanted not in offered:
        return _see_other(target)
    first, _, rest = target.lstrip("/").partition("/")
    bare = f"/{rest}" if first in offered and first != settings.LANGUAGE_CODE else target
    answer = _see_other(in_language(bare, wanted))
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


def _see_other(target: str) -> HttpResponse:
    answer = HttpResponseRedirect(target)
    answer.status_code = 303
    return answer
