"""What every page of a delivery shows around its own part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration
from hansa.collaboration.delivery.queries.rooms import audience_of
from hansa.collaboration.delivery.queries.rows import collaborations_visible_to, hubs_of
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.hubs.directory.queries import HubName


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A collaboration as one reader sees it: titled by the consent gate, with its hubs (lead first) and whose turn it is.

    ``client_name`` is empty for whom the client is not named and where there is none.
    """

    collaboration: Collaboration
    title: str
    client_name: str
    has_client: bool
    audience: partnering.Audience
    works_here: bool
    steps: tuple[partnering.Step, ...]
    turn: partnering.Turn
    hubs: tuple[HubName, ...]

    @property
    def ref(self) -> str:
        return self.collaboration.request.ref

    def name_of(self, hub_id: int | None) -> str:
        """Return the name of a hub of the team, empty for another."""
        return next((hub.name for hub in self.hubs if hub.id == hub_id), "")


def frame(ref: str, *, actor: Actor, at: datetime) -> Frame | None:
    """Return the frame of this address for this reader, or None for whoever may not see it."""
    row = collaborations_visible_to(actor).filter(request__ref=ref).first()
    if row is None:
        return None
    request, audience = row.request, audience_of(row, actor)
    title, client_name = request.title, request.client.name if request.client else ""
    if audience == "partner":
        shared = partnering.disclosed(request, actor.hub_id or 0, at=at)
        title, client_name = shared.title, shared.client_name
    hubs = tuple(hubs_of(row))
    return Frame(
        collaboration=row,
        title=title,
        client_name=client_name,
        has_client=request.client_id is not None,
        audience=audience,
        works_here=bool(policies.works_for_a_party(actor, row)),
        steps=tuple(partnering.progress(request, audience=audience)),
        turn=partnering.whose_turn(request, actor, names={hub.id: hub.name for hub in hubs}),
        hubs=hubs,
    )
