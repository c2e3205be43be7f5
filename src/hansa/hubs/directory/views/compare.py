"""Two to four hubs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hansa.foundation.pages import reads
from hansa.hubs.directory import queries
from hansa.hubs.directory.queries import search
from hansa.hubs.directory.queries.asking import MAX_COMPARED
from hansa.hubs.directory.queries.catalogue import Row
from hansa.hubs.directory.queries.comparison import comparison
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.queries.profile import profiles

# 20 to 60 KB each.
_drawn: Kept[tuple[tuple[Row, ...], SafeString]] = Kept(50)


@login_not_required
@reads
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the hubs named in the address; more than four are too many to read, and the page says so."""
    directory = queries.catalogue()
    slugs = list(dict.fromkeys(slug[:120] for slug in request.GET.getlist("hub")[:20] if slug))
    rows = tuple(search.rows_of(directory, slugs))
    only = request.GET.get("only") == "differences"
    n_missing = len(slugs) - len(rows)
    key = (tuple(row.id for row in rows), only, n_missing, get_language())
    kept = _drawn.peek(key)
    if kept is None or any(one is not other for one, other in zip(kept[0], rows, strict=True)):
        html = render_to_string("hubs/directory/compare_content.html", _context(rows, only=only, n_missing=n_missing))
        kept = _drawn.put(key, (rows, mark_safe(html)))
    return render(request, "hubs/directory/compare.html", {"content": kept[1]})


def _context(rows: Sequence[Row], *, only: bool, n_missing: int) -> dict[str, Any]:
    shown = rows[:MAX_COMPARED]
    sections = comparison(profiles([row.id for row in shown])) if len(shown) > 1 else []
    n_lines = sum(len(section.lines) for section in sections)
    n_differing = sum(line.differs for section in sections for line in section.lines)
    if only:
        fewer = [replace(one, lines=tuple(line for line in one.lines if line.differs)) for one in sections]
        sections = [section for section in fewer if section.lines]
    here, listed = reverse("directory:compare"), reverse("directory:list")
    query = _query(shown)
    return {
        "hubs": [{"row": row, "without": here + _query([one for one in shown if one is not row])} for row in shown],
        "sections": sections,
        "n_missing": n_missing,
        "left_out": rows[MAX_COMPARED:],
        "only": only,
        "n_lines": n_lines,
        "n_differing": n_differing,
        "all_href": here + query,
        "only_href": f"{here}{query}&only=differences",
        "query": query,
        "add_href": listed + query,
        "can_add": len(shown) < MAX_COMPARED,
        "listed": listed,
    }


def _query(rows: Sequence[Row]) -> str:
    return f"?{urlencode([('hub', row.slug) for row in rows])}" if rows else ""
