"""Deliverables: planned, handed over, answered."""

from __future__ import annotations

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import operations
from hansa.collaboration.delivery.views.deliverables import answer_form, deliverable_form, files, handover_form
from hansa.collaboration.delivery.views.frame import load_frame, place
from hansa.collaboration.delivery.views.plan import plan_page
from hansa.foundation.pages import run_form, writes


@writes
def plan_deliverable(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    return run_form(
        request,
        deliverable_form(frame, request.POST),
        lambda data: operations.plan_deliverable(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Deliverable added."),
        to=place("plan", ref, "#deliverables"),
        again=lambda form: plan_page(request, frame, form, of="deliverable"),
    )


@writes
def remove_deliverable(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    item = get_object_or_404(frame.collaboration.deliverables, pk=pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: operations.remove_deliverable(item, by=request.actor, at=timezone.now()),
        done=_("Deliverable removed."),
        to=place("plan", ref, "#deliverables"),
        again=lambda form: plan_page(request, frame, form),
    )


@writes
def hand_over(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref, hubs_only=True)
    item = get_object_or_404(frame.collaboration.deliverables, pk=pk)
    return run_form(
        request,
        handover_form(files(request, frame), pk, request.POST),
        lambda data: operations.hand_over(item, by=request.actor, at=timezone.now(), **data),
        done=_("The client has it now."),
        to=place("plan", ref, "#deliverables"),
        again=lambda form: plan_page(request, frame, form, of="hand", pk=pk),
    )


@writes
def answer_handover(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref)
    item = get_object_or_404(frame.collaboration.deliverables, pk=pk)
    return run_form(
        request,
        answer_form(pk, request.POST),
        lambda data: operations.answer_handover(item, by=request.actor, at=timezone.now(), **data),
        done=_("Thank you. The hub knows."),
        to=place("plan", ref, "#deliverables"),
        again=lambda form: plan_page(request, frame, form, of="answer", pk=pk),
    )
