"""The acts on the delivery page: load, form, one operation, back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.views.frame import crumbs
from hansa.collaboration.delivery.views.page import load, show
from hansa.foundation.pages import form_page, reads, run_form, writes
from hansa.foundation.policies import Refusal


def _act(
    request: HttpRequest,
    collaboration: Any,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    form_name: str,
    done: str,
    anchor: str = "",
) -> HttpResponse:
    """Clean, run one operation, go back to the page; or show the page again with the reason and what was typed."""
    ref = collaboration.request.ref
    return run_form(
        request,
        form,
        act,
        done=done,
        to=reverse("delivery:room", args=[ref]) + anchor,
        again=lambda refused: show(request, ref, status=422, **{form_name: refused}),
    )


def _task_form(request: HttpRequest, collaboration: Any) -> forms.TaskForm:
    return forms.TaskForm(request.POST, **_task_choices(collaboration))


def _task_choices(collaboration: Any) -> dict[str, Any]:
    return {
        "hubs": queries.hubs_of(collaboration),
        "people": queries.people_of(collaboration),
        "milestones": queries.milestone_choices(collaboration),
    }


@writes
def add_task(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    form = _task_form(request, collaboration)
    return _act(
        request,
        collaboration,
        form,
        lambda data: operations.add_task(collaboration, by=request.actor, at=timezone.now(), **data),
        form_name="task_form",
        done=_("Task added."),
        anchor="#tasks",
    )


def _task(request: HttpRequest, collaboration: Any, pk: int) -> Any:
    if not policies.works_for_a_party(request.actor, collaboration):
        raise Http404
    return get_object_or_404(collaboration.tasks.select_related("hub"), pk=pk)


@form_page
def change_task(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Change what, who or when; a page of its own."""
    collaboration = load(request, ref)
    task = _task(request, collaboration, pk)
    if request.method == "POST":
        form = _task_form(request, collaboration)
        if form.is_valid():
            try:
                operations.change_task(task, by=request.actor, at=timezone.now(), **form.cleaned_data)
            except Refusal as no:
                form.add_error(None, no.reason)
            else:
                messages.success(request, _("Task changed."))
                return _back(ref, "#tasks")
    else:
        form = forms.TaskForm(
            **_task_choices(collaboration),
            initial={name: getattr(task, name) for name in ("title", "hub_id", "owner_id", "due_on", "milestone_id")},
        )
    title = queries.title_for(collaboration, actor=request.actor, at=timezone.now())
    back_url = reverse("delivery:room", args=[ref])
    way, here = crumbs(request.actor, collaboration.request, title)
    context = {"form": form, "task": task, "crumbs": [*way, (here, back_url)], "back_url": back_url}
    return render(request, "collaboration/delivery/task.html", context, status=422 if form.errors else 200)


def _back(ref: str, anchor: str = "") -> HttpResponse:
    response = redirect("delivery:room", ref=ref)
    response.status_code = 303
    response["Location"] += anchor
    return response


@writes
def set_done(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    collaboration = load(request, ref)
    task = _task(request, collaboration, pk)
    done = request.POST.get("done") == "1"
    return _act(
        request,
        collaboration,
        django_forms.Form(request.POST),
        lambda data: operations.set_done(task, done=done, by=request.actor, at=timezone.now()),
        form_name="plain_form",
        done=_("Task done.") if done else _("Task open again."),
        anchor="#tasks",
    )


@writes
def remove_task(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    collaboration = load(request, ref)
    task = _task(request, collaboration, pk)
    return _act(
        request,
        collaboration,
        django_forms.Form(request.POST),
        lambda data: operations.remove_task(task, by=request.actor, at=timezone.now()),
        form_name="plain_form",
        done=_("Task removed."),
        anchor="#tasks",
    )


@writes
def add_document(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    return _act(
        request,
        collaboration,
        forms.DocumentForm(request.POST, request.FILES),
        lambda data: operations.add_document(collaboration, by=request.actor, at=timezone.now(), **data),
        form_name="document_form",
        done=_("File added."),
        anchor="#files",
    )


def _document(request: HttpRequest, collaboration: Any, pk: int) -> Any:
    for document in queries.documents_of(collaboration, actor=request.actor):
        if document.pk == pk:
            return document
    raise Http404


@reads
def document(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Send a file as a download, whatever it claims to be: nothing a user uploads is shown as a page of ours."""
    found = _document(request, load(request, ref), pk)
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@writes
def remove_document(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    collaboration = load(request, ref)
    found = _document(request, collaboration, pk)
    return _act(
        request,
        collaboration,
        django_forms.Form(request.POST),
        lambda data: operations.remove_document(found, by=request.actor, at=timezone.now()),
        form_name="plain_form",
        done=_("File removed."),
        anchor="#files",
    )


@writes
def record_measurement(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    collaboration = load(request, ref)
    kpi = get_object_or_404(collaboration.kpis, pk=pk)
    return _act(
        request,
        collaboration,
        forms.MeasurementForm(
            request.POST,
            auto_id=f"id_kpi{pk}_%s",
            files=[(file.pk, file.name) for file in queries.documents_of(collaboration, actor=request.actor)],
        ),
        lambda data: operations.record_measurement(kpi, by=request.actor, at=timezone.now(), **data),
        form_name=f"result_form_{pk}",
        done=_("Measurement saved."),
        anchor="#results",
    )


@writes
def report(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    return _act(
        request,
        collaboration,
        django_forms.Form(request.POST),
        lambda data: operations.report(collaboration, by=request.actor, at=timezone.now()),
        form_name="plain_form",
        done=_("The results are with the client now."),
    )


@writes
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    return _act(
        request,
        collaboration,
        forms.ConfirmForm(request.POST),
        lambda data: operations.confirm(collaboration, by=request.actor, at=timezone.now(), **data),
        form_name="confirm_form",
        done=_("Thank you. Your hub knows that you confirmed the results."),
    )


@writes
def object_to(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    return _act(
        request,
        collaboration,
        forms.ObjectionForm(request.POST),
        lambda data: operations.object_to(collaboration, by=request.actor, at=timezone.now(), **data),
        form_name="objection_form",
        done=_("Your hub has your words and goes on working."),
    )


@writes
def give_feedback(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    return _act(
        request,
        collaboration,
        forms.FeedbackForm(request.POST),
        lambda data: operations.give_feedback(collaboration, by=request.actor, at=timezone.now(), **data),
        form_name="feedback_form",
        done=_("Thank you for your feedback."),
    )


@writes
def close(request: HttpRequest, ref: str) -> HttpResponse:
    collaboration = load(request, ref)
    return _act(
        request,
        collaboration,
        forms.ClosingForm(request.POST),
        lambda data: operations.close(collaboration, by=request.actor, at=timezone.now(), **data),
        form_name="closing_form",
        done=_("The case is closed. Its numbers are on your results page."),
    )
