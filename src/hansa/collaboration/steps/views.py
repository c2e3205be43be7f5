"""The page of the general steps of a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.partnering import policies as cases
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.scenarios import queries as scenarios
from hansa.collaboration.scenarios.states import VersionState
from hansa.collaboration.steps import forms, operations, queries
from hansa.foundation.pages import reads, run_form, writes
from hansa.foundation.policies import Refusal

_SHOWN = frozenset({VersionState.PUBLISHED, VersionState.RETIRED})


def _load(request: HttpRequest, ref: str) -> Any:
    case = queries.case_for(request.actor, ref)
    if case is None:
        raise Http404
    return case


def _show(request: HttpRequest, case: Any, *, sent: Any = None, reason: str = "", status: int = 200) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    steps = queries.steps_of(case, actor, at=now)
    if not steps:
        raise Http404
    is_lead, is_client = bool(cases.leads(actor, case)), bool(cases.speaks_for_client(actor, case))
    audience: partnering.Audience = "hub" if is_lead else "client" if is_client else "partner"
    title = case.title if audience != "partner" else partnering.disclosed(case, actor.hub_id or 0, at=now).title
    lines = [
        {"shown": one, "form": sent if sent and sent.step == one.step else forms.StepForm(step=one.step)}
        for one in steps
    ]
    context = {
        "case": case,
        "title": title,
        "crumbs": ((_("Requests"), reverse("partnering:list")),),
        "lines": lines,
        "reason": reason,
        "tracker": partnering.progress(case, audience=audience),
        "turn": partnering.whose_turn(case, actor),
        "tabs": partnering.tabs_of(case, audience=audience, current="steps") if audience != "partner" else (),
    }
    return render(request, "collaboration/steps/page.html", context, status=status)


@reads
def page(request: HttpRequest, ref: str) -> HttpResponse:
    return _show(request, _load(request, ref))


def _place(ref: str, key: str) -> str:
    return f"{reverse('steps:page', args=[ref])}#{key}"


@reads
def statistics(request: HttpRequest, scenario: str) -> HttpResponse:
    """Show how the cases of a scenario go in the network."""
    version = scenarios.version_at(request.actor, scenario)
    if version is None or version.state not in _SHOWN:
        raise Http404
    context = {"key": scenario, "title": pgettext("content", version.title), "figures": queries.statistics_of(scenario)}
    return render(request, "collaboration/steps/statistics.html", context)


@writes
def answer(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    case = _load(request, ref)
    asked = partnering.scenario_of(case).step(step)
    if asked is None or not asked.is_general:
        raise Http404
    form = forms.StepForm(request.POST, request.FILES, step=asked)
    return run_form(
        request,
        form,
        lambda data: operations.answer(
            case,
            key=step,
            answers=form.answers(),
            note=data["note"],
            upload=data.get("file"),
            by=request.actor,
            at=timezone.now(),
        ),
        done=_("Handed in."),
        to=_place(ref, step),
        again=lambda refused: _show(request, case, sent=refused, status=422),
    )


@writes
def take_back(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    case = _load(request, ref)
    try:
        operations.take_back(case, key=step, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _show(request, case, reason=no.reason, status=422)
    messages.success(request, _("Taken back. The step is open again."))
    return HttpResponseRedirect(_place(ref, step), status=303)


@reads
def download(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    entry = queries.file_of(request.actor, _load(request, ref), pk)
    if entry is None:
        raise Http404
    response = FileResponse(entry.file.open("rb"), as_attachment=True, filename=entry.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
