"""Services delivered, what they cost, and the aid in them. A hub's rows are seen by that hub alone."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hansa.collaboration.aid.states import Category, DeclaredBy, LinkKind, ServiceStatus


def euro(**options: object) -> models.DecimalField:
    return models.DecimalField(max_digits=12, decimal_places=2, **options)  # type: ignore[arg-type]


class AidSettings(models.Model):
    """How one hub gives aid: who grants it, which share of it is national, on which legal basis unless said otherwise."""

    hub = models.OneToOneField("hubs.Hub", on_delete=models.CASCADE, related_name="aid_settings")
    # Per cent of the aid that national or regional money pays; the share of the Union is no State aid.
    national_share = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    default_basis = models.CharField(max_length=40, blank=True)
    granting_authority = models.CharField(max_length=200, blank=True)
    # How the reporting tool calls the hub, where that differs.
    edih_name = models.CharField(max_length=200, blank=True)
    edih_country = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="national_share_per_cent", condition=Q(national_share__range=(0, 100)))
        ]


class PriceItem(models.Model):
    """One line of a hub's public price list: what a service costs at market price."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="price_items")
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=3, choices=Category)
    price_eur = euro()
    # Empty: the hub's default.
    legal_basis = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="list_price_not_negative", condition=Q(price_eur__gte=0)),
            models.UniqueConstraint(fields=["hub", "name"], name="price_once_per_hub"),
        ]


class Undertaking(models.Model):
    """What State aid and its reports ask about a client. Empty words: what the client's own record says."""

    client = models.OneToOneField("hubs.Client", on_delete=models.CASCADE, related_name="undertaking")
    nace = models.CharField(max_length=12, blank=True)
    # Primary production of farm or fishery products: outside the general de minimis rule.
    is_primary_producer = models.BooleanField(default=False)
    customer_id = models.CharField(max_length=60, blank=True)
    country_words = models.CharField(max_length=80, blank=True)
    region_words = models.CharField(max_length=120, blank=True)
    sector_words = models.CharField(max_length=200, blank=True)
    size_words = models.CharField(max_length=80, blank=True)
    type_words = models.CharField(max_length=80, blank=True)


class LinkedUndertaking(models.Model):
    """An undertaking that is one with the client for the ceiling. ``other`` is it, if the hub serves it too."""

    client = models.ForeignKey("hubs.Client", on_delete=models.CASCADE, related_name="linked_undertakings")
    name = models.CharField(max_length=200)
    identifier = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=LinkKind)
    other = models.ForeignKey("hubs.Client", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="linked_undertaking_once"),
            models.CheckConstraint(name="not_linked_to_itself", condition=~Q(other=F("client"))),
        ]


class DeclaredAid(models.Model):
    """De minimis aid that the client, or an undertaking linked to it, got elsewhere, as it declares."""

    client = models.ForeignKey("hubs.Client", on_delete=models.CASCADE, related_name="declared_aid")
    beneficiary = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    member_state = models.CharField(max_length=2)
    granted_on = models.DateField()
    amount_eur = euro()

    class Meta:
        ordering = ["-granted_on", "pk"]
        constraints = [models.CheckConstraint(name="declared_aid_positive", condition=Q(amount_eur__gt=0))]


class Declaration(models.Model):
    """The client's word that its list of aid and linked undertakings is whole. ``content`` is what it said, frozen."""

    client = models.ForeignKey("hubs.Client", on_delete=models.PROTECT, related_name="aid_declarations")
    declared_by = models.CharField(max_length=6, choices=DeclaredBy)
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    content = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class ServiceRecord(models.Model):
    """One service for one client: what it was, what it cost, what aid is in it. Source: BP-KPI-03.

    Money in euro. ``aid_eur`` is what is reported as national aid: the hub's share of price less invoice, unless
    somebody typed another amount (``is_aid_typed``). Technologies are notations of the vocabulary.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="service_records")
    client = models.ForeignKey("hubs.Client", on_delete=models.PROTECT, related_name="service_records")
    request = models.ForeignKey(
        "collaboration.Request", null=True, on_delete=models.SET_NULL, related_name="service_records"
    )
    content_id = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=3, choices=Category)
    description = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    n_attendees = models.PositiveIntegerField(null=True)
    price_eur = euro()
    invoiced_eur = euro()
    aid_eur = euro()
    is_aid_typed = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=40, blank=True)
    granted_on = models.DateField()
    # Aid of any kind for the same costs; empty: nobody was asked yet.
    other_aid_eur = euro(null=True)
    aid_note = models.TextField(blank=True)
    technologies = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    technology_words = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=ServiceStatus, default=ServiceStatus.ONGOING)
    investment_eur = euro(null=True)
    investment_type = models.CharField(max_length=120, blank=True)
    investment_words = models.CharField(max_length=300, blank=True)
    capacities = models.CharField(max_length=300, blank=True)
    capacity_words = models.CharField(max_length=300, blank=True)
    author_email = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # When the grant was put into the register; empty: not yet.
    registered_on = models.DateField(null=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="service_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="service_money_in_order",
                condition=Q(invoiced_eur__gte=0)
                & Q(price_eur__gte=F("invoiced_eur"))
                & Q(aid_eur__gte=0)
                & Q(aid_eur__lte=F("price_eur") - F("invoiced_eur")),
            ),
            models.UniqueConstraint(fields=["hub", "content_id"], condition=~Q(content_id=""), name="content_id_once"),
        ]
        indexes = [
            models.Index(fields=["hub", "-starts_on", "-id"], name="services_of_hub"),
            models.Index(fields=["client", "granted_on"], name="services_of_client"),
        ]


class Certificate(models.Model):
    """What the client keeps about one grant. ``content`` holds every field as it was issued."""

    record = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="certificates")
    content = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(withdrawn_at__isnull=True), name="one_certificate_in_force"
            )
        ]
