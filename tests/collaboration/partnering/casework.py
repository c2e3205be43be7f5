"""What the tests of cases share: people acting, the client agreeing, hubs invited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import NOW

from hansa.collaboration.models import Invitation, Request, Want
from hansa.collaboration.partnering import operations
from hansa.foundation.actors import Actor
from hansa.hubs.models import Hub, User
from hansa.hubs.people.queries import actor_of

LATER = NOW + timedelta(hours=1)


def acting(user: User) -> Actor:
    return actor_of(user=User.objects.get(pk=user.pk))


def allow(request: Request, user: User, level: str = "A2", **fields: Any) -> None:
    """Record that the client agreed to this level."""
    operations.authorise(
        request,
        operations.Consent(level=level, granted_by="Maria Mayor", evidence="Mail of 18 November", **fields),  # type: ignore[arg-type]
        by=acting(user),
        at=NOW,
    )


def proposal(request: Request, hub: Hub, **fields: Any) -> operations.Proposal:
    wants = tuple(Want.objects.filter(request=request).exclude(state="rejected").values_list("pk", flat=True))
    return operations.Proposal(hub_id=hub.pk, **({"want_ids": wants} | fields))


def invite(request: Request, user: User, *hubs: Hub, text: str = "Our lines stop twice a month.") -> list[Invitation]:
    if request.state == "need":
        operations.understand(request, by=acting(user), at=NOW)
    return operations.invite(
        request, proposals=[proposal(request, hub) for hub in hubs], partner_text=text, by=acting(user), at=NOW
    )
