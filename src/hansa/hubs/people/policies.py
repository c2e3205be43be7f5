"""Who may do what for a hub; other corners reuse the verdicts about roles. Source: BP-ACC-01."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict


def can_work_for_hub(actor: Actor) -> Verdict:
    """Return whether the actor may work on the cases of the hub they act for."""
    if actor.works_for_hub:
        return YES
    if actor.hub_id is None:
        return No(_("Only people of a hub can do this."))
    return No(_("Only managers and staff of your hub can do this."))


def can_manage_hub(actor: Actor, hub_id: int, *, ask: Iterable[str] = ()) -> Verdict:
    """Return whether the actor may decide for the hub: its managers and the stewards of the network.

    :param ask: names of the managers, so that the refusal says whom to ask (``queries.managers_of``)
    """
    if actor.is_steward or (actor.manages_hub and actor.hub_id == hub_id):
        return YES
    if actor.hub_id != hub_id:
        return No(_("Only a manager of that hub can do this."))
    names = [name for name in ask if name]
    if not names:
        return No(_("Only a manager of your hub can do this."))
    return No(_("Only a manager of your hub can do this. Ask %(name)s.") % {"name": names[0]})


def can_sign_for_hub(actor: Actor, hub_id: int, *, ask: Iterable[str] = ()) -> Verdict:
    """Return whether the actor may sign for the hub.

    :param ask: names of the signatories (``queries.signatories_of``)
    """
    if actor.signs_for_hub and actor.hub_id == hub_id:
        return YES
    names = [name for name in ask if name]
    if not names:
        return No(_("Only a signatory of your hub can sign, and it has none yet. A manager can name one."))
    return No(_("Only a signatory of your hub can sign. Ask %(name)s.") % {"name": names[0]})


def is_steward(actor: Actor) -> Verdict:
    """Return whether the actor is a steward of the network."""
    return YES if actor.is_steward else No(_("Only a steward of the network can do this."))


def can_see_people(actor: Actor, hub_id: int) -> Verdict:
    """Return whether the actor may see the list of people of the hub."""
    return YES if actor.hub_id == hub_id or actor.is_steward else No(_("Only people of that hub can see this."))


def can_leave(actor: Actor, user_id: int, hub_id: int, *, ask: Iterable[str] = ()) -> Verdict:
    """Return whether the actor may end this membership: their own, or any as a manager."""
    if actor.user_id == user_id and actor.hub_id == hub_id:
        return YES
    return can_manage_hub(actor, hub_id, ask=ask)
