"""The clauses under discussion, and one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.negotiation import forms, operations, policies, queries
from hansa.foundation.pages import reads, run_form, writes
from hansa.foundation.policies import Refusal


def _load(request: HttpRequest, ref: str) -> Any:
    agreement = agreements.agreements_visible_to(request.actor).filter(request__ref=ref).first()
    if agreement is None:
        raise Http404
    return agreement


def _frame(agreement: Any) -> dict[str, Any]:
    ref = agreement.request.ref
    return {
        "case_ref": ref,
        "crumbs": (
            (_("Requests"), reverse("partnering:list")),
            (_("Agreement"), reverse("agreements:agreement", args=[ref])),
        ),
        "talk_url": reverse("negotiation:overview", args=[ref]),
        "today": timezone.localdate(),
    }


@reads
def overview(request: HttpRequest, ref: str) -> HttpResponse:
    agreement = _load(request, ref)
    talks = queries.talk_of(agreement)
    waiting = [talk for talk in talks if talk.open]
    context = _frame(agreement) | {
        "waiting": waiting,
        "is_asked": any(talk.open.row.hub_id != request.actor.hub_id for talk in waiting),
        "talks": talks,
        "hub_id": request.actor.hub_id,
    }
    return render(request, "collaboration/negotiation/overview.html", context)


def _page(request: HttpRequest, agreement: Any, key: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    talk = next(iter(queries.talk_of(agreement, key=key)), None)
    if talk is None:
        raise Http404
    party = agreements.party_for(request.actor, agreements.parties_of(agreement))
    start = {"words": "\n\n".join(talk.paragraphs)}
    waiting = talk.open.row if talk.open else None
    context = _frame(agreement) | {
        "talk": talk,
        "may_suggest": policies.can_suggest(request.actor, agreement, party),
        "may_answer": waiting is not None and policies.can_answer(request.actor, waiting, party),
        "may_withdraw": waiting is not None and policies.can_withdraw(request.actor, waiting, party),
        "suggest_form": bound.get("suggest_form") or forms.SuggestForm(initial=start),
        "comment_form": bound.get("comment_form") or forms.CommentForm(),
        "decline_form": bound.get("decline_form") or forms.DeclineForm(),
        "reason": bound.get("reason", ""),
    }
    return render(request, "collaboration/negotiation/clause.html", context, status=status)


@reads
def clause(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    return _page(request, _load(request, ref), key)


def _place(ref: str, key: str) -> str:
    return reverse("negotiation:clause", args=[ref, key])


@writes
def suggest(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    agreement = _load(request, ref)
    return run_form(
        request,
        forms.SuggestForm(request.POST),
        lambda data: operations.suggest(agreement, clause=key, **data, by=request.actor, at=timezone.now()),
        done=_("Suggested. The other parties are told."),
        to=_place(ref, key),
        again=lambda form: _page(request, agreement, key, suggest_form=form, status=422),
    )


@writes
def comment(request: HttpRequest, ref: str, key: str) -> HttpResponse:
    agreement = _load(request, ref)
    return run_form(
        request,
        forms.CommentForm(request.POST),
        lambda data: operations.comment(agreement, clause=key, **data, by=request.actor, at=timezone.now()),
        to=_place(ref, key),
        again=lambda form: _page(request, agreement, key, comment_form=form, status=422),
    )


def _answer(request: HttpRequest, ref: str, pk: int, run: Callable[[Any], Any], done: str) -> HttpResponse:
    agreement = _load(request, ref)
    suggestion = queries.suggestion_for(request.actor, agreement, pk)
    if suggestion is None:
        raise Http404
    try:
        run(suggestion)
    except Refusal as no:
        return _page(request, agreement, suggestion.clause, reason=no.reason, status=422)
    messages.success(request, done)
    return HttpResponseRedirect(_place(ref, suggestion.clause), status=303)


@writes
def take(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return _answer(
        request,
        ref,
        pk,
        lambda suggestion: operations.take_up(suggestion, by=request.actor, at=timezone.now()),
        _("Taken up: this is a new version of the text."),
    )


@writes
def withdraw(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return _answer(
        request,
        ref,
        pk,
        lambda suggestion: operations.withdraw(suggestion, by=request.actor, at=timezone.now()),
        _("Taken back."),
    )


@writes
def decline(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    form = forms.DeclineForm(request.POST)
    if not form.is_valid():
        agreement = _load(request, ref)
        suggestion = queries.suggestion_for(request.actor, agreement, pk)
        if suggestion is None:
            raise Http404
        return _page(request, agreement, suggestion.clause, decline_form=form, status=422)
    answer = form.cleaned_data["answer"]
    return _answer(
        request,
        ref,
        pk,
        lambda suggestion: operations.decline(suggestion, answer=answer, by=request.actor, at=timezone.now()),
        _("Declined. The clause stays as it is."),
    )
