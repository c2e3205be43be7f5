"""Who sees a request, how far it is, and whose turn it is: read by every page of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from django.db.models import Q
from django.urls import get_script_prefix
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import Invitation, Request, RequestQuerySet
from hansa.collaboration.partnering.queries.addresses import STAND_IN, address
from hansa.collaboration.partnering.queries.full import live_invitations
from hansa.collaboration.partnering.states import (
    IDEA_PAGES,
    MATCH_PAGES,
    MOVES,
    STAGE_PAGES,
    InvitationState,
    RequestState,
)
from hansa.collaboration.scenarios import queries as scenarios
from hansa.collaboration.scenarios.states import Scenario, Stage
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as hubs

# Who waits for more hubs than these reads how many.
_MOST_NAMED = 5
Audience = Literal["hub", "client", "partner"]


def requests_visible_to(actor: Actor) -> RequestQuerySet:
    """The requests this person reads in full: those their hub leads, and those of the client they speak for."""
    seen = Q(pk__in=[])
    if actor.works_for_hub:
        seen |= Q(lead_id=actor.hub_id)
    if actor.client_ids:
        seen |= Q(client_id__in=actor.client_ids)
    return Request.objects.filter(seen).select_related("lead", "client").defer("lead__description", "lead__search")


def shared_requests(actor: Actor) -> RequestQuerySet:
    """The requests of other hubs that this person's hub said yes to. What it may read is for the consent gate to say."""
    if not actor.works_for_hub and not actor.signs_for_hub:
        return Request.objects.none()
    accepted = Invitation.objects.filter(hub_id=actor.hub_id, state=InvitationState.ACCEPTED)
    return Request.objects.filter(pk__in=accepted.values("request")).select_related("lead")


def team_requests(actor: Actor) -> RequestQuerySet:
    """The requests whose team the person's hub belongs to: as their lead, or because it said yes."""
    if actor.hub_id is None or not (actor.works_for_hub or actor.signs_for_hub):
        return Request.objects.none()
    accepted = Invitation.objects.filter(hub_id=actor.hub_id, state=InvitationState.ACCEPTED)
    rows = Request.objects.filter(Q(lead_id=actor.hub_id) | Q(pk__in=accepted.values("request")))
    return rows.select_related("lead", "client").defer("lead__description", "lead__search")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the tracker, named for its audience."""

    key: str
    name: str
    state: Literal["done", "now", "later"]
    note: str = ""
    href: str = ""


def scenario_of(request: Request) -> Scenario:
    """Return the scenario that the case follows, in the version it began with; no queries for what ships with Hansa."""
    return scenarios.scenario(request.scenario, request.scenario_version)


def scenarios_for(request: Request) -> list[tuple[str, str]]:
    """The scenarios that fit the case, as ``key/version`` and name, the one it follows included; one or two queries."""
    own = scenario_of(request)
    found = {f"{key}/{version}": pgettext("content", title) for key, version, title in scenarios.offered(own.base)}
    found.setdefault(f"{own.id}/{own.version}", own.title)
    return list(found.items())


def partner_ids(request: Request) -> list[int]:
    """The hubs that said yes to the case; one query."""
    accepted = Invitation.objects.filter(request=request, state=InvitationState.ACCEPTED)
    return sorted(accepted.values_list("hub_id", flat=True))


def progress(request: Request, *, audience: Audience = "hub") -> list[Step]:
    """Return the steps of the case as this audience knows them; no queries."""
    return [
        Step(
            key=stage.key,
            name=name,
            state=state,
            note=note,
            href=_page_of(stage, audience, request) if state != "later" else "",
        )
        for stage, name, state, note in _steps(
            request.scenario, request.scenario_version, request.state, audience, get_language()
        )
    ]


def _page_of(stage: Stage, audience: Audience, request: Request) -> str:
    other = IDEA_PAGES if request.client_id is None else MATCH_PAGES if scenario_of(request).base == "MM" else {}
    page = other.get(stage.key, {}).get(audience) or STAGE_PAGES.get(stage.key, {}).get(audience, "")
    return address(page, request.ref)


def page_of_state(request: Request, *, audience: Audience = "hub") -> str:
    """Return the address where the case is worked on in its state; that of the need where there is none."""
    stage = scenario_of(request).stage_in(request.state)
    return (_page_of(stage, audience, request) if stage else "") or address("partnering:request", request.ref)


@lru_cache(maxsize=1024)
def _steps(
    scenario_id: str, version: str, request_state: str, audience: Audience, language: str | None
) -> tuple[tuple[Stage, str, Literal["done", "now", "later"], str], ...]:
    """Return each stage with its name, state and note; those of a cancelled case all lie ahead."""
    scenario = scenarios.scenario(scenario_id, version)
    here = next((n for n, stage in enumerate(scenario.stages) if request_state in stage.states), len(scenario.stages))
    if request_state == RequestState.CANCELLED:
        here = -1
    steps = []
    for n, stage in enumerate(scenario.stages):
        if audience not in stage.names:
            continue
        state: Literal["done", "now", "later"] = "done" if n < here else "now" if n == here else "later"
        name = pgettext("content", stage.names[audience])
        steps.append((stage, name, state, _note(scenario, stage, audience, state)))
    return tuple(steps)


def _note(scenario: Scenario, stage: Stage, audience: Audience, state: str) -> str:
    if state == "now":
        return pgettext("content", stage.notes[audience])
    days = scenario.usual_days(stage.states) if state == "later" else 0
    if not days:
        return ""
    if days >= 14:
        weeks = round(days / 7)
        return ngettext("Usually %(n)s week", "Usually %(n)s weeks", weeks) % {"n": weeks}
    return ngettext("Usually %(n)s day", "Usually %(n)s days", days) % {"n": days}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn it is, in one sentence for this reader. Prints as that sentence."""

    sentence: str
    is_mine: bool
    since: datetime

    def __str__(self) -> str:
        return self.sentence


