"""What the pages of scenarios list."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from hansa.collaboration.scenarios.models import ScenarioComment, ScenarioProposal, ScenarioVersion
from hansa.collaboration.scenarios.queries.reading import scenario, scenarios
from hansa.collaboration.scenarios.states import VersionState
from hansa.foundation.actors import Actor

OPEN = (VersionState.DRAFT, VersionState.REVIEW)


def versions_visible_to(actor: Actor) -> QuerySet[ScenarioVersion]:
    """The versions this person may read; what is being written is the steward's until it is in review."""
    if not (actor.network_roles or (actor.hub_id is not None and actor.hub_roles)):
        return ScenarioVersion.objects.none()
    rows = ScenarioVersion.objects.select_related("created_by", "submitted_by", "reviewed_by")
    return rows if actor.is_steward else rows.exclude(state=VersionState.DRAFT)


def newest_in_use(actor: Actor) -> list[ScenarioVersion]:
    """The newest version in use of each scenario, those of the blueprint first; one query."""
    rows = versions_visible_to(actor).filter(state=VersionState.PUBLISHED).order_by("key", "-published_at")
    newest = {row.key: row for row in reversed(list(rows.defer("content")))}
    return sorted(newest.values(), key=lambda row: (row.key != row.base, row.base, row.title))


def in_the_making(actor: Actor) -> list[ScenarioVersion]:
    """Drafts and versions in review that this person may read, the newest first; one query."""
    rows = versions_visible_to(actor).filter(state__in=OPEN).defer("content")
    return list(rows.annotate(n_comments=Count("comments")).order_by("-created_at"))


def versions_of(actor: Actor, key: str) -> list[ScenarioVersion]:
    """All versions of one scenario that this person may read, the newest first; one query."""
    return list(versions_visible_to(actor).filter(key=key).defer("content").order_by("-created_at"))


def version_at(actor: Actor, key: str, version: str = "") -> ScenarioVersion | None:
    """The version at this address, by default the newest in use, else the one being written."""
    rows = versions_visible_to(actor).filter(key=key)
    if version:
        return rows.filter(version=version).first()
    in_use = rows.filter(state=VersionState.PUBLISHED).order_by("-published_at").first()
    return in_use or rows.order_by("-created_at").first()


def comments_on(version: ScenarioVersion) -> list[ScenarioComment]:
    return list(ScenarioComment.objects.filter(version=version).select_related("author", "hub"))


def proposals_for(actor: Actor) -> QuerySet[ScenarioProposal]:
    """What hubs proposed: everything for people of the network, its own for a hub."""
    rows = ScenarioProposal.objects.select_related("hub", "author", "answered_by")
    return rows if actor.network_roles else rows.filter(Q(hub_id=actor.hub_id or 0))


def offered(base: str) -> Sequence[tuple[str, str, str]]:
    """Return what a case of this kind may follow: key, version, title; one query.

    A need of a client may look for hubs that help or for a partner of the client; an idea of a hub has no client.
    """
    has_client = scenarios()[base].has_client
    shipped = [one for one in scenarios().values() if one.has_client == has_client]
    bases = [one.id for one in shipped]
    rows = ScenarioVersion.objects.filter(base__in=bases, state=VersionState.PUBLISHED).exclude(key__in=bases)
    newest: dict[str, tuple[str, str, str]] = {}
    for row in rows.defer("content").order_by("published_at"):
        newest[row.key] = (row.key, row.version, row.title)
    own = [(one.id, scenario(one.id).version, one.title) for one in shipped]
    return [*own, *sorted(newest.values(), key=lambda line: line[2])]
