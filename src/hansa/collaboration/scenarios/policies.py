"""Who may read, propose, change, review and publish scenarios."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hansa.collaboration.scenarios.models import ScenarioVersion
from hansa.collaboration.scenarios.states import VERSION_MOVES, VersionState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no
from hansa.foundation.states import can_move

_OPEN = frozenset({VersionState.DRAFT, VersionState.REVIEW})


def can_read_scenarios(actor: Actor) -> Verdict:
    """Whether the actor reads the scenarios of the network: people of hubs and of the network do."""
    if actor.network_roles or (actor.hub_id is not None and actor.hub_roles):
        return YES
    return No(_("Scenarios are for people of hubs and of the network."))


def can_read(actor: Actor, version: ScenarioVersion) -> Verdict:
    """Versions in use are for all hubs; what is being written for the network's people, until it is in review."""
    if version.state == VersionState.DRAFT and not actor.is_steward:
        return No(_("This version is still being written."))
    return can_read_scenarios(actor)


def can_propose(actor: Actor) -> Verdict:
    return YES if actor.works_for_hub else No(_("Managers and staff of hubs can propose a scenario."))


def can_comment(actor: Actor, version: ScenarioVersion) -> Verdict:
    return first_no(can_read(actor, version), can_read_scenarios(actor))


def stewards(actor: Actor) -> Verdict:
    """YES for the steward of the network."""
    return YES if actor.is_steward else No(_("Only the steward of the network can do this."))


def can_change(actor: Actor, version: ScenarioVersion) -> Verdict:
    return first_no(stewards(actor), can_move(VERSION_MOVES, "change", version.state))


def can_submit(actor: Actor, version: ScenarioVersion) -> Verdict:
    return first_no(stewards(actor), can_move(VERSION_MOVES, "submit", version.state))


def can_review(actor: Actor, version: ScenarioVersion) -> Verdict:
    """Whether the actor may publish the version or send it back: somebody of the network who did not hand it in."""
    if not actor.network_roles:
        return No(_("Only people of the network review scenarios."))
    verdict = can_move(VERSION_MOVES, "publish", version.state)
    if verdict and version.submitted_by_id == actor.user_id:
        return No(_("You handed this version in. Somebody else of the network has to review it."))
    return verdict


def can_retire(actor: Actor, version: ScenarioVersion) -> Verdict:
    if version.key == version.base:
        return first_no(stewards(actor), No(_("The scenarios of the blueprint are always offered.")))
    return first_no(stewards(actor), can_move(VERSION_MOVES, "retire", version.state))


def can_offer_again(actor: Actor, version: ScenarioVersion) -> Verdict:
    return first_no(stewards(actor), can_move(VERSION_MOVES, "offer_again", version.state))
