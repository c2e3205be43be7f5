"""Two to four hubs side by side."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hansa.foundation.pages import reads
from hansa.hubs.directory import queries
from hansa.hubs.directory.queries import search
from hansa.hubs.directory.queries.asking import MAX_COMPARED
from hansa.hubs.directory.queries.comparison import comparison
from hansa.hubs.directory.queries.profile import profiles


@login_not_required
@reads
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the hubs named in the address; more than four are too many to read, and the page says so."""
    directory = queries.catalogue()
    slugs = [slug[:120] for slug in request.GET.getlist("hub")[:20] if slug]
    rows = search.rows_of(directory, slugs)
    shown = rows[:MAX_COMPARED]
    only = request.GET.get("only") == "differences"
    sections = comparison(profiles([row.id for row in shown])) if len(shown) > 1 else []
    n_lines = sum(len(section.lines) for section in sections)
    n_differing = sum(line.differs for section in sections for line in section.lines)
    if only:
        fewer = [replace(one, lines=tuple(line for line in one.lines if line.differs)) for one in sections]
        sections = [section for section in fewer if section.lines]
    here, listed = reverse("directory:compare"), reverse("directory:list")
    query = urlencode([("hub", row.slug) for row in shown])
    context = {
        "hubs": [
            {"row": row, "without": f"{here}?{urlencode([('hub', o.slug) for o in shown if o is not row])}"}
            for row in shown
        ],
        "sections": sections,
        "n_missing": len(dict.fromkeys(slugs)) - len(rows),
        "left_out": rows[MAX_COMPARED:],
        "only": only,
        "n_lines": n_lines,
        "n_differing": n_differing,
        "all_href": f"{here}?{query}",
        "only_href": f"{here}?{query}&only=differences",
        "query": f"?{query}",
        "add_href": f"{listed}?{query}" if query else listed,
        "can_add": len(shown) < MAX_COMPARED,
        "listed": listed,
    }
    return render(request, "hubs/directory/compare.html", context)
