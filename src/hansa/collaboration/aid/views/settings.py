"""How the hub gives aid, and its price list, which everybody may read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.aid import forms, operations, policies, queries
from hansa.collaboration.aid.views.listing import crumb, page_of_hub
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as directory


def _bases(hub_id: int) -> list[queries.LegalBasis]:
    hub = directory.hub_by_id(hub_id)
    return queries.bases_on(timezone.localdate(), country=hub.country if hub else "")


@form_page
def settings(request: HttpRequest) -> HttpResponse:
    hub_id = page_of_hub(request)
    if request.method != "POST":
        return _page(request, hub_id)
    form = forms.SettingsForm(request.POST, bases=_bases(hub_id))
    if form.is_valid():
        try:
            operations.set_up(**form.cleaned_data, by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Saved. Services recorded earlier keep their amounts."))
            return redirect("aid:settings")
    return _page(request, hub_id, status=422, form=form)


def _page(
    request: HttpRequest, hub_id: int, *, status: int = 200, form: Any = None, price_form: Any = None
) -> HttpResponse:
    bases, held = _bases(hub_id), queries.settings_of(hub_id)
    initial = {name: getattr(held, name) for name in forms.SettingsForm.base_fields}
    context = {
        "crumbs": [crumb()],
        "form": form or forms.SettingsForm(initial=initial, bases=bases),
        "price_form": price_form or forms.PriceForm(bases=bases),
        "prices": queries.prices_of(hub_id),
        "bases": bases,
        "names": queries.legal_bases(),
        "may": policies.can_set_up(request.actor),
        "slug": getattr(directory.hub_by_id(hub_id), "slug", ""),
    }
    return render(request, "collaboration/aid/settings.html", context, status=status)


def _item(hub_id: int, pk: int) -> Any:
    found = next((item for item in queries.prices_of(hub_id) if item.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _put(request: HttpRequest, hub_id: int, item: Any) -> tuple[forms.PriceForm, bool]:
    form = forms.PriceForm(request.POST, bases=_bases(hub_id))
    if form.is_valid():
        try:
            operations.put_price(item, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error("name", no.reason)
        else:
            messages.success(request, _("Price list saved."))
            return form, True
    return form, False


@writes
def add_price(request: HttpRequest) -> HttpResponse:
    hub_id = page_of_hub(request)
    form, is_saved = _put(request, hub_id, None)
    return redirect("aid:settings") if is_saved else _page(request, hub_id, status=422, price_form=form)


@form_page
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one line of the price list."""
    hub_id = page_of_hub(request)
    item = _item(hub_id, pk)
    status = 200
    if request.method == "POST":
        form, is_saved = _put(request, hub_id, item)
        if is_saved:
            return redirect("aid:settings")
        status = 422
    else:
        initial = {name: getattr(item, name) for name in forms.PriceForm.base_fields}
        form = forms.PriceForm(initial=initial, bases=_bases(hub_id))
    crumbs = [crumb(), (_("Settings"), reverse("aid:settings"))]
    context = {"crumbs": crumbs, "form": form, "item": item, "may": policies.can_set_up(request.actor)}
    return render(request, "collaboration/aid/price.html", context, status=status)


@writes
def drop_price(request: HttpRequest, pk: int) -> HttpResponse:
    hub_id = page_of_hub(request)
    item = _item(hub_id, pk)
    try:
        operations.drop_price(item, by=request.actor, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.reason)
    else:
        messages.success(request, _("“%(name)s” is off the list.") % {"name": item.name})
    return redirect("aid:settings")


@login_not_required
@reads
def prices(request: HttpRequest, slug: str) -> HttpResponse:
    """The public price list of a hub."""
    hub = directory.hub_by_slug(slug[:120])
    items = queries.prices_of(hub.pk) if hub else []
    if hub is None or not items:
        raise Http404
    crumbs = [(_("Hubs"), reverse("directory:list")), (hub.name, reverse("directory:profile", args=[hub.slug]))]
    return render(request, "collaboration/aid/prices.html", {"crumbs": crumbs, "hub": hub, "items": items})
