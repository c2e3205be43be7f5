"""The lead reads what the hubs suggest, side by side, and decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import forms, operations, policies, queries
from hansa.collaboration.matchmaking.views.frame import frame, load_led, see
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal


@reads
def answers(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, load_led(request, ref))


def _page(request: HttpRequest, case: Any, *, status: int = 200, reason: str = "", **bound: Any) -> HttpResponse:
    matches = queries.matches_suggested(case)
    found = queries.answers(case, matches, at=timezone.now())
    context = frame(request, case, tab="answers") | {
        "answers": [(one, policies.can_decide(request.actor, one.match), bound.get(one.match.ref) or forms.DeclineForm(auto_id=f"id_{one.match.ref}_%s")) for one in found],
        "asked": queries.partner_request_of(case),
        "sent": partnering.sent_invitations(case),
        "draft_url": partnering.draft_page(case),
        "reason": reason,
    }  # fmt: skip
    return render(request, "collaboration/matchmaking/answers.html", context, status=status)


def _load(case: Any, ref: str) -> Any:
    match = queries.match_of_request(case, ref)
    if match is None:
        raise Http404
    return match


@writes
def take_up(request: HttpRequest, ref: str, match: str) -> HttpResponse:
    case = load_led(request, ref)
    try:
        operations.take_up(_load(case, match), by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, load_led(request, ref), status=422, reason=no.reason)
    messages.success(request, _("Taken up. Draft the agreement when you have decided on all answers."))
    return see("matchmaking:answers", ref)


@writes
def decline(request: HttpRequest, ref: str, match: str) -> HttpResponse:
    case = load_led(request, ref)
    form = forms.DeclineForm(request.POST, auto_id=f"id_{match}_%s")
    if form.is_valid():
        try:
            operations.decline(
                _load(case, match), reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
            )
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Declined. The hub is told why, and may suggest somebody else."))
            return see("matchmaking:answers", ref)
    return _page(request, load_led(request, ref), status=422, **{match: form})
