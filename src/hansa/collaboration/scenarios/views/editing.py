"""Changing a draft, one part per page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.scenarios import forms, operations, policies, queries
from hansa.collaboration.scenarios.states.editing import StepRemoval
from hansa.collaboration.scenarios.views.pages import load, see, version_page
from hansa.foundation.pages import form_page, writes
from hansa.foundation.policies import Refusal


def _draft(request: HttpRequest, scenario: str, version: str) -> Any:
    found = load(request, scenario, version)
    if not policies.can_change(request.actor, found):
        raise Http404
    return found


def _edit(
    request: HttpRequest, draft: Any, make: Callable[[Any], Any], *, title: str, template: str, **context: Any
) -> HttpResponse:
    """Show a form made by ``make`` (of POST or nothing), or take its change over."""
    form = make(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            edition = form.cleaned_data["edition"]
            try:
                operations.change(draft, edition=edition, edit=form.edit(), by=request.actor, at=timezone.now())
            except Refusal as no:
                form.add_error(None, no.reason)
            else:
                messages.success(request, _("Saved."))
                return see("show", draft.key, draft.version)
    shown = context | {"version": draft, "form": form, "title": title}
    return render(request, f"collaboration/scenarios/{template}.html", shown, status=status)


@form_page
def head(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    draft = _draft(request, scenario, version)
    shown = queries.as_scenario(draft)

    def make(data: Any) -> Any:
        return forms.HeadForm.of(shown, edition=draft.edition) if data is None else forms.HeadForm(data)

    return _edit(request, draft, make, title=_("Title and use"), template="edit")


@form_page
def stage(request: HttpRequest, scenario: str, version: str, stage: str) -> HttpResponse:
    draft = _draft(request, scenario, version)
    found = next((one for one in queries.as_scenario(draft).stages if one.key == stage), None)
    if found is None:
        raise Http404

    def make(data: Any) -> Any:
        return forms.StageForm(data, stage=found, edition=draft.edition)

    name = pgettext("content", found.names["hub"])
    return _edit(request, draft, make, title=_("Stage: %(name)s") % {"name": name}, template="edit")


def _step_page(request: HttpRequest, draft: Any, step: Any, title: str) -> HttpResponse:
    scenario = queries.as_scenario(draft)

    def make(data: Any) -> Any:
        return forms.StepForm(data, scenario=scenario, step=step, edition=draft.edition)

    return _edit(request, draft, make, title=title, template="edit_step", step=step)


@form_page
def new_step(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    return _step_page(request, _draft(request, scenario, version), None, _("New step"))


@form_page
def step(request: HttpRequest, scenario: str, version: str, step: str) -> HttpResponse:
    draft = _draft(request, scenario, version)
    found = queries.as_scenario(draft).step(step)
    if found is None:
        raise Http404
    name = pgettext("content", found.names.hub)
    return _step_page(request, draft, found, _("Step: %(name)s") % {"name": name})


@writes
def remove_step(request: HttpRequest, scenario: str, version: str, step: str) -> HttpResponse:
    draft = _draft(request, scenario, version)
    removal = StepRemoval(key=step)
    try:
        operations.change(draft, edition=draft.edition, edit=removal, by=request.actor, at=timezone.now())
    except Refusal as no:
        return version_page(request, draft, reason=no.reason, status=422)
    messages.success(request, _("The step is gone."))
    return see("show", scenario, version)


@form_page
def role(request: HttpRequest, scenario: str, version: str, role: str) -> HttpResponse:
    draft = _draft(request, scenario, version)
    found = queries.as_scenario(draft).roles.get(role)
    if found is None:
        raise Http404

    def make(data: Any) -> Any:
        return forms.RoleForm(data, role=found, edition=draft.edition)

    title = {"lead": _("What the lead gains, spends and risks"), "partner": _("What partners gain, spend and risk")}
    return _edit(request, draft, make, title=title.get(role, role), template="edit_role")
