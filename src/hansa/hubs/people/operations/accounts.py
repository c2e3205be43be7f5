"""A person's account: made, changed, guarded."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from hansa.foundation import activity
from hansa.foundation.actors import SYSTEM, Actor
from hansa.hubs.people.models import Membership, User
from hansa.hubs.people.operations import attempts, mails
from hansa.hubs.people.operations.links import void_links
from hansa.hubs.people.states import HUB_ROLES, Role

if TYPE_CHECKING:
    from hansa.hubs.directory.models import Client, Hub

log = logging.getLogger("hansa.hubs.people")


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    hub: Hub | None = None,
    client: Client | None = None,
    roles: Iterable[str] = (),
    password: str | None = None,
    job_title: str = "",
    language: str = "en",
    is_demo: bool = False,
) -> User:
    """Create a person with their roles, without a mail; for demo networks, imports and the set-up of a network.

    Roles of a hub go to ``hub``, the contact role to ``client``, roles of the network to neither; so one call can
    make a steward who also manages a hub. Somebody who exists keeps name and password and gains the roles.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(
            email.strip(), password, name=name, job_title=job_title, language=language, is_demo=is_demo
        )
    for role in roles:
        place = {"hub": hub} if role in HUB_ROLES else {"client": client} if role == Role.CONTACT else {}
        Membership.objects.get_or_create(user=user, role=role, ended_at=None, **place)
    return user


@transaction.atomic
def ensure_client_contact(
    *, client: Client, name: str, email: str, at: datetime, language: str = "", by: Actor = SYSTEM
) -> User:
    """Return the person with this address as a contact of the client, creating what is missing; sends no mail.

    :param language: of a new person; without it that of ``by``
    """
    user = get_or_create_person(email=email, name=name, language=language, by=by)
    _row, is_new = Membership.objects.get_or_create(user=user, client=client, role=Role.CONTACT, ended_at=None)
    if is_new:
        activity.record(
            "contact.added", actor=by, subject=client, at=at, hub_ids=[client.hub_id], client_ids=[client.pk]
        )
    return user


def get_or_create_person(*, email: str, name: str, language: str = "", by: Actor = SYSTEM) -> User:
    """Return the person with this address; an existing person keeps their name and language.

    :param language: of a new person; without it that of ``by``, who most likely speaks it with them
    """
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email).first()
    if user:
        return user
    if not language and by.user_id is not None:
        language = User.objects.values_list("language", flat=True).get(pk=by.user_id)
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name.strip()[:150], language=language or "en")
    except IntegrityError:  # somebody else just created them
        return User.objects.get(email__iexact=email)


def save_settings(*, user: User, name: str, job_title: str, language: str, theme: str) -> None:
    """Save what a person says about themselves."""
    user.name, user.job_title, user.language, user.theme = name.strip(), job_title.strip(), language, theme
    user.save(update_fields=["name", "job_title", "language", "theme"])


def check_password(*, user: User, password: str, at: datetime) -> bool:
    """Return whether this is the person's password; after five wrong ones in five minutes none is right."""
    if not attempts.is_within("old-password", key=str(user.pk), limit=5, window=timedelta(minutes=5), at=at):
        return False
    if user.check_password(password):
        return True
    attempts.count("old-password", key=str(user.pk), at=at)
    return False


@transaction.atomic
def set_password(*, user: User, password: str, at: datetime) -> None:
    """Set a password that the form found strong enough. Every other session and every open link stops working."""
    user.set_password(password)
    user.save(update_fields=["password"])
    void_links(user=user, at=at)
    try:
        mails.send("hubs/people/mail/password-changed", to=user)
    except OSError:  # the change stands even when the mail server is away
        log.exception("The mail about a changed password could not be sent")


@transaction.atomic
def sign_out_everywhere(*, user: User, at: datetime) -> None:
    """End every session of the person and use up their open links.

    The caller renews the session of the current request if it is to go on.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    void_links(user=user, at=at)


def lock_person(user_id: int) -> None:
    """Let nobody else change what is counted for this person until the transaction ends."""
    User.objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk").first()
