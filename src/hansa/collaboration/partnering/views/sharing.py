"""What of a request may leave its hub: decided by the client, or written down by the hub with the evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.states import Anonymity
from hansa.collaboration.partnering.views.answers import see
from hansa.collaboration.partnering.views.cases import frame, load
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal


def load_with_client(request: HttpRequest, ref: str) -> Any:
    """Return a case with a client; 404 for the lead's own idea, which has nobody to ask."""
    case = load(request, ref)
    if case.client is None:
        raise Http404
    return case


@form_page
def sharing(request: HttpRequest, ref: str) -> HttpResponse:
    """Show and change what may be shown to other hubs, and to whom what was shown."""
    case = load_with_client(request, ref)
    is_client = bool(policies.speaks_for_client(request.actor, case))
    held = queries.authorisation_of(case)
    if request.method == "POST":
        form = forms.ConsentForm(request.POST, for_client=is_client)
        if form.is_valid():
            try:
                operations.authorise(case, _consent(request, form, is_client), by=request.actor, at=timezone.now())
            except Refusal as no:
                form.add_error(None, no.reason)
            else:
                messages.success(request, _("Noted. It counts from now on."))
                return see("partnering:sharing", ref)
    else:
        form = forms.ConsentForm(for_client=is_client, initial={"level": held.level if held else Anonymity.A0})
    now = timezone.now()
    context = frame(request, case, tab="sharing") | {
        "form": form,
        "consent": held,
        "held": policies.is_in_force(held, at=now),
        "may_authorise": policies.can_authorise(request.actor, case),
        "shown": queries.preview(case, held, at=now),
        "readers": queries.readers_of(case),
        "deletions": queries.deletions_of(case),
    }
    status = 422 if form.is_bound else 200
    return render(request, "collaboration/partnering/sharing.html", context, status=status)


def _consent(request: HttpRequest, form: forms.ConsentForm, is_client: bool) -> operations.Consent:
    given = form.cleaned_data
    if is_client:
        return operations.Consent(
            level=Anonymity(given["level"]), granted_by=request.actor.name, evidence=_("Chosen on the request's page.")
        )
    return operations.Consent(
        level=Anonymity(given["level"]),
        granted_by=given["granted_by"],
        capacity=given["capacity"],
        evidence=given["evidence"],
    )


@writes
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    try:
        operations.withdraw_authorisation(case, by=request.actor, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.reason)
    else:
        messages.success(
            request, _("Withdrawn. Hubs no longer see this request, and are asked to delete what they kept.")
        )
    return see("partnering:sharing", ref)


@reads
def deletions(request: HttpRequest) -> HttpResponse:
    """List what the hub was asked to delete, what waits for its word first."""
    if not request.actor.works_for_hub:
        raise Http404
    context = {"rows": queries.deletion_asks(request.actor.hub_id)}
    return render(request, "collaboration/partnering/deletions.html", context)


@writes
def confirm_deleted(request: HttpRequest, pk: int) -> HttpResponse:
    ask = queries.deletion_ask(request.actor.hub_id, pk) if request.actor.works_for_hub else None
    if ask is None:
        raise Http404
    operations.confirm_deleted(ask, by=request.actor, at=timezone.now())
    messages.success(request, _("Noted. The hub that asked reads it."))
    return see("partnering:deletions")
