"""Changes of scope and incidents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.pages import reads, run_form, writes

PILLS = {"proposed": "warn", "agreed": "good", "refused": "bad"}


@reads
def changes(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was changed on the way and what went wrong; the client reads what is meant for it."""
    return _page(request, load_frame(request, ref))


def _page(request: HttpRequest, frame: queries.Frame, form: Any = None, *, of: str = "", pk: int = 0) -> HttpResponse:
    row, is_hub = frame.collaboration, frame.audience != "client"
    may = bool(policies.can_work(request.actor, row))
    lines = []
    for change in queries.changes_of(row) if is_hub else ():
        answered = {answer.hub_id for answer in change.answers.all()}
        waits = may and change.state == "proposed" and request.actor.hub_id not in answered
        refused = form if (of, pk) == ("answer", change.pk) else None
        lines.append(
            {
                "change": change,
                "tone": PILLS[change.state],
                "answers": [(frame.name_of(answer.hub_id), answer) for answer in change.answers.all()],
                "missing": [hub.name for hub in frame.hubs if hub.id not in answered],
                "answer": (refused or _answer_form(change.pk)) if waits else None,
            }
        )
    incidents = [
        {
            "incident": found,
            "follow": (form if (of, pk) == ("follow", found.pk) else _follow_form(found)) if may else None,
        }
        for found in queries.incidents_of(row, for_client=not is_hub)
    ]
    return show(
        request,
        frame,
        "changes",
        form=form,
        lines=lines,
        incidents=incidents,
        is_hub=is_hub,
        agreement_url=partnering.address("agreements:agreement", frame.ref),
        change_form=(form if of == "change" else forms.ChangeForm(auto_id="id_change_%s")) if may else None,
        incident_form=(form if of == "incident" else _incident_form()) if may else None,
    )


def _answer_form(pk: int, *args: Any) -> forms.ChangeAnswerForm:
    return forms.ChangeAnswerForm(*args, auto_id=f"id_change{pk}_%s")


def _incident_form(*args: Any) -> forms.IncidentForm:
    return forms.IncidentForm(*args, auto_id="id_incident_%s", initial={"happened_on": timezone.localdate()})


def _follow_form(incident: Any) -> forms.FollowUpForm:
    first = {"done": incident.done, "for_client": incident.for_client}
    return forms.FollowUpForm(auto_id=f"id_follow{incident.pk}_%s", initial=first)


@writes
def propose_change(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        forms.ChangeForm(request.POST, auto_id="id_change_%s"),
        lambda data: operations.propose_change(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Proposed. The other hubs are asked."),
        to=place("changes", ref),
        again=lambda form: _page(request, frame, form, of="change"),
    )


@writes
def answer_change(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    change = get_object_or_404(frame.collaboration.changes, pk=pk)
    return run_form(
        request,
        _answer_form(pk, request.POST),
        lambda data: operations.answer_change(change, by=request.actor, at=timezone.now(), **data),
        done=_("Your hub has answered."),
        to=place("changes", ref),
        again=lambda form: _page(request, frame, form, of="answer", pk=pk),
    )


@writes
def report_incident(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        _incident_form(request.POST),
        lambda data: operations.report_incident(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("The team knows."),
        to=place("changes", ref, "#incidents"),
        again=lambda form: _page(request, frame, form, of="incident"),
    )


@writes
def follow_up(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    incident = get_object_or_404(frame.collaboration.incidents, pk=pk)
    return run_form(
        request,
        forms.FollowUpForm(request.POST, auto_id=f"id_follow{pk}_%s"),
        lambda data: operations.follow_up(incident, by=request.actor, at=timezone.now(), **data),
        done=_("Saved."),
        to=place("changes", ref, "#incidents"),
        again=lambda form: _page(request, frame, form, of="follow", pk=pk),
    )
