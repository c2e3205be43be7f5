"""The matrix of one's own role, with estimates, what was spent, and who sees the sums."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.shares import forms, operations, policies, queries
from hansa.collaboration.shares.views.frame import load, place, show
from hansa.foundation.pages import reads, run_form, writes


@reads
def costs(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what the case costs, brings and risks the reader's hub."""
    return _page(request, load(request, ref))


def _page(request: HttpRequest, case: queries.ShareCase, form: Any = None) -> HttpResponse:
    sheets = queries.sheets_of(case.request, case.collaboration, case.rates)
    matrix = queries.matrix_of(case, sheets[case.hub_id])
    releases = queries.releases_of(case.request)
    may_estimate = policies.can_estimate(request.actor, case.request, case.hub_ids)
    may_spend = policies.can_spend(request.actor, case.collaboration)
    estimating = form if isinstance(form, forms.EstimateForm) else None
    spending = form if isinstance(form, forms.ExpenseForm) else None
    return show(
        request,
        case,
        "costs",
        form=form,
        matrix=matrix,
        rate=case.rates[case.hub_id],
        estimate_form=(estimating or forms.EstimateForm(matrix=matrix)) if may_estimate else None,
        is_estimating=estimating is not None,
        may_estimate=may_estimate,
        expense_form=(spending or _expense_form(case)) if may_spend else None,
        is_spending=spending is not None,
        expenses=_expenses(case, matrix),
        others=[(hub, sheets[hub.id]) for hub in case.hubs if hub.id != case.hub_id and _sees(case, hub.id, releases)],
        hours=_hours(case, sheets),
        shows_money=case.hub_id in releases,
        changes=queries.changes_of(case.request, case.hub_id, limit=12),
        words_by_id={line.id: line.words for lines in (matrix.costs, matrix.benefits, matrix.risks) for line in lines},
    )


def _sees(case: queries.ShareCase, hub_id: int, releases: frozenset[int]) -> bool:
    return policies.sees_money(viewer=case.hub_id, of=hub_id, lead=case.request.lead_id, releases=releases)


def _expense_form(case: queries.ShareCase, *args: Any) -> forms.ExpenseForm:
    costs = [(point.id, queries.words_of(point)) for point in case.role.costs]
    return forms.ExpenseForm(*args, costs=costs, initial={"on": timezone.localdate()})


def _expenses(case: queries.ShareCase, matrix: queries.Matrix) -> list[tuple[Any, str]]:
    if case.collaboration is None:
        return []
    words = {line.id: line.words for line in matrix.costs}
    rows = queries.expenses_of(case.collaboration, case.hub_id)
    return [(row, words.get(row.item, row.item)) for row in rows]


def _hours(case: queries.ShareCase, sheets: Any) -> list[dict[str, Any]]:
    """Return the share of each hub in the hours worked, which the team sees; nothing where none are."""
    parts = [{"name": hub.name, "share": float(sum(sheets[hub.id].hours.values()))} for hub in case.hubs]
    return [{"name": _("Hours"), "parts": parts}] if any(part["share"] for part in parts) else []


@writes
def estimate(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    sheets = queries.sheets_of(case.request, case.collaboration, case.rates)
    form = forms.EstimateForm(request.POST, matrix=queries.matrix_of(case, sheets[case.hub_id]))
    return run_form(
        request,
        form,
        lambda data: operations.estimate(case, expected=form.expected, by=request.actor, at=timezone.now()),
        done=_("Estimates kept. Only your hub sees them."),
        to=place("costs", ref),
        again=lambda refused: _page(request, case, refused),
    )


@writes
def add_expense(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    form = _expense_form(case, request.POST, request.FILES)
    return run_form(
        request,
        form,
        lambda data: operations.record_expense(case, by=request.actor, at=timezone.now(), **form.cleaned_data),
        done=_("Expense added."),
        to=place("costs", ref) + "#expenses",
        again=lambda refused: _page(request, case, refused),
    )


def _expense(request: HttpRequest, ref: str, pk: int) -> Any:
    load(request, ref)
    found = queries.expense_of(ref, request.actor.hub_id, pk)
    if found is None:
        raise Http404
    return found


@reads
def receipt(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Send the receipt of an expense of one's own hub, always as a download."""
    found = _expense(request, ref, pk)
    if not found.file:
        raise Http404
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )


@writes
def remove_expense(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = _expense(request, ref, pk)
    return run_form(
        request,
        django_forms.Form(request.POST),
        lambda data: operations.remove_expense(found, by=request.actor, at=timezone.now()),
        done=_("Expense removed."),
        to=place("costs", ref) + "#expenses",
        again=lambda refused: _page(request, load(request, ref), refused),
    )


@writes
def release(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    form = forms.ReleaseForm(request.POST)
    shows = request.POST.get("shows_money") == "on"
    return run_form(
        request,
        form,
        lambda data: operations.release(case, shows_money=shows, by=request.actor, at=timezone.now()),
        done=_("Your sums are shown.") if shows else _("Your sums are hidden."),
        to=place("costs", ref),
        again=lambda refused: _page(request, case, refused),
    )
