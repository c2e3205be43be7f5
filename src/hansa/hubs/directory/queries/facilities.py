"""Facilities of hubs, for those who use them in a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hansa.hubs.directory.models import Facility


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityName:
    """A facility with its hub, and the hub's country, whose time it keeps."""

    id: int
    name: str
    hub_id: int
    country: str
    access_note: str


def facilities_of(hub_ids: Iterable[int]) -> list[FacilityName]:
    """Return the facilities of these hubs by name; one query."""
    rows = Facility.objects.filter(hub_id__in=list(hub_ids)).order_by("name", "pk")
    return [
        FacilityName(id=pk, name=name, hub_id=hub_id, country=country, access_note=note)
        for pk, name, hub_id, country, note in rows.values_list("pk", "name", "hub_id", "hub__country", "access_note")
    ]
