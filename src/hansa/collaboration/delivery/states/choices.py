"""The choices of this corner: what is decided, how things stand, of which kind they are. Source: BP-JD."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Better(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Decision(models.TextChoices):
    GO = "go", _("Go on")
    CHANGE = "change", _("Change")
    STOP = "stop", _("Stop")


class BookingState(models.TextChoices):
    """``HELD`` until the facility's hub answers; held and confirmed times are taken."""

    HELD = "held", _("Held")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")


class FeedbackFrom(models.TextChoices):
    CLIENT = "client", _("Client")
    LEAD = "lead", _("Lead")
    PARTNER = "partner", _("Partner")


class HandoverState(models.TextChoices):
    OPEN = "open", _("Not handed over")
    HANDED = "handed", _("With the client")
    ACCEPTED = "accepted", _("Accepted")
    SENT_BACK = "sent_back", _("Sent back")


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")


class Scan(models.TextChoices):
    """What looking for viruses said. A file with a virus is never kept."""

    NOT_SCANNED = "not", _("Not scanned")
    CLEAN = "clean", _("No virus found")


class Moment(models.TextChoices):
    """Before the work, and after it."""

    T0 = "T0", _("Before")
    T1 = "T1", _("After")


class InvestmentKind(models.TextChoices):
    OWN = "own", _("Own money")
    LOAN = "loan", _("Loan")
    EQUITY = "equity", _("Equity")
    PUBLIC = "public", _("Public funding")
    OTHER = "other", _("Other")


class LessonKind(models.TextChoices):
    PEOPLE = "people", _("Working together")
    CLIENT = "client", _("Working with the client")
    TECHNOLOGY = "technology", _("Technology and data")
    LAW = "law", _("Law and agreement")
    MONEY = "money", _("Money and time")
    OTHER = "other", _("Something else")


class StoryState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("With the client")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
