"""The organisations of the own hub's ecosystem. No other hub has such a page of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import forms, operations, policies, queries
from hansa.hubs.directory.states import ClientType, PartnerKind
from hansa.hubs.directory.views.own import done
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

PAGE_SIZE = 30


def _require_hub(request: HttpRequest) -> None:
    if not policies.can_keep_ecosystem(request.actor):
        raise Http404


@reads
def ecosystem(request: HttpRequest) -> HttpResponse:
    """List the organisations that the hub knows."""
    return _list(request)


def _list(request: HttpRequest, *, reason: str = "") -> HttpResponse:
    _require_hub(request)
    text = request.GET.get("q", "")[:100]
    page = Paginator(queries.organisations_of(request.actor.hub_id, text=text), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    countries = taxonomy.vocabulary(Kind.COUNTRY)
    rows = [
        {
            "id": row.pk,
            "name": row.name,
            "note": " · ".join(
                filter(None, [str(ClientType(row.organisation_type).label), row.city,
                              countries[row.country].label if row.country in countries else ""])
            ),
            "kinds": [str(PartnerKind(kind).label) for kind in row.partner_kinds if kind in PartnerKind.values],
            "concepts": [entry.label for entry in taxonomy.entries(c.pk for c in row.concepts.all()).values()],
            "showing": row.get_showing_display().split("|")[0],
        }
        for row in page.object_list
    ]  # fmt: skip
    context = {
        "rows": rows,
        "text": text,
        "reason": reason,
        "page_number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
    }
    return render(request, "hubs/directory/ecosystem.html", context, status=422 if reason else 200)


def _load(request: HttpRequest, pk: int) -> Any:
    _require_hub(request)
    found = queries.organisation_of(request.actor.hub_id, pk)
    if found is None:
        raise Http404
    return found


@form_page
def add_organisation(request: HttpRequest) -> HttpResponse:
    """Add an organisation; what it can do is read in its text, and shown to be checked."""
    _require_hub(request)
    form = forms.OrganisationForm(request.POST or None)
    if form.is_valid():
        try:
            row = operations.save_organisation(form.draft(), by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            words = _("Saved. Please look at what we read it can do.") if row.concepts.exists() else _("Saved.")
            return done(request, words, "directory:organisation", row.pk)
    return _form(request, form, heading=_("New organisation"))


@form_page
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    concepts = [(entry.id, entry.label) for entry in taxonomy.entries(c.pk for c in row.concepts.all()).values()]
    if request.method == "POST":
        form = forms.OrganisationForm(request.POST, concepts=concepts)
        if form.is_valid():
            try:
                operations.save_organisation(form.draft(), by=request.actor, at=timezone.now(), organisation_id=pk)
            except Refusal as no:
                form.add_error(None, no.reason)
            else:
                return done(request, _("Saved."), "directory:organisation", pk)
    else:
        first = {
            name: getattr(row, name) for name in forms.OrganisationForm.base_fields if name not in {"named", "concepts"}
        }
        form = forms.OrganisationForm(initial=first | {"concepts": [pk for pk, _label in concepts]}, concepts=concepts)
    return _form(request, form, heading=row.name, organisation_id=pk)


def _form(request: HttpRequest, form: Any, *, heading: str, organisation_id: int | None = None) -> HttpResponse:
    context = {"form": form, "heading": heading, "organisation_id": organisation_id}
    return render(request, "hubs/directory/organisation.html", context, status=422 if form.errors else 200)


@writes
def remove_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    try:
        operations.remove_organisation(row, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _list(request, reason=no.reason)
    return done(request, _("The organisation is taken out."), "directory:ecosystem")
