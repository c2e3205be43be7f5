"""The roles a person can have."""

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
