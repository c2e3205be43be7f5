"""Each hub's version of the service, and how often it is delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hansa.collaboration.codesign.models import UptakeCount
from hansa.collaboration.codesign.queries.canvas import canvas_terms
from hansa.collaboration.codesign.queries.team import team_of
from hansa.collaboration.partnering import queries as partnering
from hansa.hubs.directory import queries as hubs
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


def offer_by(ref: str, hub_id: int) -> Any:
    """Return the hub's version of the service, or None; one query."""
    return next((offer for offer in hubs.joint_offers(ref) if offer.hub_id == hub_id), None)


def n_offering(ref: str) -> int:
    """Return how many hubs offer the service; one query."""
    return len(hubs.joint_offers(ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """A count that a hub wrote down itself."""

    id: int
    starts_on: date
    ends_on: date
    n_clients: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One hub of the team: its version if it offers one, and how often it is delivered.

    ``n_cases``: cases it led since the launch that asked for the activity; ``n_counted``: clients it counted itself.
    """

    hub_id: int
    hub_name: str
    hub_slug: str
    country: str
    title: str = ""
    activity: str = ""
    description: str = ""
    languages: tuple[str, ...] = ()
    price_note: str = ""
    launched_at: datetime | None = None
    n_cases: int = 0
    counts: tuple[CountLine, ...] = ()

    @property
    def is_launched(self) -> bool:
        return self.launched_at is not None

    @property
    def n_counted(self) -> int:
        return sum(count.n_clients for count in self.counts)

    @property
    def total(self) -> int:
        return self.n_cases + self.n_counted


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchPage:
    versions: tuple[VersionLine, ...]

    @property
    def n_launched(self) -> int:
        return sum(version.is_launched for version in self.versions)

    @property
    def total(self) -> int:
        return sum(version.total for version in self.versions)

    @property
    def by_country(self) -> list[tuple[str, int]]:
        found: dict[str, int] = {}
        for version in self.versions:
            if version.is_launched:
                found[version.country] = found.get(version.country, 0) + version.total
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def launch_page(request: Any) -> LaunchPage:
    """Return all versions with their uptake; six queries, however many hubs."""
    offers = {offer.hub_id: offer for offer in hubs.joint_offers(request.ref)}
    names = hubs.hub_names(dict.fromkeys([*team_of(request), *offers]))
    labels = taxonomy.entries({offer.activity_id for offer in offers.values()})
    since = {(hub_id, offer.activity_id): offer.made_at for hub_id, offer in offers.items()}
    n_cases = partnering.cases_since(since)
    counts = list(UptakeCount.objects.filter(request=request))
    return LaunchPage(versions=tuple(_version(hub, offers.get(hub.id), labels, n_cases, counts) for hub in names))


def _version(hub: Any, offer: Any, labels: Any, n_cases: Any, counts: Sequence[UptakeCount]) -> VersionLine:
    own = tuple(
        CountLine(id=row.pk, starts_on=row.starts_on, ends_on=row.ends_on, n_clients=row.n_clients, source=row.source)
        for row in counts
        if row.hub_id == hub.id
    )
    about = {"hub_id": hub.id, "hub_name": hub.name, "hub_slug": hub.slug, "country": hub.country_name, "counts": own}
    if offer is None:
        return VersionLine(**about)
    activity = labels.get(offer.activity_id)
    return VersionLine(
        **about,
        title=offer.title,
        activity=activity.label if activity else "",
        description=offer.description,
        languages=tuple(offer.languages),
        price_note=offer.price_note,
        launched_at=offer.made_at,
        n_cases=n_cases.get((hub.id, offer.activity_id), 0),
    )


def activities_asked(request: Any) -> list[str]:
    """Return the codes of the activities the idea asks for, in order; one query."""
    wants = partnering.active_wants([request.pk])[request.pk]
    return [want.concept.notation for want in wants if want.concept.kind == Kind.ACTIVITY]


def version_to_start_from(request: Any, mine: VersionLine | None) -> dict[str, Any]:
    """Return what stands in the form of a hub's version: its own, else the words of the canvas; two queries."""
    offer = offer_by(request.ref, mine.hub_id) if mine and mine.is_launched else None
    if offer is not None:
        fields = ("title", "description", "languages", "price_note")
        code = taxonomy.entries([offer.activity_id])[offer.activity_id].notation
        return {name: getattr(offer, name) for name in fields} | {"activity_code": code}
    terms = canvas_terms(request.pk)
    return {"title": request.title, "description": terms.scope if terms else ""}


def delivery_address(request: Any) -> str:
    return partnering.address("delivery:room", request.ref)
