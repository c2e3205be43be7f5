"""What the command palette offers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from hansa.foundation.pages import reads
from hansa.web.components.icons import icon_address
from hansa.web.navigation import palette_entries

MAX_TEXT = 80


@login_not_required
@reads
def palette(request: HttpRequest) -> HttpResponse:
    """Return entries for ``q``: JSON for the script, a page of links for everybody else."""
    text = request.GET.get("q", "")[:MAX_TEXT]
    entries = palette_entries(request.actor, text, get_language())  # type: ignore[attr-defined]
    if request.GET.get("as") == "json":
        rows = [{**entry, "icon": icon_address(entry["icon"])} for entry in entries]
        answer: HttpResponse = JsonResponse({"entries": rows})
        answer["Cache-Control"] = "private, max-age=30"
        return answer
    return render(request, "palette.html", {"text": text, "entries": entries})
