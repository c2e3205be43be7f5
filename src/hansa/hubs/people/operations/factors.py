"""The second factor: a code from an app, a passkey, or a code by mail. Source: BP-ACC-04."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.foundation.policies import YES, No, Refusal, Verdict
from hansa.hubs.people import queries
from hansa.hubs.people.models import SigningCode, User
from hansa.hubs.people.operations import attempts, mails
from hansa.hubs.people.states import MAIL_CODE_LIFETIME, MAIL_CODE_TRIES, FactorMethod

CODES_PER_HOUR = 5
FAILURES, FAILURE_WINDOW = 5, timedelta(minutes=5)


class CannotSendCode(Refusal):
    """The code could not be sent."""


def send_signing_code(*, user: User, purpose: str, at: datetime) -> None:
    """Mail a six-digit code that proves the person once, within ten minutes. Earlier codes stop working.

    :param purpose: what the code is for, in words the person knows; stands in the mail
    :raises CannotSendCode: when they have an app or passkey, too many were asked for, or the mail server does not answer
    """
    if not _may_use_mail(user):
        raise CannotSendCode(_("Use your passkey or your authenticator app: they are safer than a code by mail."))
    if not attempts.is_within("mail-code", key=str(user.pk), limit=CODES_PER_HOUR, window=timedelta(hours=1), at=at):
        raise CannotSendCode(_("Too many codes were asked for. Use the last one, or try again in an hour."))
    code = f"{secrets.randbelow(10**6):06}"
    try:
        with transaction.atomic():
            attempts.count("mail-code", key=str(user.pk), at=at)
            SigningCode.objects.filter(user=user, used_at=None).update(used_at=at)
            SigningCode.objects.create(
                user=user,
                purpose=purpose[:120],
                code_hash=_hash(user, code),
                created_at=at,
                expires_at=at + MAIL_CODE_LIFETIME,
            )
            minutes = MAIL_CODE_LIFETIME.seconds // 60
            mails.send("hubs/people/mail/signing-code", to=user, code=code, purpose=purpose, minutes=minutes)
    except OSError as error:
        raise CannotSendCode(_("The mail could not be sent. Try again in a minute.")) from error


def begin_passkey(*, user: User) -> dict[str, Any]:
    """Return the options the browser needs to ask for a passkey.

    The challenge waits in the session of the current request and is used up by ``check_second_factor``.
    """
    return webauthn.begin_authentication(user)


def check_second_factor(*, user: User, method: str, answer: str, at: datetime, purpose: str | None = None) -> Verdict:
    """Return whether ``answer`` proves that it is really ``user``. A right answer works once.

    Call it before the operation it protects, outside that operation's transaction: a refusal there must not undo the
    count of wrong answers made here.

    :param answer: the digits, or for a passkey the browser's answer as JSON
    :param purpose: when given, a mailed code must have been asked for this
    """
    if not _may_try(user, at):
        return No(_("Too many wrong answers. Wait five minutes, then try again."))
    if method == FactorMethod.TOTP:
        is_right = check_app_code(user=user, code=answer, at=at)
        verdict = YES if is_right else No(_("This code is not right. Try the next one your app shows."))
    elif method == FactorMethod.PASSKEY:
        verdict = _check_passkey(user, answer)
    elif method == FactorMethod.MAIL_CODE and _may_use_mail(user):
        verdict = _check_mail_code(user, answer, at, purpose)
    else:
        return No(_("Choose how you prove that it is you."))
    if verdict:
        attempts.forget("factor", key=str(user.pk))
    else:
        attempts.count("factor", key=str(user.pk), at=at)
    return verdict


@transaction.atomic
def check_app_code(*, user: User, code: str, at: datetime) -> bool:
    """Return whether the authenticator app shows ``code`` now, or did so half a minute ago.

    A code, and any older one, is refused once it was used: the last counter is kept with the secret, so that this
    holds across processes.
    """
    row = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()
    if row is None:
        return False
    try:
        secret = decrypt(row.data["secret"])
    except InvalidToken:  # the installation's secret key was replaced
        return False
    now = int(at.timestamp()) // mfa_settings.TOTP_PERIOD
    digits = "".join(code.split())
    for counter in (now - 1, now, now + 1):
        is_fresh = counter > row.data.get("last_counter", -1)
        if is_fresh and constant_time_compare(format_hotp_value(hotp_value(secret, counter)), digits):
            row.data["last_counter"] = counter
            row.last_used_at = at
            row.save(update_fields=["data", "last_used_at"])
            return True
    return False


def check_sign_in_code(*, user: User, code: str, at: datetime) -> tuple[Authenticator | None, Verdict]:
    """Return which authenticator accepts ``code``, the app or the recovery codes, while signing in."""
    if not _may_try(user, at):
        return None, No(_("Too many wrong answers. Wait five minutes, then try again."))
    rows = {row.type: row for row in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)}
    app, recovery = rows.get(Authenticator.Type.TOTP), rows.get(Authenticator.Type.RECOVERY_CODES)
    accepted = app if app and check_app_code(user=user, code=code, at=at) else None
    if accepted is None and recovery and _check_recovery_code(recovery, code):
        accepted = recovery
    if accepted is None:
        attempts.count("factor", key=str(user.pk), at=at)
        return None, No(_("This code is not right. Try the next one your app shows."))
    attempts.forget("factor", key=str(user.pk))
    return accepted, YES


def _check_recovery_code(row: Authenticator, code: str) -> bool:
    try:
        return row.wrap().validate_code(code)
    except InvalidToken:  # the installation's secret key was replaced
        return False


def _may_use_mail(user: User) -> bool:
    return any(factor.method == FactorMethod.MAIL_CODE for factor in queries.second_factors(user))


def _may_try(user: User, at: datetime) -> bool:
    return attempts.is_within("factor", key=str(user.pk), limit=FAILURES, window=FAILURE_WINDOW, at=at)


def _check_passkey(user: User, answer: str) -> Verdict:
    refusal = No(_("The passkey was not accepted. Try again."))
    try:
        credential = json.loads(answer)
        webauthn.parse_authentication_response(credential)
        authenticator = webauthn.complete_authentication(user, credential)
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError):
        return refusal
    authenticator.record_usage()
    return YES


@transaction.atomic
def _check_mail_code(user: User, answer: str, at: datetime, purpose: str | None) -> Verdict:
    code = SigningCode.objects.select_for_update().filter(user=user, used_at=None).order_by("-pk").first()
    if code is None or (purpose is not None and code.purpose != purpose[:120]):
        return No(_("Ask for a code first."))
    if code.expires_at <= at:
        return No(_("This code is too old. Ask for a new one."))
    if code.n_tries >= MAIL_CODE_TRIES:
        return No(_("Too many wrong codes. Ask for a new one."))
    if not constant_time_compare(code.code_hash, _hash(user, "".join(answer.split()))):
        code.n_tries += 1
        code.save(update_fields=["n_tries"])
        left = MAIL_CODE_TRIES - code.n_tries
        return No(
            ngettext("This code is not right. %(n)s try left.", "This code is not right. %(n)s tries left.", left)
            % {"n": left}
        )
    code.used_at = at
    code.save(update_fields=["used_at"])
    return YES


def sweep(*, at: datetime) -> None:
    """Delete codes that can no longer be used."""
    SigningCode.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()


def _hash(user: User, code: str) -> str:
    return salted_hmac("hansa.hubs.people.signing-code", f"{user.pk}:{code}", algorithm="sha256").hexdigest()
