"""The states of an agreement and of each party, and the moves between them. Source: BP-AGR."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hansa.foundation.states import Move


class AgreementState(models.TextChoices):
    READING = "reading", _("With the parties")
    SIGNING = "signing", _("Ready to sign")
    IN_FORCE = "in-force", _("In force")
    ENDED = "ended", _("Ended")


_S = AgreementState
OPEN_STATES = frozenset({_S.READING, _S.SIGNING})
MOVES = {
    "revise": Move(
        sources=OPEN_STATES,
        target=_S.READING,
        refusal=_("The text can no longer change: the agreement is in force."),
    ),
    "accept": Move(
        sources=frozenset({_S.READING}),
        target=_S.READING,
        refusal=_("Every party has accepted this text already."),
    ),
    "ready": Move(
        sources=frozenset({_S.READING}),
        target=_S.SIGNING,
        refusal=_("Signing starts when every party has accepted the text."),
    ),
    "sign": Move(
        sources=frozenset({_S.SIGNING}),
        target=_S.SIGNING,
        refusal=_("Signing starts when every party has accepted the text."),
    ),
    "decline": Move(
        sources=OPEN_STATES,
        target=_S.READING,
        refusal=_("The agreement is in force and can no longer be declined."),
    ),
    "withdraw": Move(
        sources=frozenset({_S.SIGNING}),
        target=_S.SIGNING,
        refusal=_("A signature can be taken back only until the last party has signed."),
    ),
    "arrange": Move(
        sources=OPEN_STATES,
        target=_S.SIGNING,
        refusal=_("Every party has signed: there is nothing left to arrange."),
    ),
    "bind": Move(
        sources=frozenset({_S.SIGNING}),
        target=_S.IN_FORCE,
        refusal=_("The agreement comes into force when every party has signed."),
    ),
}


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
    UPLOAD = "upload", _("Signed PDF, with second factor")


class SignatureLevel(models.TextChoices):
    """What a person's signature is worth, as far as it is shown here. Source: BP-AGR."""

    SIMPLE = "simple", _("Simple electronic signature")
    ADVANCED = "advanced", _("Advanced electronic signature")


class PadesLevel(models.TextChoices):
    """How far a signature in a PDF can be checked later (ETSI EN 319 142-1), weakest first."""

    B = "B-B", _("basic (PAdES B-B)")
    T = "B-T", _("with time stamp (PAdES B-T)")
    LT = "B-LT", _("long term (PAdES B-LT)")
    LTA = "B-LTA", _("long term with archive time stamp (PAdES B-LTA)")

    @property
    def rank(self) -> int:
        return list(PadesLevel).index(self)


class UploadState(models.TextChoices):
    """Where a file stands that was signed elsewhere."""

    WAITING = "waiting", _("Being checked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
