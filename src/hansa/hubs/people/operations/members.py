"""Members of a hub: invite, change roles, end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hansa.foundation import activity, tasks
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import operations as directory
from hansa.hubs.people import policies
from hansa.hubs.people.models import Membership, User
from hansa.hubs.people.operations.accounts import get_or_create_person
from hansa.hubs.people.states import HUB_ROLES, LinkPurpose, Role

if TYPE_CHECKING:
    from hansa.hubs.directory.models import Hub


class CannotInvite(Refusal):
    """The colleague cannot be invited."""


class CannotChangeRoles(Refusal):
    """The roles cannot be changed so."""


class CannotEnd(Refusal):
    """The membership cannot end so."""


@transaction.atomic
def invite_member(*, hub_id: int, name: str, email: str, roles: Iterable[str], by: Actor, at: datetime) -> User:
    """Make a colleague a member of the hub and mail them a link that signs them in.

    :raises CannotInvite: when ``by`` does not manage the hub, no role is chosen, they are a member already, or they
        would be the first and not its manager
    """
    hub, members = _lock(hub_id)
    policies.can_manage_hub(by, hub_id, ask=_names(members, Role.MANAGER)).or_raise(CannotInvite)
    roles = _checked(roles, CannotInvite)
    user = get_or_create_person(email=email, name=name, by=by)
    if not user.is_active:
        raise CannotInvite(_("The account of this person is closed. Ask a steward of the network."))
    if any(member.user_id == user.pk for member in members):
        facts = {"name": user, "hub": hub.name}
        raise CannotInvite(_("%(name)s belongs to %(hub)s already. Change their roles instead.") % facts)
    if not members and Role.MANAGER not in roles:
        raise CannotInvite(_("The first person of a hub has to be its manager: nobody else could invite the others."))
    for role in sorted(roles):
        Membership.objects.create(user=user, hub_id=hub_id, role=role)
    _record("member.invited", hub, user, by, at, roles)
    tasks.defer(
        "people.mail_link",
        email=user.email,
        # Who comes first finds what was read about the hub, to confirm it.
        next_path="" if members else reverse("directory:own"),
        purpose=str(LinkPurpose.INVITATION),
        facts={"hub": hub.name, "inviter": by.name},
    )
    return user


@transaction.atomic
def change_roles(*, hub_id: int, user_id: int, roles: Iterable[str], by: Actor, at: datetime) -> None:
    """Give a member exactly these roles.

    :raises CannotChangeRoles: when ``by`` does not manage the hub, or it would be left without a manager or signatory
    """
    hub, members = _lock(hub_id)
    policies.can_manage_hub(by, hub_id, ask=_names(members, Role.MANAGER)).or_raise(CannotChangeRoles)
    roles = _checked(roles, CannotChangeRoles)
    mine = [member for member in members if member.user_id == user_id]
    if not mine:
        raise CannotChangeRoles(_("This person no longer belongs to the hub."))
    held = {member.role for member in mine}
    _keep_somebody(members, mine, held - roles, CannotChangeRoles)
    if held == roles:
        return
    Membership.objects.filter(pk__in=[m.pk for m in mine if m.role not in roles]).update(ended_at=at)
    for role in sorted(roles - held):
        Membership.objects.create(user_id=user_id, hub_id=hub_id, role=role)
    _record("member.roles_changed", hub, mine[0].user, by, at, roles)


@transaction.atomic
def end_membership(*, hub_id: int, user_id: int, by: Actor, at: datetime, successor_id: int | None = None) -> None:
    """End every role of a member. What they signed stays valid and keeps their name.

    :param successor_id: a member who takes over what only the leaving person could do (signing, managing)
    :raises CannotEnd: when ``by`` may not, or the hub would be left without a manager or signatory
    """
    hub, members = _lock(hub_id)
    policies.can_leave(by, user_id, hub_id, ask=_names(members, Role.MANAGER)).or_raise(CannotEnd)
    mine = [member for member in members if member.user_id == user_id]
    if not mine:
        raise CannotEnd(_("This person no longer belongs to the hub."))
    held = {member.role for member in mine}
    if successor_id is not None:
        members += _hand_over(hub_id, members, held, user_id, successor_id)
    _keep_somebody(members, mine, held, CannotEnd)
    Membership.objects.filter(pk__in=[member.pk for member in mine]).update(ended_at=at)
    _record("member.left", hub, mine[0].user, by, at, held)


def _lock(hub_id: int) -> tuple[Hub, list[Membership]]:
    """Lock the hub, so that two managers cannot remove each other at once, and read its open memberships."""
    hub = directory.lock_hub(hub_id)
    members = Membership.objects.filter(hub_id=hub_id, ended_at=None).select_related("user").order_by("pk")
    return hub, list(members)


def _checked(roles: Iterable[str], refusal: type[Refusal]) -> set[str]:
    chosen = {str(role) for role in roles}
    if not chosen:
        raise refusal(_("Choose at least one role."))
    if not chosen <= HUB_ROLES:
        raise refusal(_("A hub has managers, staff and signatories only."))
    return chosen


def _hand_over(
    hub_id: int, members: list[Membership], held: set[str], user_id: int, successor_id: int
) -> list[Membership]:
    """Give the successor what only the leaving person holds; return the new memberships."""
    theirs = [member for member in members if member.user_id == successor_id]
    if not theirs or successor_id == user_id:
        raise CannotEnd(_("Choose a person of the hub who takes over."))
    others = {member.role for member in members if member.user_id != user_id}
    missing = sorted((held & {Role.MANAGER, Role.SIGNATORY}) - others)
    return [Membership.objects.create(user=theirs[0].user, hub_id=hub_id, role=role) for role in missing]


def _keep_somebody(
    members: list[Membership], mine: list[Membership], given_up: set[str], refusal: type[Refusal]
) -> None:
    """Refuse when a role is given up that nobody else of the hub holds.

    A hub without staff beside its manager is fine; one without manager or signatory could no longer act.
    """
    others = {member.role for member in members if member.user_id != mine[0].user_id}
    name = {"name": mine[0].user}
    if Role.MANAGER in given_up and Role.MANAGER not in others:
        if refusal is CannotEnd:
            raise refusal(_("%(name)s is the only manager of the hub. Choose who takes over first.") % name)
        raise refusal(_("%(name)s is the only manager of the hub. Make somebody else a manager first.") % name)
    if Role.SIGNATORY in given_up and Role.SIGNATORY not in others:
        raise refusal(_("%(name)s is the only signatory of the hub. Choose who takes over first.") % name)


def _names(members: list[Membership], role: str) -> list[str]:
    return [str(member.user) for member in members if member.role == role]


def _record(verb: str, hub: Hub, user: User, by: Actor, at: datetime, roles: set[str]) -> None:
    facts = {"user_id": user.pk, "name": str(user), "roles": sorted(roles)}
    activity.record(verb, actor=by, subject=hub, at=at, facts=facts, hub_ids=[hub.pk])
