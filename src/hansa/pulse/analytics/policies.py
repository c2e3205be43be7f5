"""Who may read which results."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict


def can_read_hub_results(actor: Actor) -> Verdict:
    """People of a hub read the numbers of their own hub."""
    return YES if actor.hub_id is not None and actor.hub_roles else No(_("Only people of a hub have results here."))


def can_read_network_results(actor: Actor) -> Verdict:
    """Stewards, assessors and policy observers read the network's totals; no client and no single case."""
    return YES if actor.network_roles else No(_("Only people with a role in the network see its totals."))
