"""Reads about people: who acts, for whom, and who belongs to a hub or client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext as _

from hansa.foundation.activity import Activity
from hansa.foundation.actors import VISITOR, Actor
from hansa.foundation.prepared import Among, Prepared, Slot
from hansa.hubs.people.models import Membership, SignInLink, User
from hansa.hubs.people.states import NETWORK_ROLES, FactorMethod, Role


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """One way in which a person can prove once more that it is them."""

    method: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsSetUp:
    """What a person has set up beside the password."""

    has_app: bool
    n_passkeys: int
    has_recovery_codes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A mailed link as the page behind it shows it."""

    user_id: int
    name: str
    email: str
    next_path: str
    purpose: str
    state: str


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


def rows_of_people(hub_ids: Any) -> ArraySubquery:
    """Return the people of an array of hubs as a column of another room's statement; ``people_in`` reads it."""
    rows = Membership.objects.filter(Among(F("hub"), hub_ids), ended_at=None).order_by("user__name", "pk")
    name = Coalesce(NullIf("user__name", Value("")), "user__email")
    return ArraySubquery(rows.values(row=JSONObject(id="user_id", name=name)))


def people_in(rows: Iterable[dict[str, Any]]) -> tuple[tuple[int, str], ...]:
    """Return the people of such a column, each once, as id and name."""
    return tuple({row["id"]: row["name"] for row in rows}.items())


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


def second_factors(user: User) -> list[SecondFactor]:
    """Return how the person can prove once more that it is them, the strongest first.

    A code by mail is offered only to people without app and passkey: whoever reads the mailbox could otherwise get
    around the stronger factor.
    """
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    factors = []
    if Authenticator.Type.WEBAUTHN in kinds:
        hint = _("Your device asks for your fingerprint, face or PIN.")
        factors.append(SecondFactor(method=FactorMethod.PASSKEY, label=_("Passkey"), hint=hint))
    if Authenticator.Type.TOTP in kinds:
        hint = _("Type the six digits that the app shows now.")
        factors.append(SecondFactor(method=FactorMethod.TOTP, label=_("Code from your authenticator app"), hint=hint))
    if not factors:
        hint = _("We send six digits to %(email)s. They work for ten minutes.") % {"email": user.email}
        factors.append(SecondFactor(method=FactorMethod.MAIL_CODE, label=_("Code by mail"), hint=hint))
    return factors


def factors_set_up(user: User) -> FactorsSetUp:
    """Return which second factors the person has."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return FactorsSetUp(
        has_app=Authenticator.Type.TOTP in kinds,
        n_passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
    )


def link_of(*, token: str, at: datetime) -> Link | None:
    """Return what a mailed link would do, without doing it; None when it is unknown."""
    link = SignInLink.objects.with_token(token).select_related("user").first()
    if link is None:
        return None
    return Link(
        user_id=link.user_id,
        name=str(link.user),
        email=link.user.email,
        next_path=link.next_path,
        purpose=link.purpose,
        state=link.state_at(at),
    )


def my_data(user: User) -> dict[str, Any]:
    """Return everything stored about the person, as JSON values; secrets and hashes stay out."""
    memberships = Membership.objects.filter(user=user).select_related("hub", "client").order_by("pk")
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "job_title": user.job_title,
            "language": user.language,
            "theme": user.theme,
            "created_at": user.created_at,
            "last_signed_in_at": user.last_login,
            "has_password": user.has_usable_password(),
        },
        "roles": [
            {
                "role": row.role,
                "organisation": str(row.hub or row.client or ""),
                "since": row.since,
                "ended_at": row.ended_at,
            }
            for row in memberships
        ],
        "second_factors": list(
            Authenticator.objects.filter(user=user).order_by("pk").values("type", "created_at", "last_used_at")
        ),
        "mailed_links": list(
            SignInLink.objects.filter(user=user)
            .order_by("pk")
            .values("purpose", "next_path", "created_at", "expires_at", "used_at")
        ),
        "activity": list(
            Activity.objects.filter(actor_id=user.pk)
            .order_by("pk")
            .values("verb", "at", "subject_type", "case_ref", "facts")
        ),
    }


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
