"""Who may change what in the directory."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hansa.foundation.actors import SYSTEM, Actor
from hansa.foundation.policies import YES, No, Verdict
from hansa.hubs.directory.models import Hub


def can_edit_profile(actor: Actor, hub: Hub) -> Verdict:
    """Managers of the hub and the network's stewards may; Hansa itself may (imports, demo)."""
    if actor is SYSTEM or actor.is_steward:
        return YES
    if actor.is_visitor:
        return No(_("Please sign in to change a profile."))
    if actor.hub_id != hub.pk:
        return No(_("Only people of this hub can change its profile."))
    if not actor.manages_hub:
        return No(_("Only a manager of your hub can change its profile."))
    return YES


def can_add_hub(actor: Actor) -> Verdict:
    """Stewards add hubs; hubs do not add themselves."""
    if actor is SYSTEM or actor.is_steward:
        return YES
    return No(_("Only a steward of the network can add a hub."))


def can_remove_hub(actor: Actor, hub: Hub) -> Verdict:
    if actor is SYSTEM or actor.is_steward:
        return YES
    return No(_("Only a steward of the network can remove a hub."))


def can_import_hubs(actor: Actor) -> Verdict:
    if actor is SYSTEM or actor.is_steward:
        return YES
    return No(_("Only a steward of the network can import hubs."))


def can_keep_ecosystem(actor: Actor) -> Verdict:
    """Managers and staff of a hub keep the organisations of its ecosystem; nobody else sees that there are any."""
    if actor.works_for_hub:
        return YES
    return No(_("Only managers and staff of a hub can change the organisations of its ecosystem."))
