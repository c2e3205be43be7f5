"""Launching: each hub puts its own version of the service into its catalogue, and counts what it delivers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.codesign import policies
from hansa.collaboration.codesign.models import UptakeCount
from hansa.collaboration.codesign.operations.rows import record
from hansa.collaboration.codesign.queries.launching import offer_by
from hansa.collaboration.codesign.queries.team import team_of
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering.operations.case import locked
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as hubs

MOST_CLIENTS = 100_000


class CannotLaunch(Refusal):
    """The hub cannot offer its version now."""


class CannotCount(Refusal):
    """The count cannot be taken like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A hub's own version of the service, as its profile shows it."""

    activity_code: str
    title: str
    description: str = ""
    languages: tuple[str, ...] = ()
    price_note: str = ""


@transaction.atomic
def launch(request: Any, version: Version, *, by: Actor, at: datetime) -> Any:
    """Put the hub's version into its catalogue, marked as made together; a second time changes it.

    It is the turn of the hubs that have not launched, and of the lead, who may close once one hub offers the service.

    :raises CannotLaunch: before the development is done, by somebody who does not manage a hub of the team, or when
        the version has no title or an activity that does not exist
    """
    row = locked(request)
    team = team_of(row)
    policies.can_launch(by, row, team).or_raise(CannotLaunch)
    if not version.title.strip():
        raise CannotLaunch(_("Give your version a title."))
    assert by.hub_id is not None
    fields = asdict(version) | {"languages": list(version.languages)}
    offer = offer_by(row.ref, by.hub_id)
    try:
        if offer is not None:
            return directory.change_offer(offer, by=by, at=at, **fields)
        offer = directory.add_joint_offer(
            hubs.hub_by_id(by.hub_id), made_in=row.ref, made_with=team, by=by, at=at, **fields
        )
    except directory.CannotChangeProfile as no:
        raise CannotLaunch(no.reason) from no
    record("service.launched", row, by=by, at=at, team=team, facts={"hub_id": by.hub_id})
    if row.state == RequestState.CONFIRMING:
        left = [hub_id for hub_id in row.turn_hub_ids if hub_id != by.hub_id]
        partnering.hand_over(row, hubs=[*left, row.lead_id])
    return offer


@transaction.atomic
def count_uptake(
    request: Any, *, starts_on: date, ends_on: date, n_clients: int, source: str, by: Actor, at: datetime
) -> UptakeCount:
    """Write down how many clients the hub served with its version in a period.

    :raises CannotCount: before it offers the service, for a period that is not over, ends before it starts or overlaps
        one that is counted, for a number that cannot be, or without a source
    """
    row = locked(request)
    team = team_of(row)
    offer = offer_by(row.ref, by.hub_id or 0)
    policies.can_count(by, row, team, has_launched=offer is not None).or_raise(CannotCount)
    source = " ".join(source.split())
    if starts_on > ends_on:
        raise CannotCount(_("The period ends before it starts."))
    if ends_on > at.date():
        raise CannotCount(_("Count a period when it is over: its last day lies ahead."))
    if not 0 <= n_clients <= MOST_CLIENTS:
        raise CannotCount(_("Write a number from 0 to 100,000."))
    if not 1 <= len(source) <= 300:
        raise CannotCount(_("Say where the number comes from, such as a list of participants."))
    own = UptakeCount.objects.filter(request=row, hub_id=by.hub_id, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if own.exists():
        raise CannotCount(_("Part of this period is counted already. Remove that count first."))
    counted = UptakeCount.objects.create(
        request=row,
        hub_id=by.hub_id,
        starts_on=starts_on,
        ends_on=ends_on,
        n_clients=n_clients,
        source=source,
        author_id=by.user_id,
        at=at,
    )
    facts = {"hub_id": by.hub_id, "n": n_clients, "from": str(starts_on), "to": str(ends_on)}
    record("uptake.counted", row, by=by, at=at, team=team, facts=facts)
    return counted


@transaction.atomic
def remove_count(request: Any, count_id: int, *, by: Actor, at: datetime) -> None:
    """Take a count of the own hub back; one that is gone already stays gone.

    :raises CannotCount: by somebody who is not of the team
    """
    row = locked(request)
    team = team_of(row)
    policies.is_of_team(by, team).or_raise(CannotCount)
    gone, _rows = UptakeCount.objects.filter(pk=count_id, request=row, hub_id=by.hub_id).delete()
    if gone:
        record("uptake.removed", row, by=by, at=at, team=team, facts={"hub_id": by.hub_id})
