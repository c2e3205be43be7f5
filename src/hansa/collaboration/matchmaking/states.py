"""The states of partner requests, matches, requirements and outcomes. Source: BP-MM."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """How far a partner request goes. A choice is ``title|detail``."""

    HUBS = "hubs", _("Hubs we name|Only the hubs chosen below are asked.")
    COUNTRIES = "countries", _("Hubs of some countries|All hubs of the countries chosen below are asked.")
    NETWORK = "network", _("The whole network|Every hub that has people here is asked.")


class Phase(models.TextChoices):
    """How far a partner request is; derived from what was written about it."""

    DRAFT = "draft", _("Waits for the client")
    AGREED = "agreed", _("Waits for the reviewer")
    OPEN = "open", _("With the hubs")
    ENDED = "ended", _("Ended")


class Ending(models.TextChoices):
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class MatchState(models.TextChoices):
    PREPARED = "prepared", _("Waits for the organisation")
    REFUSED = "refused", _("The organisation said no")
    SUGGESTED = "suggested", _("Suggested")
    TAKEN = "taken", _("Taken up")
    DECLINED = "declined", _("Not taken up")
    WITHDRAWN = "withdrawn", _("Taken back")


# A match in one of these takes the place of its organisation; from the others it may be tried again.
LIVE = (MatchState.PREPARED, MatchState.SUGGESTED, MatchState.TAKEN)


class SeenBy(models.TextChoices):
    """Who reads a line of the facilitation."""

    OWN = "own", _("Our hub only")
    HUBS = "hubs", _("The hubs")
    CLIENT = "client", _("The hubs and the client")


class Fit(models.TextChoices):
    OPEN = "open", _("Open")
    PARTLY = "partly", _("Fits in part")
    FITS = "fits", _("Fits")


class NoteKind(models.TextChoices):
    NOTE = "note", _("Note")
    LANGUAGE = "language", _("Help with the language")
    CULTURE = "culture", _("Help with the culture")
    INTERPRETER = "interpreter", _("Interpreter")


class OutcomeKind(models.TextChoices):
    CONTRACT = "contract", _("Contract")
    PILOT = "pilot", _("Pilot")
    INVESTMENT = "investment", _("Investment")
    LETTER = "letter", _("Letter of intent")
    NONE = "none", _("Nothing came of it")
