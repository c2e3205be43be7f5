"""Hours: the time sheet of one's own hub, and the sums of all."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.foundation.pages import reads, run_form, writes

PAGE_SIZE = 50


@reads
def hours(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who worked what in one's own hub, and what each hub worked in all."""
    return _page(request, load_frame(request, ref, hubs_only=True))


def _page(request: HttpRequest, frame: queries.Frame, form: Any = None) -> HttpResponse:
    row, hub_id = frame.collaboration, request.actor.hub_id
    page = Paginator(queries.time_of_hub(row, hub_id), PAGE_SIZE).get_page(request.GET.get("page"))
    costs = dict(queries.cost_choices(row, hub_id))
    sums = queries.hours_by_hub(row)
    mine = sums.get(hub_id)
    may_add = bool(policies.can_log_time(request.actor, row))
    empty = None
    if may_add:
        first = {"on": timezone.localdate(), "person_id": request.actor.user_id}
        empty = form if form is not None and form.fields else _time_form(request, frame, initial=first)
    return show(
        request,
        frame,
        "hours",
        form=form,
        time_form=empty,
        entries=[(entry, costs.get(entry.cost_item, entry.cost_item)) for entry in page.object_list],
        number=page.number,
        n_pages=page.paginator.num_pages,
        total=page.paginator.count,
        by_hub=[(hub, sums[hub.id].hours if hub.id in sums else 0) for hub in frame.hubs],
        by_cost=[(words, mine.by_cost.get(key, 0) if mine else 0) for key, words in costs.items()],
    )


def _time_form(request: HttpRequest, frame: queries.Frame, *args: Any, **kwargs: Any) -> forms.TimeForm:
    row, hub_id = frame.collaboration, request.actor.hub_id
    tasks = [(task.pk, task.shown_title) for task in queries.tasks_of(row) if task.hub_id == hub_id]
    people = queries.people_of_one(hub_id)
    return forms.TimeForm(*args, people=people, costs=queries.cost_choices(row, hub_id), tasks=tasks, **kwargs)


@writes
def log_time(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        _time_form(request, frame, request.POST),
        lambda data: operations.log_time(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Hours added."),
        to=place("hours", ref),
        again=lambda form: _page(request, frame, form),
    )


@writes
def remove_time(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    entry = get_object_or_404(queries.time_of_hub(frame.collaboration, request.actor.hub_id), pk=pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: operations.remove_time(entry, by=request.actor, at=timezone.now()),
        done=_("Hours removed."),
        to=place("hours", ref),
        again=lambda form: _page(request, frame, form),
    )
