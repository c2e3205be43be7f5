"""Whose new service it is, and who may look at its pages."""

from __future__ import annotations

from typing import Any

from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import InvitationState
from hansa.foundation.actors import Actor


def services_visible_to(actor: Actor) -> Any:
    """The cases of a new service that this person reads: the lead's people, and those of hubs that said yes."""
    return partnering.team_requests(actor).filter(client=None)


def team_of(request: Any) -> list[int]:
    """Return the ids of the hubs of the team, lead first, then those that said yes in the order they were asked; one query."""
    said_yes = request.invitations.filter(state=InvitationState.ACCEPTED).order_by("pk")
    return [request.lead_id, *said_yes.values_list("hub_id", flat=True)]


def waiting_of(request: Any) -> list[int]:
    """Return the ids of the hubs that have not answered yet; one query."""
    return list(request.invitations.filter(state=InvitationState.SENT).values_list("hub_id", flat=True))


def has_canvas(request: Any) -> bool:
    """Whether the hubs of this case write a canvas before the agreement."""
    return any(step.kind == "canvas" for step in partnering.scenario_of(request).steps)
