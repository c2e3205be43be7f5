"""Who gives feedback, and which way a KPI is better. Source: BP-JD."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Better(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class FeedbackFrom(models.TextChoices):
    CLIENT = "client", _("Client")
    LEAD = "lead", _("Lead")
    PARTNER = "partner", _("Partner")
