"""One request: what is needed, for its hub and for its client."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.states import Anonymity
from hansa.collaboration.partnering.views.answers import see
from hansa.collaboration.partnering.views.need_parts import actions, parts
from hansa.foundation.fragments import fragment
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as hubs
from hansa.hubs.directory.operations import ClientDraft

HISTORY_PAGE = 30


def load(request: HttpRequest, ref: str) -> Any:
    """Return the request with all that its pages need, or 404 for whoever may not see it."""
    case = queries.full_request(request.actor, ref)
    if case is None:
        raise Http404
    return case


def load_led(request: HttpRequest, ref: str) -> Any:
    """The same for the pages of the lead hub; the client does not see them either."""
    case = load(request, ref)
    if not policies.leads(request.actor, case):
        raise Http404
    return case


def frame(request: HttpRequest, case: Any, *, tab: str, actions: str = "") -> dict[str, Any]:
    """What every page of a case shows: whose turn, how far, and the way between its pages.

    :param actions: HTML of what can be done with the whole case on this page
    """
    is_lead = bool(policies.leads(request.actor, case))
    audience: queries.Audience = "hub" if is_lead else "client"
    lead = _("For %(client)s, received %(day)s") if is_lead else _("Sent to %(hub)s on %(day)s")
    if case.client is None:
        lead = _("An idea of %(hub)s, of %(day)s")
    facts = {
        "client": case.client.name if case.client else "",
        "hub": case.lead.name,
        "day": date_format(case.created_at, "j M Y"),
    }
    names = {row["hub"]: row["name"] for row in case.invitation_rows}
    turn = queries.whose_turn(case, request.actor, names=names)
    return {
        "case": case,
        "is_lead": is_lead,
        "case_url": queries.address("partnering:request", case.ref),
        "top": fragment(
            "collaboration/partnering/case_top.html",
            crumbs=((_("Requests") if is_lead else _("My requests"), queries.address("partnering:list")),),
            title=case.title,
            lead=lead % facts,
            actions=actions,
            onward=queries.onward(case, audience=audience, current=tab),
            steps=tuple(queries.progress(case, audience=audience)),
            turn=turn.sentence,
            is_mine=turn.is_mine,
            tabs=tuple(queries.tabs_of(case, audience=audience, current=tab)),
        ),
    }


def need_page(request: HttpRequest, case: Any, *, status: int = 200, reason: str = "", **bound: Any) -> HttpResponse:
    """Render the need, with the forms that were sent and refused in the place of empty ones."""
    if policies.leads(request.actor, case):
        name, context = "request", _for_lead(request, case, reason, bound)
    else:
        name, context = "request_client", _for_client(request, case, bound)
    context["reason"] = reason
    partial = "#wants" if _wants_alone(request) else ""
    return render(request, f"collaboration/partnering/{name}.html{partial}", context, status=status)


def _wants_alone(request: HttpRequest) -> bool:
    return bool(request.htmx) and request.htmx.target == "wants"


def _for_lead(request: HttpRequest, case: Any, reason: str, bound: dict[str, Any]) -> dict[str, Any]:
    need = queries.need_page(case, own=queries.own_cover(case))
    may_correct = policies.can_correct_wants(request.actor, case)
    n = len(need.wants)
    return frame(request, case, tab="need", actions=actions(case, may_correct)) | {
        "may_correct": may_correct,
        "announced": ngettext("%(n)s thing asked for", "%(n)s things asked for", n) % {"n": n},
        "parts": parts(
            case,
            need,
            request.actor,
            reason=reason if _wants_alone(request) else "",
            **bound,
        ),
    }


def _for_client(request: HttpRequest, case: Any, bound: dict[str, Any]) -> dict[str, Any]:
    consent = queries.authorisation_of(case)
    return frame(request, case, tab="need") | {
        "need": queries.need_page(case),
        "held": policies.is_in_force(consent, at=timezone.now()),
        "consent": consent,
        "may_confirm": policies.can_confirm_understanding(request.actor, case),
        "may_cancel": policies.can_cancel(request.actor, case),
        "note_form": bound.get("note_form"),
        "cancel_form": bound.get("cancel_form"),
    }


@reads
def show(request: HttpRequest, ref: str) -> HttpResponse:
    return need_page(request, load(request, ref))


def act(
    request: HttpRequest, ref: str, run: Callable[[Any], Any], *, done: str = "", anchor: str = "", form: str = ""
) -> HttpResponse:
    """Run one operation on a request and go back to its page, or show the page with the reason."""
    case = load(request, ref)
    try:
        run(case)
    except Refusal as no:
        return need_page(request, load(request, ref), status=422, reason=no.reason)
    if done:
        messages.success(request, done)
    return see("partnering:request", ref, anchor=anchor)


@writes
def understood(request: HttpRequest, ref: str) -> HttpResponse:
    """The client says: yes, you understood us."""
    return act(
        request,
        ref,
        lambda case: operations.confirm_understanding(case, by=request.actor, at=timezone.now()),
        done=_("Thank you. Your hub goes on from here."),
    )


@writes
def rename(request: HttpRequest, ref: str) -> HttpResponse:
    load_led(request, ref)
    title = request.POST.get("title", "")
    return act(
        request,
        ref,
        lambda case: operations.rename(case, title=title, by=request.actor, at=timezone.now()),
        done=_("The title is changed."),
    )


def _note(request: HttpRequest, ref: str, write: Callable[..., Any], done: str) -> HttpResponse:
    case = load(request, ref)
    form = forms.NoteForm(request.POST)
    if form.is_valid():
        try:
            write(case, text=form.cleaned_data["text"], by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, done)
            return see("partnering:request", ref, anchor="talk")
    return need_page(request, case, status=422, note_form=form)


@writes
def tell(request: HttpRequest, ref: str) -> HttpResponse:
    """The client says what is wrong, or answers."""
    return _note(request, ref, operations.tell, _("Your hub has your message."))


@writes
def ask_client(request: HttpRequest, ref: str) -> HttpResponse:
    return _note(request, ref, operations.ask_client, _("The client has your question."))


@writes
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    form = forms.ReasonForm(request.POST, prefix="cancel")
    if form.is_valid():
        try:
            operations.cancel(case, by=request.actor, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("The request is cancelled. Everybody concerned is told."))
            return see("partnering:request", ref)
    return need_page(request, case, status=422, cancel_form=form)


@reads
def history(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what happened, newest first."""
    case = load(request, ref)
    context = frame(request, case, tab="history")
    number = request.GET.get("page", "1")
    context |= queries.history_of(
        case, is_lead=context["is_lead"], page=int(number) if number.isdecimal() else 1, size=HISTORY_PAGE
    )
    return render(request, "collaboration/partnering/history.html", context)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """A hub types a need for one of its clients."""
    if not policies.can_state_for_client(request.actor):
        raise Http404
    clients = [(client.pk, client.name) for client in hubs.clients_of(request.actor.hub_id)]
    if request.method != "POST":
        form = forms.CaseNeedForm(clients=clients, initial={"key": uuid.uuid4().hex})
        return render(request, "collaboration/partnering/new.html", {"form": form})
    form = forms.CaseNeedForm(request.POST, clients=clients)
    if form.is_valid():
        try:
            case = _state(request, form.cleaned_data)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return see("partnering:request", case.ref)
    return render(request, "collaboration/partnering/new.html", {"form": form}, status=422)


def _state(request: HttpRequest, given: dict[str, Any]) -> Any:
    draft = None
    if not given["client"]:
        names = ("client_type", "country", "city", "sector", "staff", "website")
        draft = ClientDraft(name=given["organisation"], **{name: given[name] for name in names})
    choice = operations.ClientChoice(
        client_id=int(given["client"]) if given["client"] else None,
        draft=draft,
        contact_name=given["contact_name"],
        contact_email=given["contact_email"],
    )
    consent = operations.Consent(
        level=Anonymity(given["level"]),
        granted_by=given["granted_by"],
        capacity=given["capacity"],
        evidence=given["evidence"],
    )
    return operations.state_need_for_client(
        choice=choice,
        words=operations.NeedWords(**{n: given[n] for n in ("text", "outcome", "timing", "budget_eur")}),
        consent=consent,
        by=request.actor,
        at=timezone.now(),
        key=given["key"],
    )
