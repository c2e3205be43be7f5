"""What both pages of a case share: loading, tabs, and how they are drawn."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.shares import queries


def load(request: HttpRequest, ref: str) -> queries.ShareCase:
    """Return the case, or 404 for whoever is not of its team; the client is not."""
    case = queries.case_for(ref, actor=request.actor, at=timezone.now())
    if case is None:
        raise Http404
    return case


def place(page: str, ref: str) -> str:
    return partnering.address(f"shares:{page}", ref)


def show(
    request: HttpRequest, case: queries.ShareCase, page: str, *, form: django_forms.Form | None = None, **shown: Any
) -> HttpResponse:
    """Render one page of the case; ``form`` is one that was refused."""
    crumbs = [(_("Collaborations"), partnering.address("delivery:list")), (case.title, _home(case))]
    if case.is_lead:
        requests = (_("Requests"), partnering.address("partnering:list"))
        crumbs = [requests, (case.title, partnering.address("partnering:request", case.ref))]
    pages = [("costs", _("Costs and benefits")), ("fair", _("Fair share"))]
    context = {
        **shown,
        "share_case": case,
        "crumbs": crumbs,
        "here": dict(pages)[page],
        "tabs": [{"name": name, "href": place(key, case.ref), "current": key == page} for key, name in pages],
        "costs_url": place("costs", case.ref),
        "refused": form,
    }
    return render(request, f"collaboration/shares/{page}.html", context, status=422 if form is not None else 200)


def _home(case: queries.ShareCase) -> str:
    """Where a partner works on the case: its delivery, else the agreement, else what it works on."""
    if case.collaboration is not None:
        return partnering.address("delivery:room", case.ref)
    if case.agreement is not None:
        return partnering.address("agreements:agreement", case.ref)
    return partnering.address("delivery:list")
