"""Who belongs to a hub, a client or the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from hansa.foundation.prepared import Among, Rows
from hansa.hubs.people.models import Membership, User
from hansa.hubs.people.states import NETWORK_ROLES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with all their roles in a hub, or in the network, as lists of people show them."""

    user_id: int
    name: str
    email: str
    job_title: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    since: datetime
    has_signed_in: bool


def people_of_hub(hub_id: int, roles: Iterable[str] = ()) -> list[User]:
    """Return the people of a hub by name, all or those with one of ``roles``."""
    memberships = Membership.objects.filter(hub_id=hub_id, ended_at=None)
    if roles:
        memberships = memberships.filter(role__in=list(roles))
    return list(User.objects.filter(pk__in=memberships.values("user_id"), is_active=True).order_by("name", "pk"))


def managers_of(hub_id: int) -> list[User]:
    """Return who may decide for the hub."""
    return people_of_hub(hub_id, [Role.MANAGER])


def signatories_of(hub_id: int) -> list[User]:
    """Return who may sign for the hub."""
    return people_of_hub(hub_id, [Role.SIGNATORY])


def contacts_of(client_id: int) -> list[User]:
    """Return who speaks for the client, by name."""
    memberships = Membership.objects.filter(client_id=client_id, ended_at=None)
    return list(User.objects.filter(pk__in=memberships.values("user_id"), is_active=True).order_by("name", "pk"))


def stewards() -> list[User]:
    """Return who looks after the network, by name."""
    memberships = Membership.objects.filter(role=Role.STEWARD, ended_at=None)
    return list(User.objects.filter(pk__in=memberships.values("user_id"), is_active=True).order_by("name", "pk"))


def network_people() -> list[Member]:
    """Return who has a role of the network, with these roles, in one query, by name."""
    open_rows = Membership.objects.filter(role__in=NETWORK_ROLES, ended_at=None)
    return _members(open_rows)


def users_by_id(user_ids: Iterable[int | None]) -> list[User]:
    """Return these people, without those whose account is closed."""
    return list(User.objects.filter(pk__in=[pk for pk in user_ids if pk is not None], is_active=True))


def members_of(hub_id: int) -> list[Member]:
    """Return every person of the hub with their roles, in one query, by name."""
    return members_of_hubs([hub_id])


def rows_of_people(hub_ids: Any) -> Rows:
    """Return the people of an array of hubs as a column of another room's statement; ``people_in`` reads it."""
    rows = Membership.objects.filter(Among(F("hub"), hub_ids), ended_at=None).order_by("user__name", "pk")
    return Rows(rows, "user_id", Coalesce(NullIf("user__name", Value("")), "user__email"))


def people_in(rows: list[Any] | None) -> tuple[tuple[int, str], ...]:
    """Return the people of such a column, each once, as id and name."""
    return tuple(dict(rows or ()).items())


def members_of_hubs(hub_ids: Iterable[int]) -> list[Member]:
    """Return every person of these hubs with their roles there, in one query, by name."""
    return _members(Membership.objects.filter(hub_id__in=list(hub_ids), ended_at=None))


def _members(open_rows: QuerySet[Membership]) -> list[Member]:
    rows = open_rows.select_related("user").order_by("user__name", "pk")
    grouped: dict[int, list[Membership]] = {}
    for row in rows:
        grouped.setdefault(row.user_id, []).append(row)
    order = {role: number for number, role in enumerate(Role.values)}
    return [_member(sorted(mine, key=lambda row: order[row.role])) for mine in grouped.values()]


def _member(mine: list[Membership]) -> Member:
    user = mine[0].user
    return Member(
        user_id=user.pk,
        name=str(user),
        email=user.email,
        job_title=user.job_title,
        roles=tuple(row.role for row in mine),
        role_names=tuple(str(Role(row.role).label) for row in mine),
        since=min(row.since for row in mine),
        has_signed_in=user.last_login is not None,
    )
