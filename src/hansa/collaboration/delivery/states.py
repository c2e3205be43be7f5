"""Which way a KPI is better, what is decided at a milestone, who gives feedback. Source: BP-JD."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Better(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Decision(models.TextChoices):
    GO = "go", _("Go on")
    CHANGE = "change", _("Change")
    STOP = "stop", _("Stop")


class FeedbackFrom(models.TextChoices):
    CLIENT = "client", _("Client")
    LEAD = "lead", _("Lead")
    PARTNER = "partner", _("Partner")
