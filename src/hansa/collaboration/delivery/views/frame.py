"""What the pages of a delivery share: loading, tabs, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import queries
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the delivery, for ``{% tabs %}``."""

    name: str
    href: str
    current: bool


def tabs(ref: str, *, here: str, works_here: bool) -> tuple[Tab, ...]:
    """Return the pages of a delivery that the reader may open; the client sees none of the hubs' own."""
    pages = [
        ("room", _("Overview"), True),
        ("plan", _("Plan"), True),
        ("changes", _("Changes"), True),
        ("facilities", _("Facilities"), works_here),
        ("experts", _("Experts"), works_here),
        ("hours", _("Hours"), works_here),
        ("change", _("Effect"), True),
        ("closing", _("Lessons and story"), True),
        ("shares:costs", _("Costs and shares"), works_here),
    ]
    return tuple(
        Tab(name, partnering.address(page if ":" in page else f"delivery:{page}", ref), page == here)
        for page, name, is_shown in pages
        if is_shown
    )


def crumbs(actor: Actor, case: Any, title: str) -> tuple[list[tuple[str, str]], str]:
    """Return the way to the page and its last word: the lead comes from its request, a partner from what it works on."""
    if actor.hub_id is None:
        return [(_("My requests"), partnering.address("partnering:list"))], title
    if actor.hub_id == case.lead_id:
        requests = (_("Requests"), partnering.address("partnering:list"))
        return [requests, (title, partnering.address("partnering:request", case.ref))], _("Delivery")
    return [(_("Collaborations"), partnering.address("delivery:list"))], title


def load_frame(request: HttpRequest, ref: str, *, hubs_only: bool = False) -> queries.Frame:
    """Return the frame, or 404 when the page does not exist for this reader."""
    found = queries.frame(ref, actor=request.actor, at=timezone.now())
    if found is None or (hubs_only and not found.works_here):
        raise Http404
    return found


def show(
    request: HttpRequest, frame: queries.Frame, page: str, *, form: django_forms.Form | None = None, **shown: Any
) -> HttpResponse:
    """Render one page of the delivery; ``form`` is one that was refused."""
    way, here = crumbs(request.actor, frame.collaboration.request, frame.title)
    context = {
        **shown,
        "frame": frame,
        "crumbs": way,
        "here": here,
        "tabs": tabs(frame.ref, here=page, works_here=frame.works_here),
        "room_url": partnering.address("delivery:room", frame.ref),
        "today": timezone.localdate(),
        "refused": form,
    }
    return render(request, f"collaboration/delivery/{page}.html", context, status=422 if form else 200)


def place(page: str, ref: str, anchor: str = "") -> str:
    return reverse(f"delivery:{page}", args=[ref]) + anchor
