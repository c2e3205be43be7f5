"""The states of an agreement and of each party. Source: BP-AGR."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementState(models.TextChoices):
    READING = "reading", _("With the parties")
    SIGNING = "signing", _("Ready to sign")
    IN_FORCE = "in-force", _("In force")
    ENDED = "ended", _("Ended")


class PartyRole(models.TextChoices):
    LEAD = "lead", _("Lead")
    PARTNER = "partner", _("Partner")


class PartyState(models.TextChoices):
    """Derived from a party's rows for the current version; never stored."""

    NOT_SEEN = "not-seen", _("Not seen")
    SEEN = "seen", _("Seen")
    ACCEPTED = "accepted", _("Accepted")
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined")


class SignMethod(models.TextChoices):
    TOTP = "totp", _("Code from an authenticator app")
    PASSKEY = "passkey", _("Passkey")
    MAIL_CODE = "mail-code", _("Code sent by mail")
