"""The way of a version into use: copied, handed in, sent back, published, retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.scenarios import forms, operations, policies
from hansa.collaboration.scenarios.views.pages import load, place, see, version_page
from hansa.foundation.pages import run_form, writes
from hansa.foundation.policies import Refusal


def _load_for_network(request: HttpRequest, scenario: str, version: str) -> Any:
    if not request.actor.network_roles:
        raise Http404
    return load(request, scenario, version)


@writes
def copy(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    found = _load_for_network(request, scenario, version)
    form = forms.CopyForm(request.POST)
    if form.is_valid():
        title = form.cleaned_data["title"]
        try:
            draft = operations.copy_version(found, title=title, by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error("title", no.reason)
        else:
            messages.success(request, _("This is your draft. Change it, then hand it in for review."))
            return see("show", draft.key, draft.version)
    return version_page(request, found, copy_form=form, status=422)


def _act(request: HttpRequest, scenario: str, version: str, run: Callable[..., Any], done: str) -> HttpResponse:
    found = _load_for_network(request, scenario, version)
    try:
        run(found, by=request.actor, at=timezone.now())
    except Refusal as no:
        return version_page(request, load(request, scenario, version), reason=no.reason, status=422)
    messages.success(request, done)
    return see("show", scenario, version)


@writes
def submit(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    return _act(request, scenario, version, operations.submit, _("Handed in. Somebody else of the network reviews it."))


@writes
def publish(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    return _act(request, scenario, version, operations.publish, _("In use: new cases can follow it from now on."))


@writes
def retire(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    return _act(request, scenario, version, operations.retire, _("No longer offered. Running cases go on."))


@writes
def offer_again(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    return _act(request, scenario, version, operations.offer_again, _("Offered again."))


@writes
def send_back(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    found = _load_for_network(request, scenario, version)
    return run_form(
        request,
        forms.SendBackForm(request.POST),
        lambda data: operations.send_back(found, **data, by=request.actor, at=timezone.now()),
        done=_("Sent back with your words."),
        to=place("list"),
        again=lambda form: version_page(request, found, send_back_form=form, status=422),
    )


@writes
def discard(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    found = _load_for_network(request, scenario, version)
    if not policies.can_change(request.actor, found):
        raise Http404
    try:
        operations.discard(found, by=request.actor, at=timezone.now())
    except Refusal as no:
        return version_page(request, found, reason=no.reason, status=422)
    messages.success(request, _("The draft is discarded."))
    return see("list")
