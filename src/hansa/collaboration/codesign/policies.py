"""Who may write the canvas, agree to it, launch and count. Pure: the team is read by the caller. Source: BP-NS."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no

_LAUNCHING = frozenset({RequestState.CONFIRMING, RequestState.CLOSED})


def is_of_team(actor: Actor, team: Collection[int]) -> Verdict:
    """YES for managers and staff of a hub of the team."""
    if actor.works_for_hub and actor.hub_id in team:
        return YES
    return No(_("Only people of the team's hubs can do this."))


def can_write(actor: Actor, request: Any, team: Collection[int]) -> Verdict:
    """Whether the actor may change the canvas or comment on it now."""
    if request.state == RequestState.INVITING:
        return is_of_team(actor, team)
    if request.state in {RequestState.NEED, RequestState.SHORTLIST}:
        return No(_("The canvas is written once hubs are invited."))
    return No(_("The canvas stays as the hubs agreed to it."))


def can_approve(actor: Actor, request: Any, team: Collection[int], *, missing: Sequence[str]) -> Verdict:
    """Whether the actor's hub may agree to the canvas as it stands.

    :param missing: what is still empty, in words
    """
    verdict = can_write(actor, request, team)
    if verdict and len(team) < 2:
        return No(_("Wait until another hub has said yes."))
    if verdict and missing:
        return No(_("Write these first: %(fields)s.") % {"fields": "; ".join(missing)})
    return verdict


def can_launch(actor: Actor, request: Any, team: Collection[int]) -> Verdict:
    """Whether the actor's hub may put its version into its catalogue now."""
    verdict = is_of_team(actor, team)
    if verdict and request.state not in _LAUNCHING:
        return No(_("The launch begins when the development is done."))
    if verdict and not actor.manages_hub:
        return No(_("Only a manager of your hub can change its profile."))
    return verdict


def can_count(actor: Actor, request: Any, team: Collection[int], *, has_launched: bool) -> Verdict:
    """Whether the actor may write down how many clients their hub served with its version."""
    if not has_launched:
        return first_no(is_of_team(actor, team), No(_("Your hub counts once it offers the service.")))
    return is_of_team(actor, team)
