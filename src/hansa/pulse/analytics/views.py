"""The results page of a hub, and of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hansa.collaboration.delivery.queries import KpiOutcome
from hansa.foundation.fragments import fragment
from hansa.foundation.pages import reads
from hansa.foundation.tables import download
from hansa.pulse.analytics import policies, queries

_KPIS_SHOWN = 12


def _since(request: HttpRequest) -> date | None:
    """Return the first day of the period chosen: this year, or everything."""
    return None if request.GET.get("period") == "all" else timezone.now().date().replace(month=1, day=1)


def _results(request: HttpRequest) -> queries.Results:
    if policies.can_read_hub_results(request.actor):
        return queries.hub_results(request.actor, since=_since(request), at=timezone.now())
    if policies.can_read_network_results(request.actor):
        return queries.network_results(since=_since(request))
    raise Http404


def _number(value: float | Decimal | None) -> str:
    if value is None:
        return _("Nothing yet")
    if float(value).is_integer():
        value = int(value)
    elif isinstance(value, Decimal):
        # Without the zeros that the database adds.
        value = value.normalize()
    return number_format(value, force_grouping=True)


@dataclass(frozen=True, slots=True)
class _Bullet:
    """A KPI for ``{% bullets %}``."""

    kpi: KpiOutcome

    @property
    def name(self) -> str:
        return self.kpi.name

    @property
    def unit(self) -> str:
        return self.kpi.unit

    @property
    def text(self) -> str:
        return _number(self.kpi.value) if self.kpi.value is not None else ""

    @property
    def number(self) -> Decimal | None:
        return self.kpi.value

    @property
    def target(self) -> Decimal:
        return self.kpi.target

    @property
    def note(self) -> str:
        return _("Target %(target)s") % {"target": _number(self.kpi.target)}

    @property
    def lower_is_better(self) -> bool:
        return self.kpi.better == "lower"


@reads
def results(request: HttpRequest) -> HttpResponse:
    """Show figures with their definitions, targets against values, and the closed cases."""
    found = _results(request)
    period = "all" if found.since is None else "year"
    content = fragment(
        "pulse/analytics/results_content.html",
        is_hub=bool(policies.can_read_hub_results(request.actor)),
        export_url=f"{reverse('analytics:export')}?period={period}",
        period=period,
        figures=tuple((row, _number(row.value)) for row in found.figures),
        kpis=tuple(_Bullet(kpi) for kpi in found.kpis[:_KPIS_SHOWN]),
        closed=found.closed,
    )
    return render(request, "pulse/analytics/results.html", {"content": content})


@reads
def export(request: HttpRequest) -> HttpResponse:
    """Send the figures as CSV, each with its definition."""
    found = _results(request)
    heads = [_("Figure"), _("Value"), _("Unit"), _("Definition"), _("Since")]
    rows = [
        [row.label, "" if row.value is None else row.value, row.unit, row.definition, found.since or ""]
        for row in found.figures
    ]
    return download("csv", f"results_{timezone.now():%Y-%m-%d}_{request.LANGUAGE_CODE}", heads, rows)
