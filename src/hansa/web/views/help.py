"""Home for visitors, help and contact."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from hansa.foundation.pages import reads
from hansa.web.navigation import PLACES, in_language, role_of


@login_not_required
@login_not_required
@reads
def home(request: HttpRequest) -> HttpResponse:
    """Show visitors what Hansa is; send everybody else to the first place of their role."""
    role = role_of(request.actor)  # type: ignore[attr-defined]
    if role == "visitor":
        return render(request, "home.html")
    return HttpResponseRedirect(in_language(PLACES[role][0].path, get_language()))


@login_not_required
@login_not_required
@reads
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html", {"contact": settings.CONTACT_EMAIL})


@login_not_required
@login_not_required
@reads
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")
