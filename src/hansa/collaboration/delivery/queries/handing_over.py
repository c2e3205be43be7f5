"""Deliverables, changes of scope and incidents as their pages list them."""

from __future__ import annotations

from hansa.collaboration.delivery.models import Collaboration, Deliverable, Incident, ScopeChange

_NOT_READ = ("hub__description", "hub__search")


def deliverables_of(collaboration: Collaboration) -> list[Deliverable]:
    """Return the deliverables by day, with every version and its answer; two queries."""
    rows = collaboration.deliverables.select_related("hub").defer(*_NOT_READ)
    return list(rows.prefetch_related("handovers__document"))


def changes_of(collaboration: Collaboration) -> list[ScopeChange]:
    """Return the changes of scope, newest first, with the answer of each hub; two queries."""
    rows = collaboration.changes.select_related("hub", "by").defer(*_NOT_READ)
    return list(rows.prefetch_related("answers"))


def incidents_of(collaboration: Collaboration, *, for_client: bool) -> list[Incident]:
    """Return the incidents, newest first; the client reads only those meant for it."""
    rows = collaboration.incidents.select_related("hub").defer(*_NOT_READ)
    return list(rows.filter(for_client=True) if for_client else rows)
