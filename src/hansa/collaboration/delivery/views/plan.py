"""The plan: milestones and their decisions."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.views.deliverables import deliverable_form, deliverable_lines
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.foundation.pages import reads, run_form, writes


@reads
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the milestones with what was decided, and when which hub works."""
    return plan_page(request, load_frame(request, ref))


def plan_page(
    request: HttpRequest, frame: queries.Frame, form: Any = None, *, of: str = "", pk: int = 0
) -> HttpResponse:
    """Render the page; ``form`` was refused, and belongs to the part ``of`` the milestone ``pk``."""
    row = frame.collaboration
    milestones = queries.milestones_of(row)
    tasks = queries.tasks_of(row) if frame.works_here else []
    start, end = queries.span(row, tasks, milestones)
    may_plan = bool(policies.can_plan(request.actor, row))
    lines = [
        {
            "milestone": milestone,
            "tasks": [task for task in tasks if task.milestone_id == milestone.pk],
            "decide": _decision_form(form if (of, pk) == ("decide", milestone.pk) else None, milestone.pk)
            if policies.can_decide(request.actor, milestone)
            else None,
            "change": _milestone_form(frame, form if (of, pk) == ("change", milestone.pk) else None, milestone)
            if may_plan and milestone.is_open
            else None,
        }
        for milestone in milestones
    ]
    return show(
        request,
        frame,
        "plan",
        form=form,
        lines=lines,
        rows=queries.timeline(frame.hubs, tasks, milestones),
        start=start,
        end=end,
        new_form=_milestone_form(frame, form if of == "new" else None) if may_plan else None,
        deliverables=deliverable_lines(request, frame, form, of=of, pk=pk),
        deliverable_form=(form if of == "deliverable" else deliverable_form(frame))
        if policies.can_work(request.actor, row)
        else None,
        **_stopping(request, frame, milestones, form if of == "stop" else None),
    )


def _stopping(request: HttpRequest, frame: queries.Frame, milestones: list[Any], refused: Any) -> dict[str, Any]:
    """Return what the page says once it was decided to stop: who bears what was spent, and the way to end the case."""
    is_stopped = any(milestone.decision == "stop" for milestone in milestones)
    if not is_stopped:
        return {}
    shares = agreements.exit_shares(frame.collaboration.request_id) if frame.works_here else {}
    may_stop = policies.can_stop(request.actor, frame.collaboration, is_stopped=True)
    return {
        "is_stopped": True,
        "exit_shares": [(hub.name, shares[hub.id]) for hub in frame.hubs if hub.id in shares],
        "stop_form": (refused or forms.ClosingForm(auto_id="id_stop_%s")) if may_stop else None,
    }


@writes
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    """End the case after it was decided to stop."""
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        forms.ClosingForm(request.POST, auto_id="id_stop_%s"),
        lambda data: operations.stop(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("The case is ended. Everybody concerned is told."),
        to=place("plan", ref),
        again=lambda form: plan_page(request, frame, form, of="stop"),
    )


def _decision_form(refused: Any, pk: int) -> Any:
    return refused or forms.DecisionForm(auto_id=f"id_decide{pk}_%s")


def _milestone_form(frame: queries.Frame, refused: Any = None, milestone: Any = None) -> Any:
    if refused is not None:
        return refused
    initial = {"decider_id": frame.collaboration.request.lead_id}
    if milestone is not None:
        initial = {name: getattr(milestone, name) for name in ("name", "due_on", "criterion")}
        initial["decider_id"] = milestone.decider_id or 0
    return _new_milestone_form(frame, milestone.pk if milestone else 0, initial=initial)


def _new_milestone_form(frame: queries.Frame, pk: int, *args: Any, **kwargs: Any) -> forms.MilestoneForm:
    auto_id = f"id_milestone{pk or ''}_%s"
    return forms.MilestoneForm(*args, hubs=frame.hubs, has_client=frame.has_client, auto_id=auto_id, **kwargs)


def _milestone(request: HttpRequest, frame: queries.Frame, pk: int) -> Any:
    found = queries.milestone_of(frame.collaboration, pk)
    if found is None:
        raise Http404
    found.collaboration = frame.collaboration
    return found


@writes
def set_milestone(request: HttpRequest, ref: str, pk: int = 0) -> HttpResponse:
    """Add a milestone, or change one."""
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        _new_milestone_form(frame, pk, request.POST),
        lambda data: operations.set_milestone(
            frame.collaboration, by=request.actor, at=timezone.now(), milestone_id=pk or None, **data
        ),
        done=_("Milestone changed.") if pk else _("Milestone added."),
        to=place("plan", ref),
        again=lambda form: plan_page(request, frame, form, of="change" if pk else "new", pk=pk),
    )


@writes
def remove_milestone(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    milestone = _milestone(request, frame, pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: operations.remove_milestone(milestone, by=request.actor, at=timezone.now()),
        done=_("Milestone removed."),
        to=place("plan", ref),
        again=lambda form: plan_page(request, frame, form),
    )


@writes
def decide(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Go on, change or stop."""
    frame = load_frame(request, ref)
    milestone = _milestone(request, frame, pk)
    return run_form(
        request,
        forms.DecisionForm(request.POST, auto_id=f"id_decide{pk}_%s"),
        lambda data: operations.decide(milestone, by=request.actor, at=timezone.now(), **data),
        done=_("Decided."),
        to=place("plan", ref),
        again=lambda form: plan_page(request, frame, form, of="decide", pk=pk),
    )
