"""The list of collaborations and the delivery page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from hansa.collaboration.delivery import queries
from hansa.collaboration.delivery.views.frame import crumbs
from hansa.collaboration.delivery.views.parts import parts
from hansa.collaboration.partnering.policies import finds_match
from hansa.foundation.pages import reads

PAGE_SIZE = 20


@reads
def collaborations(request: HttpRequest) -> HttpResponse:
    """List what is being delivered, what waits for its client, and what is closed."""
    rows = queries.collaborations_visible_to(request.actor).order_by("closed_at", "-starts_on")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.lines_of(list(page.object_list), actor=request.actor, at=timezone.now()),
        "is_hub": request.actor.hub_id is not None,
        "number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
        "requests_url": reverse("partnering:list"),
    }
    return render(request, "collaboration/delivery/list.html", context)


@reads
def room(request: HttpRequest, ref: str) -> HttpResponse:
    """Show tasks, files, results, and what is needed to close."""
    return show(request, ref)


def load(request: HttpRequest, ref: str) -> Any:
    """Return the collaboration, or 404 when it does not exist for this reader."""
    return get_object_or_404(queries.collaborations_visible_to(request.actor), request__ref=ref)


def show(request: HttpRequest, ref: str, *, status: int = 200, **refused: Form) -> HttpResponse:
    """Render the page, with the forms that were sent and refused in the place of empty ones."""
    now = timezone.now()
    room = queries.room(ref, actor=request.actor, at=now)
    if room is None:
        raise Http404
    if finds_match(room.collaboration.request):
        # Two sides are brought together: nothing is delivered here.
        return redirect("matchmaking:room", ref=ref)
    way, here = crumbs(request.actor, room.collaboration.request, room.title)
    context = {
        "crumbs": way,
        "case": room.collaboration.request,
        "title": room.title,
        "parts": parts(room, request.actor, crumbs=way, here=here, today=now.date(), refused=refused),
        "refused": next((form for form in refused.values() if form.errors), None),
    }
    return render(request, "collaboration/delivery/room.html", context, status=status)
