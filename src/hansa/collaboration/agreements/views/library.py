"""The library of clauses and instruments, for people of hubs and stewards."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.queries import model_page, shelf, typesetting
from hansa.foundation.pages import reads

MOST_LETTERS = 200


@reads
def library(request: HttpRequest) -> HttpResponse:
    """Show the instruments, and the clauses that hold the words searched for."""
    _let_in(request)
    text = request.GET.get("q", "").strip()[:MOST_LETTERS]
    shelves = model_page.shelves(text=text)
    context = {
        "text": text,
        "shelves": shelves,
        "n_found": sum(len(row.clauses) for row in shelves),
        "instruments": list(shelf.instruments().values()),
    }
    is_part = request.htmx and request.htmx.target == "found"
    return render(request, f"collaboration/agreements/library.html{'#found' if is_part else ''}", context)


@reads
def model(request: HttpRequest, key: str) -> HttpResponse:
    """Show one instrument whole, with blanks for what only a case knows."""
    of = _instrument(request, key)
    context = {
        "instrument": of,
        "entries": model_page.entries(of),
        "title": pgettext("content", of.title),
        "summary": pgettext("content", of.summary),
        "crumbs": [(_("Library of clauses"), reverse("agreements:library"))],
    }
    return render(request, "collaboration/agreements/model.html", context)


@reads
def model_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Give the text an agreement of this kind starts from, as text or as a PDF."""
    of = _instrument(request, key)
    if kind == "pdf":
        content: Any = typesetting.as_pdf(model_page.as_document(of), at=timezone.now())
        response = HttpResponse(content, content_type="application/pdf")
    else:
        response = HttpResponse(model_page.as_text(of), content_type="text/plain; charset=utf-8")
    name = f"hansa_model-{of.id}_{of.version}_{of.language}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _let_in(request: HttpRequest) -> None:
    if not policies.can_read_library(request.actor):
        raise Http404


def _instrument(request: HttpRequest, key: str) -> Any:
    _let_in(request)
    try:
        return shelf.instrument(key)
    except KeyError:
        raise Http404 from None
