"""One person's account: second factors, mailed links, everything stored about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from hansa.foundation.activity import Activity
from hansa.hubs.people.models import Membership, SignInLink, User
from hansa.hubs.people.states import FactorMethod


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
