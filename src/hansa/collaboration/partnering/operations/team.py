"""Picking the team, and the limits the team search keeps to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Invitation, Request, TeamPick
from hansa.collaboration.partnering.operations.case import locked, record
from hansa.collaboration.partnering.operations.wants import CannotUnderstand, understand
from hansa.collaboration.partnering.states import InvitationState, PartnerMode, RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as hubs

MAX_TEAM = 20


class CannotPick(Refusal):
    """The team cannot be changed like this."""


@transaction.atomic
def pick_team(
    request: Request, *, add: Iterable[int] = (), drop: Iterable[int] = (), by: Actor, at: datetime
) -> list[int]:
    """Put hubs into the team and take others out; return the hubs picked now, in the order they were picked.

    A hub that is invited stays until its invitation is taken back or answered with no. From a need that nobody called
    clear yet this moves on to the shortlist. Picking what is picked already changes nothing.

    :raises CannotPick: by a stranger, after the agreement was drafted, for a hub that cannot be asked
    """
    row = locked(request)
    policies.can_pick(by, row).or_raise(CannotPick)
    add, drop = set(add), set(drop)
    drop -= add
    picked = list(TeamPick.objects.filter(request=row).order_by("pk").values_list("hub_id", flat=True))
    new = [hub_id for hub_id in sorted(add) if hub_id not in picked]
    _check_new(row, picked, new)
    _check_dropped(row, drop & set(picked))
    if row.state == RequestState.NEED:
        _leave_need(row, by=by, at=at)
    TeamPick.objects.filter(request=row, hub_id__in=drop).delete()
    TeamPick.objects.bulk_create(TeamPick(request=row, hub_id=hub_id) for hub_id in new)
    dropped = [hub_id for hub_id in picked if hub_id in drop]
    if new or dropped:
        record("team.picked", row, by=by, at=at, facts={"added": new, "dropped": dropped})
    return [hub_id for hub_id in picked if hub_id not in drop] + new


def _check_new(row: Request, picked: list[int], new: list[int]) -> None:
    if row.lead_id in new:
        raise CannotPick(_("Your own hub is in the team anyway."))
    if len(picked) + len(new) > MAX_TEAM:
        raise CannotPick(_("A team has %(n)s partners at most.") % {"n": MAX_TEAM})
    if new and len(hubs.listed_ids(new)) < len(new):
        raise CannotPick(_("One of these hubs is no longer in the directory."))


def _check_dropped(row: Request, dropped: set[int]) -> None:
    live = (InvitationState.SENT, InvitationState.ACCEPTED)
    names = Invitation.objects.filter(request=row, hub_id__in=dropped, state__in=live).values_list(
        "hub__name", flat=True
    )
    if name := next(iter(names), None):
        raise CannotPick(_("%(hub)s is invited. Take the invitation back first.") % {"hub": name})


def _leave_need(row: Request, *, by: Actor, at: datetime) -> None:
    try:
        understand(row, by=by, at=at)
    except CannotUnderstand as no:
        raise CannotPick(no.reason) from no


@transaction.atomic
def rank_by(request: Request, mode: str, *, by: Actor, at: datetime) -> None:
    """Rank hubs by what the lead lacks (``complementary``) or by what both have (``similar``). Again changes nothing.

    :raises CannotPick: by a stranger, after the agreement was drafted, or for another word
    """
    row = locked(request)
    policies.can_pick(by, row).or_raise(CannotPick)
    if mode not in PartnerMode.values:
        raise CannotPick(_("Choose complementary or similar hubs."))
    if row.mode != mode:
        row.mode = mode
        row.save(update_fields=["mode"])
        record("team.ranked_by", row, by=by, at=at, facts={"mode": mode})
    request.mode = mode


@transaction.atomic
def set_limits(request: Request, limits: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Store the side conditions of the team, as the limits form cleaned them: JSON values by the engine's names.

    :raises CannotPick: by a stranger, or after the agreement was drafted
    """
    row = locked(request)
    policies.can_pick(by, row).or_raise(CannotPick)
    if row.limits == dict(limits):
        return
    row.limits = dict(limits)
    row.save(update_fields=["limits"])
    record("team.limited", row, by=by, at=at, facts=dict(limits))
    request.limits = row.limits
