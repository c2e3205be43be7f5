"""The roles of the network itself: stewards, assessors, policy observers."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext as _

from hansa.foundation import activity
from hansa.foundation.actors import SYSTEM, Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.people.models import Membership, User
from hansa.hubs.people.operations.accounts import get_or_create_person
from hansa.hubs.people.operations.links import create_link
from hansa.hubs.people.states import NETWORK_ROLES, LinkPurpose, Role


class CannotAppoint(Refusal):
    """The person cannot have this role of the network."""


class CannotDismiss(Refusal):
    """The role cannot be taken away."""


@transaction.atomic
def appoint(*, email: str, name: str = "", role: str, at: datetime, by: Actor = SYSTEM) -> str:
    """Give somebody a role of the network; return an address that signs them in, once.

    Somebody who exists keeps their name. Twice is once, with a fresh address. Who may do this is whoever can run a
    command on the machine: the first steward has nobody to ask.

    :raises CannotAppoint: no such role or address, a closed account, or a newcomer without a name
    """
    if role not in NETWORK_ROLES:
        raise CannotAppoint(_("The network has stewards, assessors and policy observers only."))
    try:
        validate_email(email.strip())
    except ValidationError as no:
        raise CannotAppoint(_("Type an address such as name@example.org.")) from no
    known = User.objects.filter(email__iexact=email.strip()).first()
    if known is None and not name.strip():
        raise CannotAppoint(_("Nobody with this address is here yet. Give the name as well."))
    user = known or get_or_create_person(email=email, name=name)
    if not user.is_active:
        raise CannotAppoint(_("The account of this person is closed."))
    if not _held(user, role).exists():
        Membership.objects.create(user=user, role=role)
        activity.record("network.appointed", actor=by, subject=user, at=at, facts={"role": role})
    return create_link(user=user, purpose=LinkPurpose.INVITATION, next_path="", at=at)


@transaction.atomic
def dismiss(*, email: str, role: str, at: datetime, by: Actor = SYSTEM) -> None:
    """Take a role of the network away from somebody.

    :raises CannotDismiss: they do not have it, or they are the only steward
    """
    user = User.objects.select_for_update().filter(email__iexact=email.strip()).first()
    held = _held(user, role) if user is not None and role in NETWORK_ROLES else Membership.objects.none()
    if user is None or not held.exists():
        raise CannotDismiss(_("Nobody with this address has this role."))
    others = Membership.objects.filter(role=Role.STEWARD, ended_at=None).exclude(user=user)
    if role == Role.STEWARD and not others.exists():
        raise CannotDismiss(_("This is the only steward of the network. Make somebody else a steward first."))
    held.update(ended_at=at)
    activity.record("network.dismissed", actor=by, subject=user, at=at, facts={"role": role})


def _held(user: User, role: str) -> models.QuerySet[Membership]:
    return Membership.objects.filter(user=user, role=role, ended_at=None)