def whose_turn(request: Request, actor: Actor, *, names: Mapping[int, str] | None = None) -> Turn:
    """Say whose turn it is. Partners and the client read no hub names that are not theirs to know.

    At most one query, and only when a lead waits for its partners. ``request.lead`` should be loaded.

    :param names: the names of the partner hubs, where a list has read them already
    """
    mine = _is_my_turn(request, actor)
    return Turn(sentence=_sentence(request, actor, mine, names), is_mine=mine, since=request.state_since)


def _is_my_turn(request: Request, actor: Actor) -> bool:
    if actor.hub_id is not None and actor.hub_id in request.turn_hub_ids:
        return True
    return request.turn_client and speaks_for(request, actor)


def speaks_for(request: Request, actor: Actor) -> bool:
    """Whether the person speaks for the client of the case."""
    return request.client_id is not None and request.client_id in actor.client_ids


def _sentence(request: Request, actor: Actor, mine: bool, names: Mapping[int, str] | None) -> str:
    if request.state == RequestState.CANCELLED:
        return _("This request was cancelled.")
    if request.state == RequestState.CLOSED:
        return _("This case is closed.")
    if mine:
        return _("It is your turn.")
    others = [hub_id for hub_id in request.turn_hub_ids if hub_id != request.lead_id]
    if request.lead_id in request.turn_hub_ids:
        return _("Waiting for %(hub)s.") % {"hub": request.lead.name}
    if others and actor.hub_id == request.lead_id:
        if names is None:
            names = {hub.id: hub.name for hub in hubs.hub_names(others)}
        if known := sorted(names[hub_id] for hub_id in others if hub_id in names):
            return _waiting_for(known)
    if others:
        return _("Waiting for the partner hubs.")
    if request.turn_client:
        return _("Waiting for the client.")
    return _("Nobody has to act now.")


