"""Any party changes the text: one clause, or the terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements import forms, operations, policies, queries
from hansa.collaboration.agreements.operations import ChangedMeanwhile
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.agreements.queries.clauses import shown_clauses
from hansa.collaboration.agreements.queries.proposal import kpis_on_offer
from hansa.collaboration.agreements.views import composing
from hansa.collaboration.agreements.views.answers import see
from hansa.collaboration.agreements.views.page import frame, load
from hansa.foundation.pages import form_page
from hansa.foundation.policies import Refusal, Verdict


@form_page
def clause(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    """Suggest another wording of one clause, or go back to the model text."""
    agreement = load(request, ref)
    current = reading.version_of(agreement)
    found = next((c for c in current.clauses if c["key"] == key), None) if current else None
    if current is None or found is None:
        raise Http404
    start = {"base_version": current.number, "words": "\n\n".join(found["paragraphs"])}
    data = request.POST.copy() if request.method == "POST" else None
    is_model = data is not None and "model" in data
    if data is not None and is_model:
        data["words"] = start["words"]
    form = forms.ClauseForm(data, initial=start)
    if data is not None and form.is_valid():
        change: Any = operations.NewWording(clause=key, words=form.cleaned_data["words"])
        if is_model:
            change = operations.ModelWording(clause=key)
        if _revise(request, agreement, form, change):
            return see("agreements:agreement", ref, anchor=key)
    (shown,) = shown_clauses([found], of=queries.instrument_of(agreement))
    context = frame(request, agreement) | {
        "form": form,
        "clause": shown,
        "is_reworded": found["reworded"],
        "version": current,
        "may_revise": _may(request, agreement),
    }
    return render(request, "collaboration/agreements/clause.html", context, status=422 if data is not None else 200)


@form_page
def terms(request: HttpRequest, ref: str) -> HttpResponse:
    """Change values, dates and shares; clauses that a party wrote itself keep their words."""
    agreement = load(request, ref)
    parties = reading.parties_of(agreement)
    start = queries.terms_of(agreement, parties=parties)
    hubs = [(party.hub_id, party.hub.name) for party in parties]
    data, is_try = composing.tried(request, queries.instrument_of(agreement))
    offered = kpis_on_offer(agreement.request, start)
    form = forms.TermsForm(
        data,
        instrument=queries.instrument_of(agreement),
        start=start,
        hubs=hubs,
        kpis=offered,
        earliest=min(start.starts_on, timezone.localdate()),
    )
    why = forms.ChangeForm(data, initial={"base_version": agreement.version_number})
    if is_try:
        why = forms.ChangeForm(initial={name: request.POST.get(name, "") for name in ("base_version", "note")})
    is_valid = not is_try and data is not None and form.is_valid() and why.is_valid()
    if is_valid and _revise(request, agreement, why, operations.NewTerms(terms=form.terms())):
        composing.tell_what_came(request, form)
        return see("agreements:agreement", ref)
    current = reading.version_of(agreement)
    context = frame(request, agreement) | {
        "form": form,
        "composition": composing.composition_of(form, agreement.request),
        "why": why,
        "own_words": [pgettext("content", c["title"]) for c in current.clauses if c["reworded"]] if current else [],
        "may_revise": _may(request, agreement),
    }
    if is_try:
        return composing.answer(request, "collaboration/agreements/terms.html", context)
    return render(request, "collaboration/agreements/terms.html", context, status=422 if data is not None else 200)


def _may(request: HttpRequest, agreement: Any) -> Verdict:
    party = reading.party_for(request.actor, reading.parties_of(agreement))
    return policies.can_revise(request.actor, agreement, party)


def _revise(request: HttpRequest, agreement: Any, form: Any, change: Any) -> bool:
    """Make the new version; on refusal the form says why and keeps what was typed.

    After a clash the form is set to the newer version, so that pressing again is a decision made with both in view.
    """
    try:
        operations.revise(
            agreement,
            by=request.actor,
            base_version=form.cleaned_data["base_version"],
            change=change,
            note=form.cleaned_data["note"],
            at=timezone.now(),
        )
    except ChangedMeanwhile as no:
        form.add_error(None, no.reason)
        form.data["base_version"] = load(request, agreement.request.ref).version_number
        return False
    except Refusal as no:
        form.add_error(None, no.reason)
        return False
    messages.success(
        request, _("This is the new version. The other parties are told, and earlier signatures are void.")
    )
    return True
