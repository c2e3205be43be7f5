"""What a demo tells its visitor: who can sign in, and the mails that went nowhere."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hansa.foundation.pages import reads
from hansa.web.demo import mails, queries


@login_not_required
@reads
def demo(request: HttpRequest) -> HttpResponse:
    """Show log-ins and mails. A real installation has no such page."""
    if not settings.DEMO:
        raise Http404
    context = {
        "logins": queries.logins(),
        "password": queries.PASSWORD,
        "mails": mails.latest(),
        "login_url": reverse("account_login"),
        "need_url": reverse("partnering:need"),
    }
    return render(request, "demo.html", context)
