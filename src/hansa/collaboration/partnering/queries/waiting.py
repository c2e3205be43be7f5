"""What waits for a person: the cases whose turn is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, JSONField, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from hansa.collaboration.partnering.models import Invitation, Request
from hansa.collaboration.partnering.states import OPEN_STATES, InvitationState
from hansa.foundation.actors import Actor
from hansa.foundation.prepared import Prepared, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case that waits for the reader.

    ``title`` is empty for a partner, who reads a case only through the consent gate; ``invitation_ref`` is empty unless
    an invitation to the reader's hub waits for its answer. ``role`` is lead, partner or client.
    """

    ref: str
    title: str
    state: str
    role: str
    lead: str
    since: datetime
    invitation_ref: str
    is_understood: bool
    is_idea: bool = False


def _mine(actor: Actor) -> Q:
    mine = Q(pk__in=[])
    if actor.hub_id is not None and actor.hub_roles:
        mine |= Q(turn_hub_ids__contains=[actor.hub_id])
    if actor.client_ids:
        mine |= Q(turn_client=True, client_id__in=actor.client_ids)
    return mine


def waiting_for(actor: Actor, *, limit: int = 20) -> list[Waiting]:
    """Return the cases whose turn is the reader's, longest waiting first; one query."""
    open_invitation = Invitation.objects.filter(
        request=OuterRef("pk"), hub_id=actor.hub_id or 0, state=InvitationState.SENT
    )
    rows = (
        Request.objects.open()
        .filter(_mine(actor))
        .select_related("lead")
        .annotate(invitation_ref=Subquery(open_invitation.values("ref")[:1]))
        .order_by("state_since")[:limit]
    )
    return [
        Waiting(
            ref=row.ref,
            title="" if _role(row, actor) == "partner" else row.title,
            state=row.state,
            role=_role(row, actor),
            lead=row.lead.name,
            since=row.state_since,
            invitation_ref=row.invitation_ref or "",
            is_understood=row.understood_at is not None,
            is_idea=row.client_id is None,
        )
        for row in rows
    ]


def _role(row: Request, actor: Actor) -> str:
    if row.lead_id == actor.hub_id:
        return "lead"
    return "client" if row.client_id in actor.client_ids else "partner"


def n_waiting(actor: Actor) -> int:
    """Return how many cases wait for the reader; one query."""
    if actor.is_visitor:
        return 0
    hubs = [actor.hub_id] if actor.hub_id is not None and actor.hub_roles else []
    return len(_waiting.all(hubs=hubs, clients=list(actor.client_ids)))


def waiting_by_hub(user_id: Any) -> Func:
    """Return the column that holds the same for every hub the person may act for, as {hub_id: n}; 0 stands for no hub.

    It goes into the statement that reads the session, because every page shows it.
    """
    states = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
    return Func(user_id, template=_BY_HUB.replace("OPEN", states), output_field=JSONField())


_IDS = ArrayField(BigIntegerField())
# A hub or client that is missing is an empty list, which nothing overlaps.
_waiting = Prepared(
    lambda: (
        Request.objects.open()
        .filter(
            Q(turn_hub_ids__overlap=Slot("hubs", _IDS))
            | Q(RawSQL("client_id = ANY(%s::bigint[])", [Slot("clients", _IDS)], BooleanField()), turn_client=True)
        )
        .values_list("pk", flat=True)
    )
)
_BY_HUB = """(
SELECT json_object_agg(COALESCE(acting.hub_id, 0), (
    SELECT count(*) FROM collaboration_request r
    WHERE r.state IN (OPEN)
      AND (r.turn_hub_ids && ARRAY[acting.hub_id] OR r.client_id = ANY(person.clients) AND r.turn_client)
  ))::text
FROM (
    SELECT array_agg(client_id) FILTER (WHERE client_id IS NOT NULL) AS clients, array_agg(DISTINCT hub_id) AS hubs
    FROM hubs_membership WHERE user_id = %(expressions)s AND ended_at IS NULL
  ) person, unnest(person.hubs) AS acting(hub_id)
)"""
