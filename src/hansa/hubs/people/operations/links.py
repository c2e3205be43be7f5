"""Signing in by a mailed link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hansa.foundation import tasks
from hansa.foundation.policies import Refusal
from hansa.hubs.people.models import SignInLink, User
from hansa.hubs.people.operations import attempts, mails
from hansa.hubs.people.states import LINK_LIFETIME, LinkPurpose, LinkState

PER_ADDRESS, PER_NETWORK_ADDRESS, WINDOW = 5, 30, timedelta(hours=1)


class CannotSendLink(Refusal):
    """Too many links were asked for."""


class CannotUseLink(Refusal):
    """The link is unknown, used, or too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedLink:
    """What a used link gives: the person, and where they wanted to go."""

    user: User
    next_path: str
    purpose: str


def safe_path(path: str | None) -> str:
    """Return ``path`` when it leads to a page of this site, else an empty string."""
    path = path or ""
    is_local = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_local and len(path) <= 300 else ""


def send_sign_in_link(
    *,
    email: str,
    next_path: str = "",
    at: datetime,
    purpose: str = LinkPurpose.SIGN_IN,
    ip: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    """Mail a link to ``email`` if somebody has that address.

    The caller cannot tell whether somebody does: the worker looks, so answer and time are the same.

    :param facts: what the mail of this purpose says
    :raises CannotSendLink: when too many links were asked for, for this address or from this network address
    """
    email = email.strip().lower()
    keys = [("link-email", email, PER_ADDRESS)] + ([("link-ip", ip, PER_NETWORK_ADDRESS)] if ip else [])
    for kind, key, limit in keys:
        if not attempts.is_within(kind, key=key, limit=limit, window=WINDOW, at=at):
            raise CannotSendLink(_("Too many links were asked for. Look in your mailbox, or try again in an hour."))
    for kind, key, _limit in keys:
        attempts.count(kind, key=key, at=at)
    tasks.defer("people.mail_link", email=email, next_path=safe_path(next_path), purpose=str(purpose), facts=facts)


def resend_link(*, token: str, at: datetime) -> None:
    """Mail a fresh link, with the same destination, to the owner of a link that was used or is too old.

    :raises CannotSendLink: when the link is unknown, or too many were asked for
    """
    link = SignInLink.objects.select_related("user").with_token(token).first()
    if link is None:
        raise CannotSendLink(_("This link is not known here. Type your e-mail address to get a new one."))
    purpose = LinkPurpose.PASSWORD if link.purpose == LinkPurpose.PASSWORD else LinkPurpose.SIGN_IN
    send_sign_in_link(email=link.user.email, next_path=link.next_path, at=at, purpose=purpose)


def mail_link(*, email: str, next_path: str, purpose: str, at: datetime, facts: dict | None = None) -> None:
    """Create a link and mail it; do nothing when nobody has the address or the account is closed.

    Run by the worker. The token exists in the mail only, never in the queue.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        return
    url = create_link(user=user, purpose=purpose, next_path=next_path, at=at)
    lifetime = LINK_LIFETIME[LinkPurpose(purpose)]
    mails.send(
        f"hubs/people/mail/{purpose}",
        to=user,
        url=url,
        minutes=lifetime.seconds // 60,
        days=lifetime.days,
        facts=facts or {},
    )


def create_link(*, user: User, purpose: str, next_path: str, at: datetime) -> str:
    """Return the full address of a new link that signs the person in once and leads to ``next_path``.

    For mails: the address is a secret of its reader. Nothing happens when it is only opened.
    """
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        user=user,
        purpose=purpose,
        token_hash=SignInLink.hash_of(token),
        next_path=safe_path(next_path),
        created_at=at,
        expires_at=at + LINK_LIFETIME[LinkPurpose(purpose)],
    )
    with translation.override(mails.language_of(user)):
        return settings.SITE_URL.rstrip("/") + reverse("people:link", args=[token])


@transaction.atomic
def use_link(*, token: str, at: datetime) -> UsedLink:
    """Use the link up and say whom it signs in.

    :raises CannotUseLink: when it is unknown, used, too old, or its account is closed
    """
    # The lock lets only one of two simultaneous uses through.
    link = SignInLink.objects.select_for_update(of=("self",)).with_token(token).first()
    if link is None:
        raise CannotUseLink(_("This link is not known here."))
    if link.state_at(at) == LinkState.USED:
        raise CannotUseLink(_("This link was already used."))
    if link.state_at(at) == LinkState.LATE:
        raise CannotUseLink(_("This link is too old."))
    if not link.user.is_active:
        raise CannotUseLink(_("This account is closed."))
    link.used_at = at
    link.save(update_fields=["used_at"])
    return UsedLink(user=link.user, next_path=link.next_path, purpose=link.purpose)


def void_links(*, user: User, at: datetime) -> None:
    """Use up every open link of the person."""
    SignInLink.objects.filter(user=user, used_at=None).update(used_at=at)


def sweep(*, at: datetime) -> None:
    """Delete links nobody will ask about any more."""
    SignInLink.objects.filter(expires_at__lt=at - timedelta(days=90)).delete()
