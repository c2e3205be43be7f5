"""Partner requests, matches with what their organisations agreed to, the facilitation, outcomes."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking.states import (
    LIVE,
    Ending,
    Fit,
    MatchState,
    NoteKind,
    OutcomeKind,
    Phase,
    Reach,
    SeenBy,
)
from hansa.collaboration.partnering.models import new_ref
from hansa.collaboration.partnering.states import Anonymity
from hansa.hubs.directory.states import PartnerKind

_PERSON = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class PartnerRequest(models.Model):
    """What the lead asks the network for its client: prepared, agreed by the client, released by a reviewer, ended.

    ``text`` and ``withheld`` become those of the request when it is released. Source: BP-MM-02.
    """

    request = models.OneToOneField("collaboration.Request", on_delete=models.CASCADE, related_name="partner_request")
    kind = models.CharField(max_length=12, choices=PartnerKind)
    text = models.TextField(blank=True)
    withheld = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    reach = models.CharField(max_length=10, choices=Reach)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    hub_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    valid_until = models.DateField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    prepared_at = models.DateTimeField()
    # What the client said to exactly this request, and how we know.
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    agreed_evidence = models.CharField(max_length=300, blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    hubs_reminded_at = models.DateTimeField(null=True)
    lead_reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=10, choices=Ending, blank=True)

    @property
    def phase(self) -> Phase:
        if self.ended_at is not None:
            return Phase.ENDED
        if self.released_at is not None:
            return Phase.OPEN
        return Phase.AGREED if self.agreed_at is not None else Phase.DRAFT

    def is_open(self, at: datetime) -> bool:
        """Whether hubs may answer now. The day it is valid until counts whole."""
        return self.phase == Phase.OPEN and at.date() <= self.valid_until


class Match(models.Model):
    """An organisation of a hub's ecosystem, suggested for a partner request. The consent gate guards it.

    ``profile`` is what the lead may read of it in words: reviewed by its hub, without names. Source: BP-MM-03.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    request = models.ForeignKey("collaboration.Request", on_delete=models.CASCADE, related_name="matches")
    invitation = models.ForeignKey("collaboration.Invitation", on_delete=models.CASCADE, related_name="matches")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("hubs.EcosystemOrganisation", on_delete=models.PROTECT, related_name="matches")
    profile = models.TextField(blank=True)
    withheld = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PREPARED)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    # What the hub writes to the organisation, and the digest of the key of the page it answers on.
    asked_words = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    key_digest = models.CharField(max_length=64, null=True, unique=True)
    suggested_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    decline_reason = models.CharField(max_length=500, blank=True)

    guards: ClassVar = "match"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "organisation"], condition=Q(state__in=LIVE), name="match_once_per_request"
            )
        ]
        ordering = ["created_at", "pk"]

    @property
    def owner_hub_id(self) -> int:
        """The hub that reads everything of it."""
        return self.hub_id


class MatchAuthorisation(models.Model):
    """The organisation's agreement that something of it may leave its hub; the only key to the consent gate for it."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="authorisations")
    level = models.CharField(max_length=2, choices=Anonymity)
    granted_by = models.CharField(max_length=200)
    granted_in_capacity = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=300)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=10, default="en")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    in_register = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match"], condition=Q(withdrawn_at__isnull=True), name="one_match_authorisation_in_force"
            )
        ]

    @property
    def guarded(self) -> tuple[str, int]:
        """What it is about: the kind of what the gate guards, and its id."""
        return "match", self.match_id


class MatchDisclosure(models.Model):
    """What of a match was shown to which hub, on which authorisation. Rows are never changed."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="disclosures")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    authorisation = models.ForeignKey(MatchAuthorisation, on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=40))
    at = models.DateTimeField()


class Requirement(models.Model):
    """One thing the client needs, and what the match says to it. ``settled_by`` is who said last how it fits."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="requirements")
    wanted = models.CharField(max_length=500)
    offered = models.CharField(max_length=500, blank=True)
    fit = models.CharField(max_length=8, choices=Fit, default=Fit.OPEN)
    seen_by = models.CharField(max_length=8, choices=SeenBy, default=SeenBy.CLIENT)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class Meeting(models.Model):
    """A meeting of both sides. ``zone`` is an IANA time zone: where its time of day is read. ``link`` or ``place`` says where."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    points = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    language = models.CharField(max_length=10, blank=True)
    interpreter = models.CharField(max_length=200, blank=True)
    seen_by = models.CharField(max_length=8, choices=SeenBy, default=SeenBy.CLIENT)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    @property
    def in_words(self) -> str:
        """Day, time and time zone, as its hosts read the clock."""
        starts = self.starts_at.astimezone(ZoneInfo(self.zone))
        facts = {
            "day": date_format(starts, "j M Y"),
            "clock": starts.strftime("%H:%M"),
            "zone": self.zone.replace("_", " "),
        }
        return _("%(day)s, %(clock)s (%(zone)s)") % facts

    class Meta:
        constraints = [models.CheckConstraint(name="meeting_lasts", condition=Q(minutes__gte=5, minutes__lte=720))]
        ordering = ["starts_at", "pk"]


class LogEntry(models.Model):
    """What a hub did or noted while bringing both sides together."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="log")
    kind = models.CharField(max_length=12, choices=NoteKind, default=NoteKind.NOTE)
    text = models.TextField()
    seen_by = models.CharField(max_length=8, choices=SeenBy, default=SeenBy.HUBS)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class Outcome(models.Model):
    """What came of a match, with what shows it. The client confirms it with the results. Source: BP-MM-04."""

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="outcome")
    kind = models.CharField(max_length=12, choices=OutcomeKind)
    amount_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    summary = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="outcomes/%Y/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_amount_not_negative", condition=Q(amount_eur__isnull=True) | Q(amount_eur__gte=0)
            ),
            models.CheckConstraint(
                name="no_outcome_has_a_reason",
                condition=~Q(kind=OutcomeKind.NONE) | (~Q(reason="") & Q(amount_eur__isnull=True)),
            ),
        ]
