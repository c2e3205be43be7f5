"""Types, trust and origins."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class HubType(models.TextChoices):
    EDIH = "edih", _("European Digital Innovation Hub")
    SEAL = "seal", _("Seal of Excellence")
    DIH = "dih", _("Digital Innovation Hub")


class Trust(models.TextChoices):
    ASSESSED = "assessed", _("Assessed")
    DECLARED = "declared", _("Self-declared")
    IMPORTED = "imported", _("Imported, not claimed yet")


class Reach(models.TextChoices):
    IN_HOUSE = "in-house", _("In-house")
    NETWORK = "network", _("Through its network")


class SuggestionState(models.TextChoices):
    OPEN = "open", _("To confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


class ClientType(models.TextChoices):
    SME = "sme", _("Small or medium-sized company")
    MIDCAP = "midcap", _("Mid-cap company")
    START_UP = "start-up", _("Start-up")
    PUBLIC = "public", _("Public organisation")
    RESEARCH = "research", _("Research organisation")
    OTHER = "other", _("Other")


class PartnerKind(models.TextChoices):
    """What a client can look for, and an organisation of an ecosystem can be. Source: BP-MM-01."""

    SOLUTION = "solution", _("Solution provider")
    DATA = "data", _("Data provider")
    INDUSTRIAL = "industrial", _("Industrial partner")
    CLIENT = "client", _("Client")
    BUYER = "buyer", _("Buyer")
    INVESTOR = "investor", _("Investor")
    FINANCIER = "financier", _("Financier")


# The three sorts of partners of the blueprint, each with its kinds.
PARTNER_SORTS: dict[Any, tuple[PartnerKind, ...]] = {
    _("Technological partner"): (PartnerKind.SOLUTION, PartnerKind.DATA),
    _("Business partner"): (PartnerKind.INDUSTRIAL, PartnerKind.CLIENT, PartnerKind.BUYER),
    _("Financial partner"): (PartnerKind.INVESTOR, PartnerKind.FINANCIER),
}


class Showing(models.TextChoices):
    """How an organisation of an ecosystem wishes to be shown to other hubs. A choice is ``title|detail``."""

    ASK = "ask", _("Ask each time|Nothing about it leaves our hub before it agrees, not even without its name.")
    ANONYMOUS = (
        "anonymous",
        _("Without its name|Our hub may describe it without its name. It agrees before it is named."),
    )
    NEVER = "never", _("Never|It is not suggested to anybody.")


# What one day of work is taken to cost where a hub does not say, in euro.
DEFAULT_DAY_RATE_EUR = 800.0

# How much a hub's standing counts where others must be trusted, 0..1.
TRUST_LEVELS = {Trust.ASSESSED: 1.0, Trust.DECLARED: 0.6, Trust.IMPORTED: 0.3}

# How strong the evidence is that a hub covers a concept, 0..1.
CHECKED, SHOWN, DECLARED = 1.0, 0.9, 0.8
THROUGH_NETWORK = 0.7  # factor
DERIVED, DERIVED_BY_CONFIDENCE = 0.35, 0.25
