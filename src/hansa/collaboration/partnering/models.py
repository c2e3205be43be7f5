"""Requests, wants, authorisations, team picks, invitations."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hansa.collaboration.partnering.states import (
    OPEN_STATES,
    Anonymity,
    Audience,
    DeclineReason,
    InvitationState,
    PartnerMode,
    RequestState,
    WantState,
)

# No vowels, no look-alikes: an address that cannot be guessed, read out or turned into a word.
_REF_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


def new_ref() -> str:
    """Return an unguessable address of 12 letters (57 bits)."""
    return "".join(secrets.choice(_REF_LETTERS) for _ in range(12))


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.filter(state__in=OPEN_STATES)


class Request(models.Model):
    """One case, worked on by its lead hub, from the first words to the closing. Source: BP-JD, BP-NS, BP-MM.

    It follows one version of a scenario to its end. Where the scenario has a client, it is the client's need; else the
    lead's own idea, and ``client`` is empty. ``text``, ``outcome``, ``timing`` are the client's own words, in ``language``; they never leave the lead hub.
    ``partner_text`` is what invited hubs read: reviewed by the lead, without names.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    title = models.CharField(max_length=200)
    scenario = models.CharField(max_length=40, default="JD")
    scenario_version = models.CharField(max_length=20, default="2026.1")
    # Keys of the steps beside the product's own that are done, told by the corner of steps; moves wait for some of them.
    done_steps = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    lead = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="led_requests")
    client = models.ForeignKey("hubs.Client", null=True, on_delete=models.PROTECT, related_name="requests")
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    outcome = models.TextField(blank=True)
    timing = models.TextField(blank=True)
    # Of an idea for a new service: for whom it is (a kind of client), and what exists already.
    audience = models.CharField(max_length=40, blank=True)
    existing = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    working_languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    budget_eur = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    partner_text = models.TextField(blank=True)
    # The lead may write it in another language than the client's.
    partner_language = models.CharField(max_length=10, blank=True)
    # What the lead keeps back although the client allowed it (names of policies.consent.FIELDS).
    withheld = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # One per filled-in form, so that a second click on Send finds the first request instead of making another.
    submission_key = models.CharField(max_length=40, null=True, unique=True)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.NEED)
    state_since = models.DateTimeField()
    # Whose turn it is: written by the operation that hands over, read by every page and by Today.
    turn_hub_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    turn_client = models.BooleanField(default=False)
    # Whether hubs are ranked by what the lead lacks or by what both have.
    mode = models.CharField(max_length=14, choices=PartnerMode, default=PartnerMode.COMPLEMENTARY)
    # Side conditions of the team, as the engine's Limits name them.
    limits = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # The client said that the platform understood.
    understood_at = models.DateTimeField(null=True)
    team_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    objects = RequestQuerySet.as_manager()
    # What the consent gate guards in it (policies.consent).
    guards: ClassVar = "client"

    class Meta:
        indexes = [
            models.Index(fields=["lead", "state", "-state_since"], name="requests_of_lead"),
            GinIndex(fields=["turn_hub_ids"], name="requests_by_turn"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner_hub_id(self) -> int:
        """The hub that reads everything of it."""
        return self.lead_id


class RequestNote(models.Model):
    """A question of the lead to its client, or what the client says about the reading of its need."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_client = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Want(models.Model):
    """An activity or competence the need asks for, with the client's words it came from."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="wants")
    concept = models.ForeignKey("hubs.Concept", on_delete=models.PROTECT, related_name="+")
    must_have = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=WantState, default=WantState.SUGGESTED)
    words = models.CharField(max_length=500, blank=True)
    sentence = models.TextField(blank=True)
    confidence = models.FloatField(null=True)
    # The client's words that made it a must-have or a nice-to-have; empty once a person has weighed it.
    weight_words = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "concept"], name="want_once_per_request")]
        ordering = ["position", "pk"]


class ClientAuthorisation(models.Model):
    """The client's agreement that something of its request may leave its hub; the only key to the consent gate.

    It says how much (``level``), which fields of that at most, for what and to whom. Source: BP-AUTH.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="authorisations")
    level = models.CharField(max_length=2, choices=Anonymity)
    # Names of policies.consent.FIELDS. A field that is listed there later is not in it, and stays inside.
    field_scope = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    purposes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    audience = models.CharField(max_length=24, choices=Audience, default=Audience.INVITED)
    # Ids of hubs or communities, codes of countries or networks, as the audience says.
    audience_names = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    granted_by = models.CharField(max_length=200)
    granted_in_capacity = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=300)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=10, default="en")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Who withdrew it and why; empty where another one took its place.
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    # Whether the network's register of agreements reached may name the organisation.
    in_register = models.BooleanField(default=False)

    # Which hubs are asked and have not said no, and which of them said yes: the queries put it there for the gate.
    asked_ids: Collection[int] = ()
    agreed_ids: Collection[int] = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(withdrawn_at__isnull=True), name="one_authorisation_in_force"
            )
        ]

    @property
    def guarded(self) -> tuple[str, int]:
        """What it is about: the kind of what the gate guards, and its id."""
        return "client", self.request_id


class Disclosure(models.Model):
    """What of a request was shown to which hub, on which authorisation. Rows are never changed."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="disclosures")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    authorisation = models.ForeignKey(ClientAuthorisation, on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=40))
    at = models.DateTimeField()


class DeletionAsk(models.Model):
    """A hub is asked to delete what it read, and says that it did. ``about`` is what it read about (``guards``)."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="deletion_asks")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, default="client")
    asked_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "hub", "about"], condition=Q(deleted_at__isnull=True), name="asked_to_delete_once"
            )
        ]
        indexes = [models.Index(fields=["hub", "deleted_at"], name="deletion_asks_of_hub")]
        ordering = ["asked_at", "pk"]


class TeamPick(models.Model):
    """A hub the lead wants in the team, before it is invited."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="picks")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "hub"], name="pick_once")]


class Invitation(models.Model):
    """Asks one hub to join. It shows what the consent gate lets through, never the client's name."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="invitations")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="invitations")
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.SENT)
    message = models.TextField(blank=True)
    wants = models.ManyToManyField(Want, related_name="+")
    effort_days = models.PositiveSmallIntegerField(null=True, blank=True)
    fee_eur = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    answer_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    # Since when somebody whom the hub suggested waits for the lead's word (matchmaking).
    suggested_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decline_reason = models.CharField(max_length=12, choices=DeclineReason, blank=True)
    decline_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "hub"],
                condition=~Q(state=InvitationState.WITHDRAWN),
                name="one_open_invitation_per_hub",
            )
        ]
        indexes = [models.Index(fields=["hub", "state", "-sent_at"], name="invitations_of_hub")]


class InvitationNote(models.Model):
    """A question or an answer between lead and invited hub."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="notes")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
