"""The list of services with its sums, and the register of grants."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.aid import forms, operations, policies, queries
from hansa.collaboration.aid.states import ServiceStatus
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal

PAGE_SIZE = 20


def crumb() -> tuple[str, str]:
    return _("Services and aid"), reverse("aid:list")


def page_of_hub(request: HttpRequest) -> int:
    """Return the hub whose services are shown: the reader's own; for everybody else there is no such page."""
    if not policies.can_see_services(request.actor):
        raise Http404
    assert request.actor.hub_id is not None
    return request.actor.hub_id


def asked_in(request: HttpRequest) -> queries.Asked:
    return queries.asked_for(*(request.GET.get(name, "") for name in ("year", "status", "technology")))


@reads
def services(request: HttpRequest) -> HttpResponse:
    """List the hub's services; to people with a role in the network, their sums alone."""
    if request.actor.hub_id is None and request.actor.network_roles:
        return render(request, "collaboration/aid/network.html", {"sums": queries.network_sums()})
    hub_id, asked = page_of_hub(request), asked_in(request)
    rows = queries.narrowed(queries.records_visible_to(request.actor), asked)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    known = queries.technologies()
    context: dict[str, Any] = {
        "records": list(page.object_list),
        "number": page.number,
        "n_pages": page.paginator.num_pages,
        "sums": queries.sums_of(rows),
        "years": queries.years_of(hub_id),
        "statuses": ServiceStatus.choices,
        "technologies": [(key, entry.label) for key, entry in known.items()],
        "asked": asked,
        "is_narrowed": asked != queries.Asked(),
        "cases": queries.unrecorded_cases(request.actor),
        "query": request.GET.urlencode(),
        "bases": queries.legal_bases(),
    }
    return render(request, "collaboration/aid/services.html", context)


@reads
def register(request: HttpRequest) -> HttpResponse:
    """List the grants for the register, what is late first."""
    return show_register(request)


def show_register(request: HttpRequest, *, status: int = 200, form: Any = None, pk: int = 0) -> HttpResponse:
    hub_id = page_of_hub(request)
    settings, today = queries.settings_of(hub_id), timezone.localdate()
    lines = queries.register_lines(hub_id, granting_authority=settings.granting_authority, today=today)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "crumbs": [crumb()],
        "lines": list(page.object_list),
        "number": page.number,
        "n_pages": page.paginator.num_pages,
        "n_late": sum(line.is_late for line in lines),
        "n_open": sum(line.registered_on is None for line in lines),
        "today": today,
        "settings": settings,
        "form": form,
        "refused": pk,
    }
    return render(request, "collaboration/aid/register.html", context, status=status)


@writes
def registered(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a grant was entered into the register, or take it back."""
    record = get_object_or_404(queries.records_visible_to(request.actor), pk=pk)
    form = forms.RegisteredForm(request.POST)
    if form.is_valid():
        try:
            operations.mark_registered(
                record, on=form.cleaned_data["registered_on"], by=request.actor, at=timezone.now()
            )
        except Refusal as no:
            form.add_error("registered_on", no.reason)
        else:
            messages.success(request, _("Noted."))
            return redirect("aid:register")
    return show_register(request, status=422, form=form, pk=pk)
