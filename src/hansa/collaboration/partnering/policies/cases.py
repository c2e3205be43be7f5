"""Who may work on a request. Source: BP-JD."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.partnering.models import Request
from hansa.collaboration.partnering.states import MOVES, OPEN_STATES, RequestState
from hansa.collaboration.scenarios import queries as scenarios
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no
from hansa.foundation.states import can_move

_BEFORE_INVITING = frozenset({RequestState.NEED, RequestState.SHORTLIST})
_PICKING = _BEFORE_INVITING | {RequestState.INVITING}


def can_go_on(request: Request, move: str) -> Verdict:
    """Whether the case may make a move now: from its state, with all done that its scenario asks for before it."""
    verdict = can_move(MOVES, move, request.state)
    if not verdict:
        return verdict
    scenario = scenarios.scenario(request.scenario, request.scenario_version)
    missing = scenario.waited_for(move, done=request.done_steps)
    if not missing:
        return YES
    names = ", ".join(pgettext("content", step.names.hub) for step in missing)
    return No(_("This waits for other steps of the case: %(steps)s.") % {"steps": names})


def leads(actor: Actor, request: Request) -> Verdict:
    """YES for managers and staff of the hub that leads the request."""
    if actor.works_for_hub and actor.hub_id == request.lead_id:
        return YES
    return No(_("Only people of the lead hub can do this."))


def finds_match(request: Request) -> bool:
    """Whether the case follows matchmaking, or a scenario made from it: hubs suggest somebody instead of joining."""
    return scenarios.scenario(request.scenario, request.scenario_version).base == "MM"


def speaks_for_client(actor: Actor, request: Request) -> Verdict:
    if request.client_id in actor.client_ids:
        return YES
    return No(_("Only the client can do this."))


def can_state_for_client(actor: Actor) -> Verdict:
    """Whether the actor may type in a need for a client of their hub."""
    return YES if actor.works_for_hub else No(_("Only managers and staff of a hub can enter a need."))


def can_correct_wants(actor: Actor, request: Request) -> Verdict:
    """Whether the actor may keep, remove and add what the need asks for."""
    if request.state not in _BEFORE_INVITING:
        return first_no(leads(actor, request), No(str(MOVES["understand"].refusal)))
    return leads(actor, request)


def can_follow(actor: Actor, request: Request) -> Verdict:
    """Whether the lead may let the case follow another scenario of the network."""
    if request.state not in _BEFORE_INVITING:
        return first_no(leads(actor, request), No(_("Hubs are invited already, so the case keeps its scenario.")))
    return leads(actor, request)


def can_pick(actor: Actor, request: Request) -> Verdict:
    """Whether the actor may change the team."""
    if request.state not in _PICKING:
        return first_no(leads(actor, request), No(_("The team can no longer change: an agreement is drafted.")))
    return leads(actor, request)


def can_confirm_understanding(actor: Actor, request: Request) -> Verdict:
    """Whether the client may say that it was understood."""
    if request.state not in OPEN_STATES:
        return first_no(speaks_for_client(actor, request), No(_("This request is closed.")))
    return speaks_for_client(actor, request)


def can_ask_client(actor: Actor, request: Request) -> Verdict:
    if request.state not in OPEN_STATES:
        return first_no(leads(actor, request), No(_("This request is closed.")))
    return leads(actor, request)


def can_answer_client(actor: Actor, request: Request) -> Verdict:
    """Whether the client may write to its hub about the request."""
    return can_confirm_understanding(actor, request)


def can_cancel(actor: Actor, request: Request) -> Verdict:
    """The lead or the client may cancel until delivery starts."""
    if not leads(actor, request) and not speaks_for_client(actor, request):
        return No(_("Only the lead hub or the client can cancel a request."))
    return can_go_on(request, "cancel")
