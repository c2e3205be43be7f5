"""Experts who work at another hub of the team."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.foundation.pages import reads, run_form, writes


@reads
def experts(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who works where, from when to when, and whether the papers are there."""
    return _page(request, load_frame(request, ref, hubs_only=True))


def _page(request: HttpRequest, frame: queries.Frame, form: Any = None, *, pk: int = 0) -> HttpResponse:
    row, today = frame.collaboration, timezone.localdate()
    agreed = queries.exchange_agreed(row)
    blank = None
    if agreed.experts and policies.can_work(request.actor, row):
        is_mine = isinstance(form, forms.SecondmentForm)
        blank = form if is_mine else _secondment_form(request, frame, initial={"place": agreed.expert_place})
    lines = [
        {
            "stay": stay,
            "days": queries.working_days(stay.starts_on, stay.ends_on),
            "papers": _papers_form(form if stay.pk == pk else None, stay) if _is_mine(request, stay) else None,
            "may_end": _is_mine(request, stay) and stay.ends_on >= today,
        }
        for stay in queries.secondments_of(row)
    ]
    return show(request, frame, "experts", form=form, agreed=agreed, lines=lines, secondment_form=blank)


def _is_mine(request: HttpRequest, stay: Any) -> bool:
    return request.actor.works_for_hub and stay.sender_id == request.actor.hub_id


def _papers_form(refused: Any, stay: Any) -> Any:
    if refused is not None and refused.fields:
        return refused
    initial = {"a1_on": stay.a1_on, "notice_on": stay.notice_on}
    return forms.PapersForm(auto_id=f"id_papers{stay.pk}_%s", initial=initial)


def _secondment_form(request: HttpRequest, frame: queries.Frame, *args: Any, **kwargs: Any) -> forms.SecondmentForm:
    people = queries.people_of_one(request.actor.hub_id)
    hubs = [(hub.id, hub.name) for hub in frame.hubs if hub.id != request.actor.hub_id]
    return forms.SecondmentForm(*args, people=people, hubs=hubs, **kwargs)


@writes
def second(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        _secondment_form(request, frame, request.POST),
        lambda data: operations.second(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("The stay is in the plan."),
        to=place("experts", ref),
        again=lambda form: _page(request, frame, form),
    )


@writes
def tick_papers(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    stay = get_object_or_404(frame.collaboration.secondments, pk=pk)
    return run_form(
        request,
        forms.PapersForm(request.POST, auto_id=f"id_papers{pk}_%s"),
        lambda data: operations.tick_papers(stay, by=request.actor, at=timezone.now(), **data),
        done=_("Saved."),
        to=place("experts", ref),
        again=lambda form: _page(request, frame, form, pk=pk),
    )


@writes
def end_secondment(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    stay = get_object_or_404(frame.collaboration.secondments, pk=pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: operations.end_secondment(stay, by=request.actor, at=timezone.now()),
        done=_("The stay has ended."),
        to=place("experts", ref),
        again=lambda form: _page(request, frame, form, pk=pk),
    )
