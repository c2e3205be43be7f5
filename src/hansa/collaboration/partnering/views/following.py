"""Which scenario a case follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.views.answers import see
from hansa.collaboration.partnering.views.cases import frame, load_led
from hansa.foundation.pages import form_page
from hansa.foundation.policies import Refusal


@form_page
def follow(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose among the scenarios of the network that fit the case."""
    case = load_led(request, ref)
    choices = queries.scenarios_for(case)
    form = forms.FollowForm(request.POST or None, choices=choices, now=f"{case.scenario}/{case.scenario_version}")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            key, _slash, version = form.cleaned_data["scenario"].partition("/")
            try:
                operations.follow(case, key=key, version=version, by=request.actor, at=timezone.now())
            except Refusal as no:
                form.add_error(None, no.reason)
            else:
                messages.success(request, _("The case follows this scenario from now on."))
                return see("partnering:request", ref)
    context = frame(request, case, tab="need") | {"form": form, "may": policies.can_follow(request.actor, case)}
    return render(request, "collaboration/partnering/follow.html", context, status=status)
