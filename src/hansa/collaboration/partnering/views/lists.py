"""The list of requests, for a hub and for a client, and its exports."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.partnering import policies, queries
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation import tables
from hansa.foundation.pages import reads

PAGE_SIZE = 20
MAX_EXPORTED = 5000


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Return state and search text of the address; unknown states mean the open ones."""
    state = request.GET.get("state", queries.OPEN)
    known = {*RequestState.values, queries.OPEN, queries.MINE, "all"}
    return (state if state in known else queries.OPEN), request.GET.get("q", "")[:200]


@reads
def requests(request: HttpRequest) -> HttpResponse:
    state, text = _asked(request)
    rows = queries.listed_requests(request.actor, state=state, text=text)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    is_hub = bool(policies.can_state_for_client(request.actor))
    states = [
        (queries.OPEN, pgettext("requests", "Open")),
        (queries.MINE, _("Your turn")),
        ("all", _("All")),
        *RequestState.choices,
    ]
    context: dict[str, Any] = {
        "lines": queries.request_lines(list(page.object_list), request.actor),
        "page_number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
        "state": state,
        "text": text,
        "states": states,
        "is_hub": is_hub,
    }
    return render(request, "collaboration/partnering/requests.html", context)


@reads
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the same list as Excel or CSV, in the same order, at most 5,000 rows."""
    if kind not in tables.KINDS:
        raise Http404
    state, text = _asked(request)
    rows = queries.listed_requests(request.actor, state=state, text=text)[:MAX_EXPORTED]
    heads, lines = queries.request_table(rows, request.actor)
    return tables.download(kind, f"requests_{timezone.localdate():%Y-%m-%d}", heads, lines)
