"""The bundled offer: one document for the client, a price per hub behind it. Source: BP-JD-06, BP-JD-12."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.delivery.states import OfferState


class Offer(models.Model):
    """What the client is offered. A later version replaces it; one that was sent is never changed."""

    request = models.ForeignKey("collaboration.Request", on_delete=models.CASCADE, related_name="offers")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    valid_until = models.DateField()
    shows_parts = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.DRAFT)
    reason = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="offer_number_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=["draft", "sent", "accepted"]), name="one_offer_stands"
            ),
        ]


class OfferPart(models.Model):
    """What one hub does in the bundle, and its price."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="parts")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    price_eur = models.DecimalField(max_digits=12, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "hub"], name="offer_part_once"),
            models.CheckConstraint(name="price_of_part", condition=Q(price_eur__gte=0)),
        ]
