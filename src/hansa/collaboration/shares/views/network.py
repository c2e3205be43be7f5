"""What cooperation costs the network's hubs, for those with a role in the network."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hansa.collaboration.shares import policies, queries
from hansa.foundation.pages import reads
from hansa.foundation.tables import download


@reads
def network(request: HttpRequest) -> HttpResponse:
    """Show costs per scenario, role and point, how often leads lose, and what incentive would have been needed."""
    _require(request)
    context = {"found": queries.network_costs(), "definitions": queries.definitions()}
    return render(request, "collaboration/shares/network.html", context)


@reads
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the same figures as a file, each with its definition."""
    _require(request)
    heads, rows = queries.cost_table(queries.network_costs())
    return download(kind, f"costs_{timezone.now():%Y-%m-%d}_{request.LANGUAGE_CODE}", heads, rows)


def _require(request: HttpRequest) -> None:
    if not policies.can_read_network_costs(request.actor):
        raise Http404
