"""The round of signing: its order, its last day, and the way back for who signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import forms, operations, policies
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.agreements.views.answers import see
from hansa.collaboration.agreements.views.page import agreement_page, load
from hansa.foundation.pages import writes
from hansa.foundation.policies import Refusal


@writes
def arrange(request: HttpRequest, ref: str) -> HttpResponse:
    """Set the order and the last day."""
    agreement = load(request, ref)
    parties = reading.parties_of(agreement)
    if not (may := policies.can_arrange(request.actor, agreement, reading.party_for(request.actor, parties))):
        return agreement_page(request, ref, status=422, reason=may.reason)
    form = forms.RoundForm(request.POST, parties=[(party.hub_id, party.hub.name) for party in parties])
    if form.is_valid():
        try:
            operations.arrange_signing(
                agreement,
                by=request.actor,
                steps=form.steps,
                until=form.cleaned_data["until"],
                at=timezone.now(),
            )
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Saved."))
            return see("agreements:agreement", ref)
    return agreement_page(request, ref, status=422, round_form=form)


@writes
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take one's signature back."""
    try:
        operations.withdraw_signature(load(request, ref), by=request.actor, at=timezone.now())
    except Refusal as no:
        return agreement_page(request, ref, status=422, reason=no.reason)
    messages.success(request, _("Taken back."))
    return see("agreements:agreement", ref)
