"""Where each role can go: the sidebar, the phone's bar, the palette and their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hansa.foundation.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the navigation.

    ``key`` names its badge, ``path`` its address without the language, ``phone`` its short name in the phone's bar
    (empty: it is not there), ``group`` the heading it stands under.
    """

    key: str
    path: str
    label: Any
    icon: str
    phone: Any = ""
    group: Any = ""


TODAY = Place(key="today", path="/today/", label=_("Today"), icon="house", phone=_("Today"))
FIND = Place(
    key="hubs", path="/hubs/", label=_("Find partners"), icon="search", phone=pgettext_lazy("phone bar", "Find")
)
REQUESTS = Place(key="requests", path="/requests/", label=_("Requests"), icon="clipboard-list", phone=_("Requests"))
WORK = Place(
    key="collaborations",
    path="/collaborations/",
    label=_("Collaborations"),
    icon="handshake",
    phone=pgettext_lazy("phone bar", "Work"),
)
RESULTS = Place(key="results", path="/results/", label=_("Results"), icon="chart-column", phone=_("Results"))
HELP = Place(key="help", path="/help/", label=_("Help and contact"), icon="circle-question-mark", phone=_("Help"))
SCENARIOS = Place(key="scenarios", path="/scenarios/", label=_("Scenarios"), icon="workflow")
COSTS = Place(key="costs", path="/network/costs/", label=_("Costs of cooperation"), icon="scale")
OUR_HUB = _("Our hub")
PROFILE = Place(key="profile", path="/profile/", label=_("Profile"), icon="building-2", group=OUR_HUB)

PLACES: Mapping[str, tuple[Place, ...]] = {
    "hub": (
        TODAY,
        FIND,
        REQUESTS,
        WORK,
        SCENARIOS,
        PROFILE,
        Place(key="services", path="/services/", label=_("Services and aid"), icon="receipt-euro", group=OUR_HUB),
        Place(key="results", path="/results/", label=_("Results"), icon="chart-column", group=OUR_HUB),
    ),
    "client": (
        Place(
            key="requests",
            path="/requests/",
            label=_("My requests"),
            icon="clipboard-list",
            phone=pgettext_lazy("phone bar", "Requests"),
        ),
        Place(key="hubs", path="/hubs/", label=_("Hubs"), icon="search", phone=_("Hubs")),
        Place(key="aid", path="/aid/", label=_("State aid"), icon="landmark"),
    ),
    "steward": (
        Place(key="cases", path="/network/cases/", label=_("Stuck cases"), icon="hourglass", phone=_("Cases")),
        Place(key="hubs", path="/hubs/", label=_("Hubs"), icon="building-2", phone=_("Hubs")),
        SCENARIOS,
        Place(key="library", path="/agreements/library/", label=_("Library of clauses"), icon="book-open"),
        RESULTS,
        COSTS,
    ),
    "observer": (
        Place(key="hubs", path="/hubs/", label=_("Directory"), icon="map", phone=_("Directory")),
        SCENARIOS,
        RESULTS,
        COSTS,
    ),
    "visitor": (
        Place(key="hubs", path="/hubs/", label=_("Find a hub"), icon="search"),
        Place(key="need", path="/need/", label=_("Tell us what you need"), icon="message-square-text"),
        HELP,
    ),
}


def role_of(actor: Actor) -> str:
    """Return which navigation a person sees, by the organisation they act for now."""
    if actor.is_visitor:
        return "visitor"
    if actor.hub_id is not None:
        return "hub"
    if actor.is_steward:
        return "steward"
    if actor.network_roles:
        return "observer"
    return "client"


def in_language(path: str, language: str) -> str:
    """Return ``path`` with the language's prefix; the default language has none."""
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def language_tag(language: str) -> str:
    """Return what the ``lang`` attribute says: the pseudo-language of the tests is a private kind of English."""
    return "en-x-pseudo" if language == "qps" else language


BadgeSource = Callable[[HttpRequest, Actor], Mapping[str, int]]
PaletteSource = Callable[[Actor, str], Iterable[Mapping[str, Any]]]
# Filled by hansa.web.apps from the queries of the rooms below. The first has at most one entry that runs a query.
BADGE_SOURCES: list[BadgeSource] = []
PALETTE_SOURCES: list[PaletteSource] = []


def badges(request: HttpRequest, actor: Actor) -> dict[str, int]:
    """Return how many things need the actor, by the key of the place."""
    counts: dict[str, int] = {}
    if not actor.is_visitor:
        for source in BADGE_SOURCES:
            counts.update(source(request, actor))
    return counts


def palette_entries(actor: Actor, text: str, language: str, limit: int = 12) -> list[dict[str, Any]]:
    """Return what the palette offers for ``text``: places whose name holds it, then what the sources find.

    Each entry has ``label``, ``href``, ``icon`` and perhaps ``note``.
    """
    wanted = text.casefold().strip()
    places = (*PLACES[role_of(actor)], HELP)
    found: list[dict[str, Any]] = [
        {"label": str(place.label), "href": in_language(place.path, language), "icon": place.icon}
        for place in dict.fromkeys(places)
        if wanted in str(place.label).casefold()
    ]
    if wanted:
        for source in PALETTE_SOURCES:
            found.extend(dict(entry) for entry in source(actor, text.strip()))
    return found[:limit]
