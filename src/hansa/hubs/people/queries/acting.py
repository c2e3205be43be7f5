"""Who acts, and for which hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField

from hansa.foundation.actors import VISITOR, Actor
from hansa.foundation.prepared import Prepared, Slot
from hansa.hubs.people.models import Membership
from hansa.hubs.people.states import NETWORK_ROLES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A hub a person belongs to, as the organisation switcher shows it."""

    id: int
    name: str
    slug: str
    is_demo: bool
    roles: frozenset[str]

    @property
    def role_names(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.roles]


def actor_of(*, user: Any, hub_id: int | None = None) -> Actor:
    """Return who acts, in one query: the person, the hub they act for now, and their roles there.

    :param user: a user or an anonymous user; the latter, and people whose account is closed, are visitors
    :param hub_id: the hub chosen in the switcher; ignored when the person does not belong to it
    """
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    memberships = _read_open_memberships(user)
    hubs = {membership.hub_id: membership.hub for membership in memberships if membership.hub_id}
    acting = hub_id if hub_id in hubs else next(iter(hubs), None)
    return Actor(
        user_id=user.pk,
        name=str(user),
        email=user.email,
        hub_id=acting,
        hub_name=hubs[acting].name if acting else "",
        hub_roles=frozenset(m.role for m in memberships if m.hub_id and m.hub_id == acting),
        client_ids=frozenset(m.client_id for m in memberships if m.client_id),
        network_roles=frozenset(m.role for m in memberships if m.role in NETWORK_ROLES),
    )


def organisations_of(user: Any) -> list[Organisation]:
    """Return the hubs the person can act for, oldest membership first.

    Costs no query after ``actor_of`` with the same user object.
    """
    if not user.is_authenticated:
        return []
    memberships = getattr(user, "_open_memberships", None)
    if memberships is None:
        memberships = _read_open_memberships(user)
    roles: dict[int, set[str]] = {}
    for membership in memberships:
        if membership.hub_id:
            roles.setdefault(membership.hub_id, set()).add(membership.role)
    hubs = {membership.hub_id: membership.hub for membership in memberships if membership.hub_id}
    return [
        Organisation(id=pk, name=hub.name, slug=hub.slug, is_demo=hub.is_demo, roles=frozenset(roles[pk]))
        for pk, hub in hubs.items()
    ]


def hub_ids_of(user_id: int) -> list[int]:
    """Return the hubs the person belongs to; one query."""
    rows = Membership.objects.filter(user_id=user_id, ended_at=None, hub__isnull=False)
    return sorted(set(rows.values_list("hub_id", flat=True)))


def _read_open_memberships(user: Any) -> list[Membership]:
    """Read the open memberships and leave them on the user object, for the rest of this request."""
    user._open_memberships = _open_memberships.all(user=user.pk)
    return user._open_memberships


_open_memberships = Prepared(
    lambda: (
        Membership.objects.filter(user_id=Slot("user", BigIntegerField()), ended_at=None)
        .select_related("hub")
        .only("id", "role", "user_id", "hub_id", "client_id", "hub__id", "hub__name", "hub__slug", "hub__is_demo")
        .order_by("pk")
    )
)
