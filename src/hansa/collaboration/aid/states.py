"""Categories, states of a service, kinds of links between undertakings and of declared aid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a service is for, by the four functions of the classification."""

    TEST = "TBI", _("Test before invest")
    SKILLS = "SKT", _("Skills and training")
    INVESTMENT = "SFI", _("Support to find investment")
    ECOSYSTEM = "IEN", _("Innovation ecosystem and networking")


class ServiceStatus(models.TextChoices):
    ONGOING = "ongoing", _("Ongoing")
    FINALISED = "finalised", _("Finalised")
    INVOICED = "invoiced", _("Finalised and invoiced")


class LinkKind(models.TextChoices):
    """Why two undertakings are one. Source: Regulation (EU) 2023/2831, Article 2(2)."""

    VOTES = "votes", _("Holds the majority of the votes")
    BOARD = "board", _("May appoint or remove the majority of the board")
    INFLUENCE = "influence", _("Has a dominant influence by contract or statutes")
    AGREEMENT = "agreement", _("Controls the majority of the votes by agreement")


class DeclaredBy(models.TextChoices):
    CLIENT = "client", _("The client itself")
    HUB = "hub", _("The hub, as the client told it")
