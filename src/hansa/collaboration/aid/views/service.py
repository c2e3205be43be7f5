"""One service: its page, and the form that records and changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.aid import forms, operations, policies, queries
from hansa.collaboration.aid.views.listing import crumb, page_of_hub
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as directory


def see(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("aid:service", args=[pk]), status=303)


def load(request: HttpRequest, pk: int) -> Any:
    """Return the service, or 404 for whoever does not work for its hub."""
    return get_object_or_404(queries.records_visible_to(request.actor).select_related("hub"), pk=pk)


def service_form(request: HttpRequest, hub_id: int, data: Any = None, **options: Any) -> forms.ServiceForm:
    """Return the form with what the hub can choose from."""
    return forms.ServiceForm(
        data,
        clients=[(row.pk, row.name) for row in directory.clients_of(hub_id)],
        prices=queries.prices_of(hub_id),
        bases=queries.legal_bases().values(),
        technologies=queries.technologies(),
        **options,
    )


def draft_from(data: dict[str, Any]) -> operations.ServiceDraft:
    return operations.ServiceDraft(**{name: value for name, value in data.items() if name != "case"})


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Record a service; ``?case=`` fills in what the case knows already."""
    hub_id = page_of_hub(request)
    if request.method != "POST":
        return _form_page(request, service_form(request, hub_id, initial=_initial(request, hub_id)))
    form = service_form(request, hub_id, request.POST)
    if form.is_valid():
        try:
            record = operations.record_service(
                draft_from(form.cleaned_data), case=form.cleaned_data["case"], by=request.actor, at=timezone.now()
            )
        except operations.CannotRecord as no:
            form.add_error(no.field or None, no.reason)
        else:
            messages.success(request, _("Service recorded."))
            return see(record.pk)
    return _form_page(request, form, status=422)


def _initial(request: HttpRequest, hub_id: int) -> dict[str, Any]:
    today, basis = timezone.localdate(), queries.settings_of(hub_id).default_basis
    start = {"granted_on": today, "starts_on": today, "ends_on": today, "legal_basis": basis, "invoiced_eur": 0}
    client_id = request.GET.get("client", "")
    if client_id.isascii() and client_id.isdigit():
        start["client_id"] = client_id
    ref = request.GET.get("case", "")
    if not ref:
        return start
    known = queries.filled_from_case(ref[:12], actor=request.actor)
    if known is None:
        raise Http404
    return start | known


def _form_page(request: HttpRequest, form: forms.ServiceForm, *, record: Any = None, status: int = 200) -> HttpResponse:
    crumbs = [crumb()]
    if record is not None:
        crumbs.append((record.client.name, reverse("aid:service", args=[record.pk])))
    chosen = form.data.getlist("technologies") if form.is_bound else form.initial.get("technologies", [])
    context = {"crumbs": crumbs, "form": form, "record": record, "n_technologies": len(chosen)}
    return render(request, "collaboration/aid/service_form.html", context, status=status)


@form_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was recorded."""
    record = load(request, pk)
    if request.method != "POST":
        names = [name for name in forms.ServiceForm.base_fields if hasattr(record, name)]
        initial = {name: getattr(record, name) for name in names}
        initial["aid_eur"] = record.aid_eur if record.is_aid_typed else None
        return _form_page(request, service_form(request, record.hub_id, initial=initial), record=record)
    form = service_form(request, record.hub_id, request.POST)
    if form.is_valid():
        try:
            operations.change_service(record, draft_from(form.cleaned_data), by=request.actor, at=timezone.now())
        except operations.CannotRecord as no:
            form.add_error(no.field or None, no.reason)
        else:
            messages.success(request, _("Saved."))
            return see(record.pk)
    return _form_page(request, form, record=record, status=422)


@writes
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a service that was recorded by mistake."""
    record = load(request, pk)
    try:
        operations.remove_service(record, by=request.actor, at=timezone.now())
    except Refusal as no:
        return show_service(request, record, status=422, reason=no.reason)
    messages.success(request, _("Service removed."))
    return redirect("aid:list")


@reads
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one service: what it was, its aid, and whether that fits under the ceiling."""
    return show_service(request, load(request, pk))


def show_service(
    request: HttpRequest, record: Any, *, status: int = 200, reason: str = "", issue_form: Any = None
) -> HttpResponse:
    basis = queries.legal_bases().get(record.legal_basis)
    standing = queries.standing_of_record(record) if basis and basis.ceiling_eur else None
    certificate = queries.certificate_of(record)
    may_issue = policies.can_issue(request.actor, record)
    known = queries.technologies()
    context = {
        "crumbs": [crumb()],
        "record": record,
        "basis": basis,
        "given_eur": record.price_eur - record.invoiced_eur,
        "technologies": [known[key].label if key in known else key for key in record.technologies],
        "standing": standing,
        "over_eur": standing.exceeded_by(record.aid_eur) if standing else 0,
        "left_eur": standing.room.left_eur - record.aid_eur if standing else None,
        "certificate": certificate,
        "may_issue": may_issue,
        "is_ready": operations.ready_for_certificate(record, at=timezone.now()) if may_issue else may_issue,
        "issue_form": issue_form or forms.IssueForm(initial={"function": getattr(request.user, "job_title", "")}),
        "reason": reason,
    }
    return render(request, "collaboration/aid/service.html", context, status=status)
