"""Roles, the purposes of mailed links, and the second factors."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    MANAGER = "manager", _("Hub manager")
    STAFF = "staff", _("Hub staff")
    SIGNATORY = "signatory", _("Signatory")
    CONTACT = "contact", _("Client contact")
    STEWARD = "steward", _("Network steward")
    ASSESSOR = "assessor", _("Assessor")
    POLICY = "policy", _("Policy observer")


HUB_ROLES = frozenset({Role.MANAGER, Role.STAFF, Role.SIGNATORY})
NETWORK_ROLES = frozenset({Role.STEWARD, Role.ASSESSOR, Role.POLICY})


class LinkPurpose(models.TextChoices):
    """Why a link was mailed. It decides how long the link lives."""

    SIGN_IN = "sign-in", _("Sign in")
    PASSWORD = "password", _("Choose a new password")
    INVITATION = "invitation", _("Invitation")
    NOTICE = "notice", _("Notice")
    NEED = "need", _("A need that arrived")


LINK_LIFETIME = {
    LinkPurpose.SIGN_IN: timedelta(minutes=30),
    LinkPurpose.PASSWORD: timedelta(minutes=30),
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.NOTICE: timedelta(days=14),
    LinkPurpose.NEED: timedelta(days=14),
}


class LinkState(models.TextChoices):
    """Derived from a link's times; never stored."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    LATE = "late", _("Expired")


class FactorMethod(models.TextChoices):
    """How a person proves once more that it is them; the same values as the signing methods of agreements."""

    TOTP = "totp", _("Code from an authenticator app")
    PASSKEY = "passkey", _("Passkey")
    MAIL_CODE = "mail-code", _("Code sent by mail")


MAIL_CODE_LIFETIME = timedelta(minutes=10)
MAIL_CODE_TRIES = 5
