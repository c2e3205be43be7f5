"""The kinds of concepts and relations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    FUNCTION = "function", _("Function")
    SERVICE = "service", _("Service")
    ACTIVITY = "activity", _("Activity")
    SKILL = "skill", _("Competence")
    SKILL_GROUP = "skill-group", _("Group of competences")
    OCCUPATION = "occupation", _("Occupation")
    TECHNOLOGY = "technology", _("Technology")
    SECTOR = "sector", _("Sector")
    NACE = "nace", _("Economic activity")
    TRL = "trl", _("Technology readiness level")
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    LANGUAGE = "language", _("Language")
    HUB_TYPE = "hub-type", _("Type of hub")
    LEGAL_FORM = "legal-form", _("Legal form")
    CLIENT_TYPE = "client-type", _("Type of client")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")


class Link(models.TextChoices):
    """SKOS relations, and the two that a service classification needs."""

    BROADER = "broader", _("broader")
    RELATED = "related", _("related")
    EXACT_MATCH = "exactMatch", _("exact match")
    CLOSE_MATCH = "closeMatch", _("close match")
    REPLACED_BY = "replacedBy", _("replaced by")
    REQUIRES = "requires", _("requires")
    OPTIONAL = "optional", _("optional")


class Wording(models.TextChoices):
    ALTERNATIVE = "alternative", _("Alternative label")
    HIDDEN = "hidden", _("Hidden label")
    DEFINITION = "definition", _("Definition")
    NOTE = "note", _("Scope note")
