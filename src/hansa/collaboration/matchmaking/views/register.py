"""The register of agreements reached, for the people of the network."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hansa.collaboration.matchmaking import policies, queries
from hansa.foundation.pages import reads

PAGE_SIZE = 30


@reads
def register(request: HttpRequest) -> HttpResponse:
    if not policies.reads_register(request.actor):
        raise Http404
    page = Paginator(queries.agreements_reached(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.reached_lines(page.object_list, request.actor, at=timezone.now()),
        "counts": queries.register_counts(),
        "page_number": page.number,
        "n_pages": page.paginator.num_pages,
    }
    return render(request, "collaboration/matchmaking/register.html", context)
