"""What hubs lend each other for a case: facilities by the hour, experts for a limited time. Source: BP-JD-05."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hansa.collaboration.delivery.states import BookingState


class _Span(Func):
    """The time from the first to the second moment, the last one excluded: a booking may begin when another ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Booking(models.Model):
    """A facility for one case from ``starts_at`` to ``ends_at``. The database lets no two that stand overlap.

    A facility that leaves its hub's profile leaves its name here.
    """

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="bookings")
    facility = models.ForeignKey("hubs.Facility", null=True, on_delete=models.SET_NULL, related_name="+")
    facility_name = models.CharField(max_length=200)
    owner = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    price_eur = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    state = models.CharField(max_length=9, choices=BookingState, default=BookingState.HELD)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="booking_ends", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="price_of_booking", condition=Q(price_eur__gte=0)),
            ExclusionConstraint(
                name="no_double_booking",
                expressions=[
                    ("facility", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=BookingState.CANCELLED),
            ),
        ]


class Secondment(models.Model):
    """An expert of one hub who works at another for some days. It always has a last day."""

    collaboration = models.ForeignKey(
        "collaboration.Collaboration", on_delete=models.CASCADE, related_name="secondments"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=200)
    cost_eur = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    # The days on which the certificate of social security and the notice of a posted worker were there.
    a1_on = models.DateField(null=True)
    notice_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="secondment_ends", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="secondment_to_another_hub", condition=~Q(sender=F("receiver"))),
            models.CheckConstraint(name="cost_of_secondment", condition=Q(cost_eur__gte=0)),
        ]
