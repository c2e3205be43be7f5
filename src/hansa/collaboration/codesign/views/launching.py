"""The launch: each hub's own version of the service, and how often it is delivered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.codesign import forms, operations, policies, queries
from hansa.collaboration.codesign.views.page import frame, load, see
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal


def _version_form(request: HttpRequest, case: Any, mine: Any, data: Any = None) -> forms.VersionForm:
    first = queries.activities_asked(case)
    initial = queries.version_to_start_from(case, mine)
    if not initial.get("activity_code") and first:
        initial["activity_code"] = first[0]
    return forms.VersionForm(data, first_codes=first, initial=initial)


def _page(
    request: HttpRequest,
    case: Any,
    *,
    status: int = 200,
    version_form: Any = None,
    count_form: Any = None,
    reason: str = "",
) -> HttpResponse:
    actor, page = request.actor, queries.launch_page(case)  # type: ignore[attr-defined]
    team = [version.hub_id for version in page.versions]
    mine = next((version for version in page.versions if version.hub_id == actor.hub_id), None)
    has_launched = mine is not None and mine.is_launched
    may_launch = policies.can_launch(actor, case, team)
    context = frame(request, case, tab="launch", names={v.hub_id: v.hub_name for v in page.versions}) | {
        "page_of": page,
        "mine": mine,
        "most": max([version.total for version in page.versions], default=0) or 1,
        "may_launch": may_launch,
        "may_count": policies.can_count(actor, case, team, has_launched=has_launched),
        "version_form": version_form or (_version_form(request, case, mine) if may_launch else None),
        "is_refused": version_form is not None,
        "count_form": count_form or forms.CountForm(auto_id="count_%s"),
        "is_counting": count_form is not None,
        "delivery_url": queries.delivery_address(case),
        "reason": reason,
    }
    return render(request, "collaboration/codesign/launch.html", context, status=status)


@reads
def show(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, load(request, ref))


def _act(
    request: HttpRequest, case: Any, form: Any, run: Callable[[dict[str, Any]], Any], *, name: str, done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            run(form.cleaned_data)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, done)
            return see("codesign:launch", case.ref)
    return _page(request, case, status=422, **{name: form})


@writes
def version(request: HttpRequest, ref: str) -> HttpResponse:
    """Put the hub's version into its catalogue, or change it."""
    case = load(request, ref)
    actor = request.actor  # type: ignore[attr-defined]
    form = _version_form(request, case, None, request.POST)

    def run(given: dict[str, Any]) -> None:
        operations.launch(
            case, operations.Version(**given | {"languages": tuple(given["languages"])}), by=actor, at=timezone.now()
        )

    done = _("Your version is in your catalogue, marked as made together.")
    return _act(request, case, form, run, name="version_form", done=done)


@writes
def count(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    form = forms.CountForm(request.POST, auto_id="count_%s")
    actor = request.actor  # type: ignore[attr-defined]
    return _act(
        request,
        case,
        form,
        lambda given: operations.count_uptake(case, by=actor, at=timezone.now(), **given),
        name="count_form",
        done=_("Counted."),
    )


@writes
def remove_count(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    case = load(request, ref)
    try:
        operations.remove_count(case, pk, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    except Refusal as no:
        return _page(request, case, status=422, reason=no.reason)
    return see("codesign:launch", ref)
