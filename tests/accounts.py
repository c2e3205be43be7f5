"""What the tests of signing in share."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client

from hansa.hubs.people.models import User


def path_in_mail(number: int = -1) -> str:
    """Return the path of the link in the last (or another) mail."""
    return urlsplit(re.search(r"https?://\S+/link/\S+", mail.outbox[number].body)[0]).path


def set_up_app(user: User) -> str:
    """Give the person an authenticator app and recovery codes; return the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def app_code(secret: str, at: float, *, steps: int = 0) -> str:
    """Return what the app shows at ``at`` (seconds since 1970), or ``steps`` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(at) // 30 + steps))


def signed_in_as(client: Client) -> str | None:
    """Return the id of who is signed in with this browser."""
    return client.session.get("_auth_user_id")


def messages_of(response: Any) -> str:
    """Return the page as text."""
    return response.content.decode()
