"""Fill and clear the demo network."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.aid import operations as aid
from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.matchmaking import operations as matchmaking
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.shares import operations as shares
from hansa.foundation import activity
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as listed
from hansa.hubs.people import operations as people
from hansa.web.demo.operations.cases import add_cases
from hansa.web.demo.operations.hubs import add_hubs
from hansa.web.demo.operations.services import add_services
from hansa.web.demo.queries import PASSWORD, logins

__all__ = ["clear", "ensure"]

_NETWORK_ROLES = {
    "steward@demo.example": "steward",
    "assessor@demo.example": "assessor",
    "observer@demo.example": "policy",
}
_LONG_AGO = timedelta(days=300)


@transaction.atomic
def ensure(*, at: datetime) -> bool:
    """Add hubs, people and cases unless they are there; return whether anything was added."""
    if listed.has_demo_hubs():
        return False
    members = add_hubs(at=at - _LONG_AGO)
    for login in logins():
        if login.email in _NETWORK_ROLES:
            people.create_person(
                email=login.email, name=login.name, roles=[_NETWORK_ROLES[login.email]], password=PASSWORD, is_demo=True
            )
    add_cases(members, at=at)
    add_services(members, at=at)
    return True


@transaction.atomic
def clear() -> tuple[int, list[str]]:
    """Remove all that is marked as demo. Return how many hubs went, and the names of those real cases still need."""
    activity.allow_removal_of_demo()
    aid.forget_demo()
    shares.forget_demo()
    matchmaking.forget_demo()
    delivery.forget_demo()
    agreements.forget_demo()
    refs = partnering.forget_demo()
    gone, kept = directory.forget_demo()
    people.forget_demo()
    activity.forget(case_refs=refs, hub_ids=gone)
    return len(gone), kept
