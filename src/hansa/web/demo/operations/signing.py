"""Demo people sign as everybody does, with a code of an app; the app is theirs for that moment only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

_PERIOD = 30


@contextmanager
def signs_with_an_app(user: Any, *, at: datetime) -> Iterator[str]:
    """Give the person an authenticator app, yield the code it shows at ``at``, take the app away again."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    yield format_hotp_value(hotp_value(secret, int(at.timestamp()) // _PERIOD))
    Authenticator.objects.filter(user=user).delete()
