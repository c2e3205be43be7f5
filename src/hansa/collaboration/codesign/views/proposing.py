"""A hub proposes a service that it wants to develop with others."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hansa.collaboration.codesign import forms
from hansa.collaboration.codesign.views.page import see
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import policies as partnering_policies
from hansa.foundation.pages import form_page
from hansa.foundation.policies import Refusal


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Ask the four questions; the answers become a case whose wants are read from the words."""
    actor = request.actor  # type: ignore[attr-defined]
    if not partnering_policies.can_state_for_client(actor):
        raise Http404
    if request.method != "POST":
        form = forms.IdeaForm(initial={"key": uuid.uuid4().hex})
        return render(request, "collaboration/codesign/new.html", {"form": form})
    form = forms.IdeaForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("key")
        try:
            case = partnering.propose_service(partnering.Idea(**given), by=actor, at=timezone.now(), key=key)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return see("partnering:request", case.ref)
    return render(request, "collaboration/codesign/new.html", {"form": form}, status=422)