def _waiting_for(names: list[str]) -> str:
    if len(names) > _MOST_NAMED:
        return ngettext("Waiting for %(n)s hub.", "Waiting for %(n)s hubs.", len(names)) % {"n": len(names)}
    return _("Waiting for %(hubs)s.") % {"hubs": ", ".join(names)}


def onward(request: Request, *, audience: Audience, current: str) -> tuple[str, str] | None:
    """Where a case is worked on, unless this is the page: words and address. None where nothing is shown yet.

    :param current: the tab of the page
    """
    scenario = scenario_of(request)
    if request.state == RequestState.INVITING and audience == "hub":
        if not scenario.has_client and current != "canvas":
            return _("Open the canvas"), address("codesign:canvas", request.ref)
        if scenario.base == "MM" and current != "answers":
            return _("See the answers"), address("matchmaking:answers", request.ref)
        if scenario.has_client and scenario.base != "MM" and current != "invite":
            return _("See the invitations"), address("partnering:invite", request.ref)
    stage = scenario.stages[-1] if request.state == RequestState.CLOSED else scenario.stage_in(request.state)
    if stage is None or stage.key not in {"agreeing", "delivering", "confirming"}:
        return None
    href = _page_of(stage, audience, request)
    if not href:
        return None
    if stage.key == "agreeing":
        return _("Open the agreement"), href
    if stage.key == "confirming" and not scenario.has_client:
        return (_("Open the launch"), href) if current != "launch" else None
    return (_("See the work") if audience == "client" else _("Open the delivery")), href


def draft_page(request: Request) -> str:
    """The address where the agreement is drafted, once a hub has said yes; empty before and after.

    Where the hubs write a canvas first, that page leads there.
    """
    is_asked = request.state in MOVES["draft"].sources and scenario_of(request).has_client
    has_yes = "accepted" in live_invitations(request).values()
    return address("agreements:new", request.ref) if is_asked and has_yes else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One page of a case, as a tab on top of each."""

    name: str
    href: str
    current: bool


def tabs_of(request: Request, *, audience: Audience, current: str) -> list[Tab]:
    """The pages of one case, for the tabs on top of each."""
    scenario = scenario_of(request)
    has_steps = any(step.is_general and (audience == "hub" or step.names.client) for step in scenario.steps)
    kind = "client" if scenario.has_client else "launch" if request.state in _LAUNCHING else "idea"
    kind = "match" if scenario.base == "MM" else kind
    return [
        Tab(name=name, href=page.replace(STAND_IN, request.ref), current=key == current)
        for key, name, page in _pages(audience, kind, has_steps, get_language(), get_script_prefix())
    ]


_LAUNCHING = frozenset({RequestState.CONFIRMING, RequestState.CLOSED})


@lru_cache(maxsize=128)
def _pages(
    audience: Audience, kind: str, has_steps: bool, language: str | None, prefix: str
) -> tuple[tuple[str, str, str], ...]:
    has_client = kind in {"client", "match"}
    pages = [] if audience == "partner" else [("need", _("Need") if has_client else _("Idea"), "partnering:request")]
    if kind == "match":
        pages += [("ask", _("Partner request"), "matchmaking:ask")]
        pages += [("answers", _("Answers"), "matchmaking:answers")] if audience == "hub" else []
    elif audience == "hub":
        pages += [
            ("shortlist", _("Shortlist and team"), "partnering:shortlist"),
            ("invite", _("Invitations"), "partnering:invite"),
        ]
    if has_steps:
        pages.append(("steps", _("Further steps"), "steps:page"))
    if audience != "client":
        pages.append(("costs", _("Costs and shares"), "shares:costs"))
    if has_client:
        pages.append(("sharing", _("What is shown to whom"), "partnering:sharing"))
    else:
        pages.append(("canvas", _("Canvas"), "codesign:canvas"))
        if kind == "launch":
            pages.append(("launch", _("Launch and uptake"), "codesign:launch"))
    if audience != "partner":
        pages.append(("history", _("History"), "partnering:history"))
    return tuple((key, name, address(view, STAND_IN)) for key, name, view in pages)
