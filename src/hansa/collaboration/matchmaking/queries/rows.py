"""Partner requests and matches as they are, for whoever may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from hansa.collaboration.matchmaking.models import Match, MatchAuthorisation, MatchDisclosure, PartnerRequest
from hansa.collaboration.matchmaking.queries.gate import MATCH_FIELD_NAMES
from hansa.collaboration.matchmaking.states import MatchState
from hansa.foundation.actors import Actor


def partner_request_of(request: Any) -> PartnerRequest | None:
    """Return what the lead asks the network in this case; one query."""
    found = PartnerRequest.objects.filter(request_id=request.pk).select_related("reviewer", "prepared_by").first()
    if found is not None:
        found.request = request
    return found


def _read() -> QuerySet[Match]:
    """Matches with what the gate reads of them: three queries for any number."""
    held = MatchAuthorisation.objects.filter(withdrawn_at=None)
    return Match.objects.select_related("organisation", "request__lead", "hub").prefetch_related(
        "organisation__concepts", Prefetch("authorisations", queryset=held, to_attr="held_rows")
    )


def matches_suggested(request: Any) -> list[Match]:
    """Return what the hubs suggested to the lead and did not take back, decided or not."""
    states = (MatchState.SUGGESTED, MatchState.TAKEN, MatchState.DECLINED)
    return list(_read().filter(request_id=request.pk, state__in=states).order_by("suggested_at", "pk"))


def matches_taken_read(request: Any, *also: Any) -> list[Match]:
    """Return the matches that the lead took up, in the order of their hubs' answers.

    :param also: what else is read with them
    """
    rows = _read().filter(request_id=request.pk, state=MatchState.TAKEN).prefetch_related(*also)
    return list(rows.select_related("outcome").order_by("suggested_at", "pk"))


def matches_of_hub(invitation: Any) -> list[Match]:
    """Return whom the asked hub has suggested or means to suggest."""
    return list(_read().filter(invitation_id=invitation.pk).exclude(state=MatchState.WITHDRAWN))


def own_match(actor: Actor, ref: str) -> Match | None:
    """Return a match of the actor's own hub."""
    return _read().filter(ref=ref, hub_id=actor.hub_id).first() if actor.works_for_hub else None


def match_of_request(request: Any, ref: str) -> Match | None:
    """Return a match that was suggested for this case."""
    states = (MatchState.SUGGESTED, MatchState.TAKEN, MatchState.DECLINED)
    return _read().filter(ref=ref, request_id=request.pk, state__in=states).first()


def match_by_key(digest: str) -> Match | None:
    """Return the match whose organisation answers on the page of this key, while it waits for the answer."""
    return _read().filter(key_digest=digest, state=MatchState.PREPARED).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a match was shown to a hub, in words."""

    hub: Any
    shown: str
    at: datetime


def disclosures_of(match: Match) -> list[Shown]:
    """Return what of a match was shown, in order; one query."""
    rows = MatchDisclosure.objects.filter(match=match).select_related("hub").order_by("at", "pk")
    return [
        Shown(hub=row.hub, shown=", ".join(str(MATCH_FIELD_NAMES.get(name, name)) for name in row.fields), at=row.at)
        for row in rows
    ]
