"""The KPI sheet out and in, and the register of grants as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hansa.collaboration.aid import policies
from hansa.collaboration.aid import queries as aid
from hansa.exchange.exports.queries import ExportedFile
from hansa.exchange.sheets import forms, operations, queries
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal

MOST_SHOWN = 100


def _of_a_hub(request: HttpRequest) -> None:
    if not policies.can_see_services(request.actor):
        raise Http404


def _download(file: ExportedFile) -> HttpResponse:
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@reads
def kpi_export(request: HttpRequest) -> HttpResponse:
    """Hand out the services that fit, as the workbook of the reporting tool."""
    _of_a_hub(request)
    asked = aid.asked_for(request.GET.get("year", ""), request.GET.get("status", ""), request.GET.get("technology", ""))
    return _download(queries.kpi_sheet(actor=request.actor, asked=asked, at=timezone.now()))


@reads
def register_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the grants for the register as ``xlsx`` or ``csv``."""
    _of_a_hub(request)
    if kind not in queries.KINDS:
        raise Http404
    file = queries.register_file(
        kind=kind,
        actor=request.actor,
        today=timezone.localdate(),
        at=timezone.now(),
        language=get_language() or "en",
    )
    return _download(file)


@form_page
def kpi_import(request: HttpRequest) -> HttpResponse:
    """Take a file and show what it would do; nothing is saved yet."""
    _of_a_hub(request)
    if request.method != "POST":
        return _page(request, forms.SheetForm())
    form = forms.SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        sheet, taken, key = operations.try_out(form.cleaned_data["file"].read(), by=request.actor, at=timezone.now())
    except Refusal as no:
        form.add_error("file", no.reason)
        return _page(request, form, status=422)
    return _page(request, forms.SheetForm(), sheet=sheet, taken=taken, key=key)


@writes
def kpi_take_over(request: HttpRequest) -> HttpResponse:
    """Save what the report showed."""
    _of_a_hub(request)
    try:
        taken = operations.take_over(request.POST.get("key", ""), by=request.actor, at=timezone.now())
    except Refusal as no:
        form = forms.SheetForm(request.POST, {})
        form.errors.clear()
        form.add_error("file", no.reason)
        return _page(request, form, status=422)
    n = len(taken.added) + len(taken.changed)
    messages.success(request, ngettext("%(n)s service taken over.", "%(n)s services taken over.", n) % {"n": n})
    return redirect("aid:list")


def _page(
    request: HttpRequest, form: Any, *, status: int = 200, sheet: Any = None, taken: Any = None, key: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": [(_("Services and aid"), reverse("aid:list"))],
        "form": form,
        "sheet": sheet,
        "taken": taken,
        "key": key,
    }
    if sheet is not None:
        context |= {
            "n_writes": len(taken.added) + len(taken.changed),
            "refused": sheet.refused[:MOST_SHOWN],
            "n_more_refused": max(0, len(sheet.refused) - MOST_SHOWN),
            "repaired": sheet.repaired[:MOST_SHOWN],
            "n_more_repaired": max(0, len(sheet.repaired) - MOST_SHOWN),
            "kept": taken.kept[:MOST_SHOWN],
            "new_clients": taken.new_clients[:MOST_SHOWN],
        }
    return render(request, "exchange/sheets/import.html", context, status=status)
