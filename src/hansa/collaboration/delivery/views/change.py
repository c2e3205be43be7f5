"""What changed for the client: maturity before and after, investment triggered."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.delivery import forms, operations, policies, queries
from hansa.collaboration.delivery.states import Moment
from hansa.collaboration.delivery.views.frame import load_frame, place, show
from hansa.foundation.pages import form_page, reads, run_form, writes


@reads
def change(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, load_frame(request, ref))


def _page(request: HttpRequest, frame: queries.Frame, form: Any = None) -> HttpResponse:
    row = frame.collaboration
    # How mature a client is stays between it and its own hub.
    reads_maturity = frame.has_client and frame.audience != "partner"
    checks = queries.checks_of(row) if reads_maturity else {}
    rows = queries.maturity_rows(queries.instrument_for_client(row), checks) if reads_maturity else []
    may_add = bool(policies.can_report_change(request.actor, row))
    mine = request.actor.hub_id
    return show(
        request,
        frame,
        "change",
        form=form,
        checks=checks,
        axes=[(pgettext("content", line.name), line.before, line.after) for line in rows],
        before=checks.get(Moment.T0),
        after=checks.get(Moment.T1),
        may_check=bool(policies.can_check_maturity(request.actor, row)),
        investments=[(row, may_add and row.hub_id == mine) for row in queries.investments_of(row)],
        investment_form=(form if isinstance(form, forms.InvestmentForm) else forms.InvestmentForm())
        if may_add
        else None,
    )


@form_page
def check_maturity(request: HttpRequest, ref: str, moment: str) -> HttpResponse:
    """Ask the questions; after the work what was said before stands in the form."""
    frame = load_frame(request, ref)
    row = frame.collaboration
    if moment not in Moment.values or not policies.can_check_maturity(request.actor, row):
        raise Http404
    instrument = queries.instrument_for_client(row)

    def page(form: Any, refused: Any = None) -> HttpResponse:
        name = Moment(moment).label
        return show(request, frame, "maturity", form=refused, check_form=form, moment=moment, moment_name=name)

    if request.method == "POST":
        return run_form(
            request,
            forms.MaturityForm(request.POST, instrument=instrument),
            lambda data: operations.check_maturity(
                row, moment=moment, answers=data, by=request.actor, at=timezone.now()
            ),
            done=_("Thank you. The answers are saved."),
            to=place("change", ref),
            again=lambda form: page(form, form),
        )
    checks = queries.checks_of(row)
    known = checks.get(moment) or checks.get(Moment.T0)
    return page(forms.MaturityForm(instrument=instrument, initial=known.answers if known else None))


@writes
def record_investment(request: HttpRequest, ref: str) -> HttpResponse:
    frame = load_frame(request, ref)
    return run_form(
        request,
        forms.InvestmentForm(request.POST),
        lambda data: operations.record_investment(frame.collaboration, by=request.actor, at=timezone.now(), **data),
        done=_("Investment recorded."),
        to=place("change", ref, "#investment"),
        again=lambda form: _page(request, frame, form),
    )


@writes
def remove_investment(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    frame = load_frame(request, ref)
    found = get_object_or_404(frame.collaboration.investments, pk=pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: operations.remove_investment(found, by=request.actor, at=timezone.now()),
        done=_("Taken back."),
        to=place("change", ref, "#investment"),
        again=lambda form: _page(request, frame, form),
    )
