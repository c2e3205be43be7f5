"""How allauth talks to Hansa: its adapters, and the one way from a proven person to a session.

allauth owns passwords, second factors and the steps of signing in; links, roles and limits are ours.
"""

from __future__ import annotations

import logging
import time
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records, perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import logout
from django.db.models import BigIntegerField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import make as make_qr

from hansa.foundation.prepared import Prepared, Slot
from hansa.hubs.people.models import User
from hansa.hubs.people.operations import attempts
from hansa.hubs.people.states import LINK_LIFETIME, LinkPurpose

_BY_LINK = "mail-link"
_YEAR = 60 * 60 * 24 * 365
_FAILURES, _FAILURES_OF_NETWORK_ADDRESS, _WINDOW = 5, 50, timedelta(minutes=5)
log = logging.getLogger("hansa.hubs.people")
_person = Prepared(lambda: User.objects.filter(pk=Slot("pk", BigIntegerField())))


class SignInBackend(AuthenticationBackend):
    """allauth's check of mail address and password; each request reads its person by a prepared query."""

    def get_user(self, user_id: int) -> User | None:
        user = _person.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def sign_in(request: HttpRequest, *, user: User, next_path: str) -> HttpResponse:
    """Sign in somebody who used a mailed link, by allauth's steps: a second factor is asked for if they have one.

    Whoever was signed in before is signed out, and the session gets a new key.
    """
    is_in_already = request.user.is_authenticated and request.user.pk == user.pk
    if request.user.is_authenticated and not is_in_already:
        logout(request)
    record_authentication(request, user, method=_BY_LINK, reauthenticated=True)
    if is_in_already:
        return redirect(next_path or "home")
    return perform_login(request, Login(user=user, redirect_url=next_path or None))


def signed_in_by_link_lately(request: HttpRequest) -> bool:
    """Return whether the person proved their mailbox so lately that they may set a password without the old one."""
    lifetime = LINK_LIFETIME[LinkPurpose.PASSWORD].total_seconds()
    records = get_authentication_records(request, request.user)
    return any(row["method"] == _BY_LINK and time.time() - row["at"] < lifetime for row in records)


def network_address(request: HttpRequest) -> str:
    """Return the client's network address, as far as the proxies in front can be trusted."""
    return AccountAdapter(request).get_client_ip(request)


def show_as(request: HttpRequest, answer: HttpResponse, *, language: str, theme: str) -> None:
    """Let the pages follow a person's settings: language and theme live in cookies, so that visitors have them too."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, language), ("theme", theme)):
        if value:
            answer.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
        else:
            answer.delete_cookie(name, samesite="Lax")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; failed passwords are counted in the database, so that the limit holds across processes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("The address or the password is not right."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("Too many wrong tries. Wait five minutes, or ask for a link by mail."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by invitation of their hub or by stating a need, never by signing up on their own."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        limits = ((_key(credentials), _FAILURES), (self.get_client_ip(request), _FAILURES_OF_NETWORK_ADDRESS))
        for key, limit in limits:
            if not attempts.is_within("password", key=key, limit=limit, window=_WINDOW, at=timezone.now()):
                raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user:
            attempts.forget("password", key=_key(credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        for key in (_key(credentials), self.get_client_ip(request)):
            attempts.count("password", key=key, at=timezone.now())

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Greet a browser that has chosen no language yet in the person's own."""
        answer = super().post_login(request, user, **details)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            show_as(request, answer, language=user.language, theme=user.theme)
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a notification; an unreachable mail server must not undo what it tells about."""
        try:
            super().send_mail(template_prefix, email, context | {"network": settings.NETWORK_NAME})
        except OSError:
            log.exception("The mail %s could not be sent", template_prefix)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with a key made from the installation's secret."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right. Try the next one your app shows."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret.

        :raises cryptography.fernet.InvalidToken: when the installation's secret was replaced
        """
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture on a white ground, so that cameras read it on dark pages too."""
        return make_qr(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        n = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": n + 1}

    def _get_site_name(self) -> str:
        return settings.NETWORK_NAME


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [sha256(f"hansa.second-factors:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])


def _key(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()
