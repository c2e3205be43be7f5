"""Hubs and what belongs to their profile; clients; the directory's revision."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from hansa.hubs.directory.states import ClientType, HubType, Reach, Showing, SuggestionState, Trust


def words() -> ArrayField:
    return ArrayField(models.CharField(max_length=120), default=list, blank=True)


class DirectoryState(models.Model):
    """One row: ``revision`` grows with every change of a hub, ``generation`` when a hub was removed.

    Revisions come from a sequence, so that a change rolled back never lends its number to another one.
    """

    generation = models.BigIntegerField(default=0)
    revision = models.BigIntegerField(default=0)


class Hub(models.Model):
    """A Digital Innovation Hub as the directory shows it.

    ``sectors``, ``technologies``, ``languages`` hold notations of the vocabularies; ``country`` is ISO 3166 alpha-2,
    ``region`` a NUTS code, ``day_rate_eur`` the price of one working day (empty = not stated).
    """

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    other_names = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    # Names sort by the Unicode collation key: the embedded server knows no collation.
    sort_key = models.BinaryField(default=b"")
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    description_language = models.CharField(max_length=10, default="en", blank=True)
    hub_type = models.CharField(max_length=8, choices=HubType, default=HubType.DIH)
    legal_form = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    website = models.URLField(max_length=500, blank=True)
    languages = words()
    sectors = words()
    technologies = words()
    day_rate_eur = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    free_days_per_month = models.PositiveSmallIntegerField(null=True, blank=True)
    trust = models.CharField(max_length=10, choices=Trust, default=Trust.DECLARED)
    assessed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=120, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    # What the import noticed: repaired and unplaced values, kept aside and never shown as the hub's own words.
    source_notes = models.JSONField(default=dict, blank=True)
    # Digest of the text the suggestions were derived from; empty = still to be read.
    read_digest = models.CharField(max_length=64, blank=True)
    # Told by the rooms above: closed joint deliveries, and the days the hub took for its latest replies.
    joint_deliveries = models.PositiveIntegerField(default=0)
    latest_reply_days = ArrayField(models.FloatField(), default=list, blank=True)
    reply_days = models.FloatField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    revision = models.BigIntegerField(default=0)
    search = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source=""), name="hub_once_per_source"
            ),
        ]
        indexes = [
            models.Index(fields=["revision"], name="hub_revision"),
            GinIndex(fields=["search"], name="hub_search"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceOffer(models.Model):
    """A service the hub offers, under one activity of the classification. Source: BP-SVC."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="offers")
    activity = models.ForeignKey("hubs.Concept", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    trl_from = models.PositiveSmallIntegerField(null=True, blank=True)
    trl_to = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = words()
    price_note = models.CharField(max_length=200, blank=True)
    capacity_note = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    # Of a service that hubs developed together: the case, all its hubs, and since when this hub offers its version.
    made_in = models.CharField(max_length=12, blank=True)
    made_with = ArrayField(models.BigIntegerField(), default=list, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "made_in"], condition=~Q(made_in=""), name="one_version_per_hub_and_case"
            ),
            models.CheckConstraint(
                name="offer_trl_in_order",
                condition=Q(trl_from__isnull=True)
                | Q(trl_to__isnull=True)
                | (Q(trl_from__gte=1) & Q(trl_to__lte=9) & Q(trl_from__lte=models.F("trl_to"))),
            ),
        ]
        indexes = [
            models.Index(fields=["hub", "activity"], name="offer_of_hub"),
            models.Index(fields=["made_in"], condition=~Q(made_in=""), name="offers_made_together"),
        ]


class Competence(models.Model):
    """A competence (ESCO skill) the hub has in-house or reaches through its network."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="competences")
    skill = models.ForeignKey("hubs.Concept", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=2)  # 1 basic, 2 experienced, 3 expert
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.IN_HOUSE)
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "skill"], name="competence_once_per_hub")]


class Suggestion(models.Model):
    """What the engine read in the hub's own text: a concept, the sentence, and how sure it is. The hub decides."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="suggestions")
    concept = models.ForeignKey("hubs.Concept", on_delete=models.CASCADE, related_name="+")
    sentence = models.TextField()
    words = models.CharField(max_length=500)
    confidence = models.FloatField()
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "concept"], name="suggestion_once_per_hub")]


class Facility(models.Model):
    """A laboratory, test bed, computer or platform that others can use."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="facilities")
    infrastructure = models.ForeignKey("hubs.Concept", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    access_note = models.CharField(max_length=300, blank=True)


class UseCase(models.Model):
    """Past work the hub shows as an example."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="use_cases")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    sector = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)


class ContactPerson(models.Model):
    """Whom to ask at the hub; may or may not have an account."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=150)
    function = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    languages = words()


class Client(models.Model):
    """A company or public organisation that a hub serves. Known to its own hub alone."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="clients")
    name = models.CharField(max_length=200)
    client_type = models.CharField(max_length=10, choices=ClientType, default=ClientType.SME)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=120, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    website = models.URLField(max_length=500, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class EcosystemOrganisation(models.Model):
    """An organisation in a hub's ecosystem that may fit somebody else's client. Known to its own hub alone.

    ``partner_kinds`` says what it can be (``PartnerKind``), ``concepts`` what it is able to do, ``showing`` how it wishes
    to be shown to other hubs. Source: BP-MM-03.
    """

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="ecosystem")
    name = models.CharField(max_length=200)
    organisation_type = models.CharField(max_length=10, choices=ClientType, default=ClientType.SME)
    partner_kinds = words()
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=120, blank=True)
    website = models.URLField(max_length=500, blank=True)
    offer = models.TextField(blank=True)
    concepts = models.ManyToManyField("hubs.Concept", related_name="+")
    languages = words()
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    showing = models.CharField(max_length=10, choices=Showing, default=Showing.ASK)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), "hub", name="ecosystem_organisation_once_per_hub"),
        ]

    def __str__(self) -> str:
        return self.name
