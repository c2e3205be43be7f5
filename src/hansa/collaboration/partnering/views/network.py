"""The steward's overview of all cases, without anything about clients."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hansa.collaboration.partnering import queries
from hansa.collaboration.partnering.queries.overview import asked_without_people
from hansa.foundation.pages import reads

PAGE_SIZE = 20


@reads
def cases(request: HttpRequest) -> HttpResponse:
    """Show counts and ages per stage and hub, and the cases that have waited longest."""
    if not request.actor.is_steward:
        raise Http404
    now = timezone.now()
    stage, hub = request.GET.get("stage", ""), request.GET.get("hub", "")
    rows = queries.cases_by_age(at=now, stage=stage, hub_id=int(hub) if hub.isdecimal() else None)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = queries.hub_lines(at=now)
    context = {
        "empty_hubs": asked_without_people(),
        "cases": queries.case_lines(list(page.object_list), at=now),
        "page_number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
        "hub_lines": lines[:PAGE_SIZE],
        "n_hubs": len(lines),
        "stages": queries.stage_names(),
        "stage": stage,
        "hub": hub,
    }
    return render(request, "collaboration/partnering/network_cases.html", context)
