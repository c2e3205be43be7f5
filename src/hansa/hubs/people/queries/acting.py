"""Who acts, and for which hub."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateTimeField, OuterRef, QuerySet

from hansa.foundation.actors import VISITOR, Actor
from hansa.foundation.prepared import Prepared, Rows, Slot
from hansa.hubs.people.models import Membership, Session
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


class OpenRole(NamedTuple):
    """One role that a person has now."""

    role: str
    hub_id: int | None
    client_id: int | None
    hub_name: str | None
    hub_slug: str | None
    hub_is_demo: bool | None


def actor_of(*, user: Any, hub_id: int | None = None, roles: Iterable[OpenRole] | None = None) -> Actor:
    """Return who acts: the person, the hub they act for now, and their roles there; one query unless ``roles`` are known.

    :param user: a user or an anonymous user; the latter, and people whose account is closed, are visitors
    :param hub_id: the hub chosen in the switcher; ignored when the person does not belong to it
    """
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    held = _read_open_roles(user) if roles is None else _keep_open_roles(user, roles)
    hubs = {role.hub_id: role.hub_name for role in held if role.hub_id}
    acting = hub_id if hub_id in hubs else next(iter(hubs), None)
    return Actor(
        user_id=user.pk,
        name=str(user),
        email=user.email,
        hub_id=acting,
        hub_name=hubs[acting] or "" if acting else "",
        hub_roles=frozenset(role.role for role in held if role.hub_id and role.hub_id == acting),
        client_ids=frozenset(role.client_id for role in held if role.client_id),
        network_roles=frozenset(role.role for role in held if role.role in NETWORK_ROLES),
    )


def organisations_of(user: Any) -> list[Organisation]:
    """Return the hubs the person can act for, oldest membership first.

    Costs no query after ``actor_of`` with the same user object.
    """
    if not user.is_authenticated:
        return []
    held = getattr(user, "_open_roles", None)
    if held is None:
        held = _read_open_roles(user)
    names: dict[int, set[str]] = {}
    for role in held:
        if role.hub_id:
            names.setdefault(role.hub_id, set()).add(role.role)
    hubs = {role.hub_id: role for role in held if role.hub_id}
    return [
        Organisation(id=pk, name=hub.hub_name, slug=hub.hub_slug, is_demo=hub.hub_is_demo, roles=frozenset(names[pk]))
        for pk, hub in hubs.items()
    ]


def hub_ids_of(user_id: int) -> list[int]:
    """Return the hubs the person belongs to; one query."""
    rows = Membership.objects.filter(user_id=user_id, ended_at=None, hub__isnull=False)
    return sorted(set(rows.values_list("hub_id", flat=True)))


def open_sessions(**columns: Any) -> QuerySet[Session]:
    """Return the query that reads the session ``key`` if it is open at ``now``, its person and their roles at once.

    For a ``Prepared``, with these two slots. On a row: ``user`` or None, and ``open_roles`` for ``roles_from``.

    :param columns: what else the statement is to read, by the name it gets on the row
    """
    now = Slot("now", DateTimeField())
    roles = Rows(_open_roles_of(OuterRef("user_id")), *_COLUMNS)
    here = Session.objects.filter(session_key=Slot("key", CharField()), expire_date__gt=now)
    return here.select_related("user").annotate(open_roles=roles, **columns)


def roles_from(rows: list[list] | None) -> list[OpenRole]:
    """Return the roles of a row of ``open_sessions``."""
    return [OpenRole(*row) for row in rows or ()]


def _open_roles_of(user_id: Any) -> QuerySet:
    return Membership.objects.filter(user_id=user_id, ended_at=None).order_by("pk")


def _read_open_roles(user: Any) -> list[OpenRole]:
    return _keep_open_roles(user, (OpenRole(*row) for row in _open_roles.all(user=user.pk)))


def _keep_open_roles(user: Any, roles: Iterable[OpenRole]) -> list[OpenRole]:
    """Leave the roles on the user object, for the rest of this request."""
    user._open_roles = list(roles)
    return user._open_roles


_COLUMNS = ("role", "hub_id", "client_id", "hub__name", "hub__slug", "hub__is_demo")  # as in OpenRole
_open_roles = Prepared(lambda: _open_roles_of(Slot("user", BigIntegerField())).values_list(*_COLUMNS))
