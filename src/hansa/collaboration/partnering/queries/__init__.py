"""Named reads of requests and invitations."""

from hansa.collaboration.partnering.queries.case import (
    Step,
    Turn,
    progress,
    requests_visible_to,
    shared_requests,
    whose_turn,
)

__all__ = ["Step", "Turn", "progress", "requests_visible_to", "shared_requests", "whose_turn"]
