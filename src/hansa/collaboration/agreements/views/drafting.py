"""The lead drafts the agreement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import forms, operations, policies, queries
from hansa.collaboration.agreements.queries.proposal import not_answered, team_said_yes
from hansa.collaboration.agreements.views import composing
from hansa.collaboration.agreements.views.answers import see
from hansa.collaboration.codesign import queries as codesign
from hansa.collaboration.partnering import policies as partnering_policies
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.pages import form_page
from hansa.foundation.policies import Refusal, first_no


@form_page
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the four questions that are negotiated, everything else filled in."""
    case = get_object_or_404(partnering.requests_visible_to(request.actor), ref=ref)
    if not partnering_policies.leads(request.actor, case):
        raise Http404
    if queries.agreements_visible_to(request.actor).filter(request=case).exists():
        return see("agreements:agreement", ref)
    invitations = team_said_yes(case)
    hubs = [(case.lead_id, case.lead.name), *((invitation.hub_id, invitation.hub.name) for invitation in invitations)]
    start = queries.proposed_terms(case, on=timezone.localdate())
    data, is_try = composing.tried(request, queries.instrument_for(case))
    form = forms.TermsForm(
        data,
        instrument=queries.instrument_for(case),
        start=start,
        hubs=hubs,
        earliest=timezone.localdate(),
    )
    if is_try:
        context = _context(request, case, form, invitations)
        return composing.answer(request, "collaboration/agreements/new.html", context)
    if request.method == "POST" and form.is_valid():
        try:
            operations.draft(case, by=request.actor, terms=form.terms(), at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("The agreement is with your partners. They are told."))
            composing.tell_what_came(request, form)
            return see("agreements:agreement", ref)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "collaboration/agreements/new.html", _context(request, case, form, invitations), status=status
    )


def _context(request: HttpRequest, case: Any, form: forms.TermsForm, invitations: list[Any]) -> dict[str, Any]:
    return {
        "case": case,
        "form": form,
        "composition": composing.composition_of(form, case),
        "may_draft": first_no(policies.can_draft(request.actor, case), codesign.ready_to_draft(case)),
        "partners": [invitation.hub.name for invitation in invitations],
        "not_answered": not_answered(case),
        "instrument": queries.instrument_for(case),
        "crumbs": [
            (_("Requests"), reverse("partnering:list")),
            (case.title, reverse("partnering:request", args=[case.ref])),
        ],
        "steps": partnering.progress(case),
    }
