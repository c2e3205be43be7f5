"""What the page of bringing together shows to one reader: each match with both sides' names, requirements, meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.matchmaking.models import LogEntry, Match, MatchDisclosure, Meeting, Outcome, Requirement
from hansa.collaboration.matchmaking.queries.gate import SharedMatch, authorisation_of_match, shared_match
from hansa.collaboration.matchmaking.queries.rows import matches_taken_read
from hansa.collaboration.matchmaking.states import SeenBy
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.policies import finds_match
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of naming one side: when it was shown, or what it still waits for."""

    name: str
    shown_at: datetime | None
    waits_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the meeting as the reader may name it, with its stages."""

    title: str
    facts: tuple[tuple[str, str], ...]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Client and one match, and all that was done to bring them together, as far as the reader may see it."""

    match: Match
    client: Side
    partner: Side
    shown: SharedMatch
    requirements: tuple[Requirement, ...]
    meetings: tuple[Meeting, ...]
    log: tuple[LogEntry, ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The whole page."""

    collaboration: Any
    request: Any
    audience: partnering.Audience
    title: str
    pairs: tuple[Pair, ...]
    steps: tuple[partnering.Step, ...]
    turn: partnering.Turn
    feedback_given: bool


def together(actor: Actor, ref: str, *, at: datetime) -> Together | None:
    """Return the page at this address for this reader, or None for whoever may not see it."""
    rows = delivery.collaborations_visible_to(actor).select_related(
        "request__lead", "request__client", "request__contact"
    )
    collaboration = rows.filter(request__ref=ref).first()
    if collaboration is None or not finds_match(collaboration.request):
        return None
    request = collaboration.request
    audience = delivery.audience_of(collaboration, actor)
    matches = [
        match
        for match in matches_taken_read(request, *_with_lines())
        if audience != "partner" or match.hub_id == actor.hub_id
    ]
    reader = actor.hub_id if audience == "partner" else request.lead_id
    need = partnering.disclosed(request, reader, at=at)
    first = partnering.first_shown(request)
    names = {match.hub_id: match.hub.name for match in matches}
    return Together(
        collaboration=collaboration,
        request=request,
        audience=audience,
        title=need.title if audience == "partner" else request.title,
        pairs=tuple(_pair(match, request, need, first, actor, audience, at=at) for match in matches),
        steps=tuple(partnering.progress(request, audience=audience)),
        turn=partnering.whose_turn(request, actor, names=names),
        feedback_given=collaboration.feedback.filter(author_id=actor.user_id).exists(),
    )


def _with_lines() -> Iterable[Any]:
    meetings = Meeting.objects.filter(cancelled_at=None)
    disclosures = MatchDisclosure.objects.order_by("at", "pk")
    return (
        Prefetch("requirements", queryset=Requirement.objects.select_related("settled_by")),
        Prefetch("meetings", queryset=meetings.select_related("hub")),
        Prefetch("log", queryset=LogEntry.objects.select_related("hub", "author")),
        Prefetch("disclosures", queryset=disclosures, to_attr="shown_rows"),
    )


def _pair(
    match: Match,
    request: Any,
    need: partnering.SharedNeed,
    first: dict[tuple[int, str], datetime],
    actor: Actor,
    audience: str,
    *,
    at: datetime,
) -> Pair:
    match.request = request
    reader = actor.hub_id if audience == "partner" else request.lead_id
    shown = shared_match(match, reader, at=at)

    def seen(rows: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(row for row in rows if _may_see(row, actor, audience))

    return Pair(
        match=match,
        client=_client_side(match, request, need, first, audience),
        partner=_match_side(match, shown),
        shown=shown,
        requirements=seen(match.requirements.all()),
        meetings=seen(match.meetings.all()),
        log=seen(match.log.all()),
        outcome=getattr(match, "outcome", None),
    )


def _may_see(row: Any, actor: Actor, audience: str) -> bool:
    if row.seen_by == SeenBy.OWN:
        return audience != "client" and row.hub_id == actor.hub_id
    return row.seen_by == SeenBy.CLIENT or audience != "client"


def _client_side(match: Match, request: Any, need: partnering.SharedNeed, first: Any, audience: str) -> Side:
    held = partnering.authorisation_of(request)
    level = held.level if held is not None else Anonymity.A0
    is_partner = audience == "partner"
    name = need.client_name if is_partner else request.client.name
    person = need.contact_name if is_partner else (request.contact.name if request.contact else "")
    mail = need.contact_email if is_partner else (request.contact.email if request.contact else "")
    facts = [
        (_("Kind"), need.client_type),
        (_("Sector"), need.sector),
        (_("Contact person"), person),
        (_("Mail"), mail),
    ]
    who = _("Waits for the client's agreement.")
    return Side(
        title=name or _("The client, not named yet"),
        facts=tuple((term, value) for term, value in facts if value),
        stages=(
            Stage(name=_("Without its name"), shown_at=first.get((match.hub_id, "wants")), waits_for=who),
            Stage(name=_("Named"), shown_at=first.get((match.hub_id, "client_name")), waits_for=who if level < Anonymity.A3 else ""),
            Stage(name=_("Contact person"), shown_at=first.get((match.hub_id, "contact_name")), waits_for=who if level < Anonymity.A4 else ""),
        ),
    )  # fmt: skip


def _match_side(match: Match, shown: SharedMatch) -> Side:
    held = authorisation_of_match(match)
    level = held.level if held is not None else Anonymity.A0
    rows = match.__dict__["shown_rows"]

    def when(field: str) -> datetime | None:
        return next((row.at for row in rows if field in row.fields), None)

    facts = [
        (_("Kind"), shown.organisation_type),
        (_("Sector"), shown.sector),
        (_("Country"), shown.country),
        (_("Contact person"), shown.person),
        (_("Mail"), shown.person_email),
    ]
    who = _("Waits for the organisation's agreement.")
    return Side(
        title=shown.name or _("The match, not named yet"),
        facts=tuple((term, value) for term, value in facts if value),
        stages=(
            Stage(name=_("Without its name"), shown_at=when("organisation_type"), waits_for=who),
            Stage(name=_("Named"), shown_at=when("name"), waits_for=who if level < Anonymity.A3 else ""),
            Stage(name=_("Contact person"), shown_at=when("person"), waits_for=who if level < Anonymity.A4 else ""),
        ),
    )
