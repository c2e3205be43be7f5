"""Who may estimate, spend, show sums and read the network's figures. Source: BP-REC-R3.1."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.states import RequestState
from hansa.collaboration.shares.states import ESTIMATING
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no


def works_in_team(actor: Actor, hub_ids: Collection[int]) -> Verdict:
    """YES for managers and staff of a hub of the team."""
    if actor.works_for_hub and actor.hub_id in hub_ids:
        return YES
    return No(_("Only people of the team's hubs can do this."))


def can_estimate(actor: Actor, request: Any, hub_ids: Collection[int]) -> Verdict:
    """Whether the actor may say what its hub expects: until all have signed."""
    open_ = (
        YES if request.state in ESTIMATING else No(_("Every party has signed, so estimates stay as they were before."))
    )
    return first_no(works_in_team(actor, hub_ids), open_)


def can_spend(actor: Actor, collaboration: Any) -> Verdict:
    """Whether the actor may enter or remove an expense: from the delivery to the closing."""
    if collaboration is None:
        return No(_("Expenses can be entered once every party has signed."))
    if collaboration.closed_at:
        return first_no(
            works_in_team(actor, collaboration.party_ids), No(_("The case is closed, so no expenses are added."))
        )
    return works_in_team(actor, collaboration.party_ids)


def can_release(actor: Actor, request: Any, hub_ids: Collection[int]) -> Verdict:
    """Whether the actor may show or hide the sums of its hub; at any time, a closed case too."""
    if request.state == RequestState.CANCELLED:
        return No(_("This request was cancelled."))
    return works_in_team(actor, hub_ids)


def sees_money(*, viewer: int, of: int, lead: int, releases: Collection[int]) -> bool:
    """Whether a hub sees the sums of another: its own always, else only between lead and partner when released."""
    return viewer == of or (of in releases and lead in {viewer, of})


def can_read_network_costs(actor: Actor) -> Verdict:
    """Stewards, assessors and policy observers read what cooperation costs; never a single case."""
    return YES if actor.network_roles else No(_("Only people with a role in the network see its costs."))
