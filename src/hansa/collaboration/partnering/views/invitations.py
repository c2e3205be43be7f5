"""The invited hub's side: what is asked, yes or not now, questions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.states import InvitationState
from hansa.collaboration.partnering.views.answers import see
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal

PAGE_SIZE = 20


@reads
def received(request: HttpRequest) -> HttpResponse:
    """List what the hub was asked, what waits for an answer first."""
    state = request.GET.get("state", "")
    rows = queries.received_invitations(request.actor, state=state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = []
    if page.object_list:
        lines = queries.invitation_lines(list(page.object_list), request.actor, at=timezone.now())
    context = {
        "crumbs": [(_("Requests"), reverse("partnering:list"))],
        "lines": lines,
        "waits_to_delete": queries.waits_to_delete(request.actor.hub_id),
        "page_number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
        "state": state,
        "states": [("", _("All")), *(pair for pair in InvitationState.choices if pair[0] != InvitationState.WITHDRAWN)],
    }
    return render(request, "collaboration/partnering/invitations.html", context)


def _load(request: HttpRequest, ref: str) -> Any:
    invitation = queries.full_invitation(request.actor, ref)
    if invitation is None:
        raise Http404
    return invitation


def _page(request: HttpRequest, invitation: Any, *, status: int = 200, reason: str = "", **bound: Any) -> HttpResponse:
    now, actor, case = timezone.now(), request.actor, invitation.request
    is_lead = bool(policies.leads(actor, case))
    held = queries.authorisation_of(case)
    crumbs = [(_("Requests"), reverse("partnering:list")), (_("Invitations"), reverse("partnering:invitations"))]
    if is_lead:
        crumbs = [
            (_("Requests"), reverse("partnering:list")),
            (case.title, reverse("partnering:request", args=[case.ref])),
            (_("Invitations"), reverse("partnering:invite", args=[case.ref])),
        ]
    words = _("To %(hub)s, sent %(day)s") if is_lead else _("From %(lead)s, sent %(day)s")
    facts = {"hub": invitation.hub.name, "lead": case.lead.name, "day": date_format(invitation.sent_at, "j M Y")}
    context = {
        "crumbs": crumbs,
        "lead": words % facts,
        "finds_match": policies.finds_match(case),
        "role": queries.scenario_of(case).roles.get("partner"),
        "has_client": case.client is not None,
        "canvas_url": "" if case.client else queries.address("codesign:canvas", case.ref),
        "invitation": invitation,
        "case": case,
        "is_lead": is_lead,
        "asked": queries.invitation_page(invitation, at=now),
        "steps": queries.progress(case, audience="hub" if is_lead else "partner"),
        "turn": queries.whose_turn(case, actor, names={invitation.hub_id: invitation.hub.name}),
        "may_answer": policies.can_answer(actor, invitation, held, at=now),
        "may_ask": policies.can_ask(actor, invitation),
        "answer_form": bound.get("answer_form") or forms.AnswerForm(),
        "note_form": bound.get("note_form") or forms.NoteForm(),
        "reason": reason,
        "is_late": invitation.answer_by is not None and invitation.answer_by < now.date(),
    }
    return render(request, "collaboration/partnering/invitation.html", context, status=status)


@reads
def show(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, _load(request, ref))


@writes
def accept(request: HttpRequest, ref: str) -> HttpResponse:
    invitation = _load(request, ref)
    try:
        operations.answer(invitation, is_yes=True, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, _load(request, ref), status=422, reason=no.reason)
    messages.success(
        request, _("Your hub said yes. The lead is told, and drafts the agreement once all have answered.")
    )
    return see("partnering:invitation", ref)


@writes
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    invitation = _load(request, ref)
    form = forms.AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.answer(
                invitation,
                is_yes=False,
                reason=given["reason"],
                note=given["note"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refusal as no:
            return _page(request, _load(request, ref), status=422, reason=no.reason, answer_form=form)
        messages.success(request, _("Your hub said not now. The lead is told."))
        return see("partnering:invitation", ref)
    return _page(request, invitation, status=422, answer_form=form)


@writes
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Write in the thread; lead and invited hub use the same page for it."""
    invitation = _load(request, ref)
    form = forms.NoteForm(request.POST)
    if form.is_valid():
        try:
            operations.ask(invitation, text=form.cleaned_data["text"], by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return see("partnering:invitation", ref, anchor="thread")
    return _page(request, invitation, status=422, note_form=form)
