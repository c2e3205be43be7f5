"""Correcting what the platform read, one click each, and adding what it missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from hansa.collaboration.partnering import operations, policies, queries
from hansa.collaboration.partnering.views.answers import go, see
from hansa.collaboration.partnering.views.cases import load_led, need_page
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal

MAX_QUESTION = 200


def _correct(request: HttpRequest, ref: str, run: Callable[[Any], Any]) -> HttpResponse:
    """Run one correction: htmx gets the list of wants anew, everybody else goes back to it."""
    case = load_led(request, ref)
    try:
        run(case)
    except Refusal as no:
        return need_page(request, load_led(request, ref), status=422, reason=no.reason)
    if request.htmx:
        return need_page(request, load_led(request, ref))
    return see("partnering:request", ref, anchor="wants")


@writes
def keep(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return _correct(request, ref, lambda case: operations.keep_want(case, pk, by=request.actor, at=timezone.now()))


@writes
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return _correct(request, ref, lambda case: operations.remove_want(case, pk, by=request.actor, at=timezone.now()))


@writes
def weigh(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    must = request.POST.get("must_have") == "1"
    return _correct(
        request,
        ref,
        lambda case: operations.weigh_want(case, pk, must_have=must, by=request.actor, at=timezone.now()),
    )


@reads
def pick(request: HttpRequest, ref: str) -> HttpResponse:
    """Find an activity, competence or technology by its words, in any language."""
    case = load_led(request, ref)
    text = request.GET.get("q", "")[:MAX_QUESTION].strip()
    context = {
        "case": case,
        "text": text,
        "found": queries.pickable(case, text, language=get_language() or "en"),
        "may_correct": policies.can_correct_wants(request.actor, case),
    }
    partial = "#found" if request.htmx else ""
    return render(request, f"collaboration/partnering/wants.html{partial}", context)


@writes
def add(request: HttpRequest, ref: str) -> HttpResponse:
    concept = request.POST.get("concept", "")
    pk = int(concept) if concept.isdecimal() else 0
    must = request.POST.get("must_have", "1") == "1"
    case = load_led(request, ref)
    try:
        operations.add_want(case, pk, must_have=must, by=request.actor, at=timezone.now())
    except Refusal as no:
        return need_page(request, load_led(request, ref), status=422, reason=no.reason)
    return see("partnering:request", ref, anchor="wants")


@writes
def clear(request: HttpRequest, ref: str) -> HttpResponse:
    """The need is clear: go on to the shortlist."""
    case = load_led(request, ref)
    try:
        operations.understand(case, by=request.actor, at=timezone.now())
    except Refusal as no:
        return need_page(request, load_led(request, ref), status=422, reason=no.reason)
    return go(queries.page_of_state(case))
