"""Hours worked on a case."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q


class TimeEntry(models.Model):
    """Hours of one person on one day, under one cost of the hub's role in the scenario (such as JD-D1-C3).

    Who worked when is seen by the person's own hub; others see sums.
    """

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="hours")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    cost_item = models.CharField(max_length=30)
    task = models.ForeignKey("collaboration.Task", null=True, on_delete=models.SET_NULL, related_name="hours")
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["person", "on"], name="hours_of_person")]
        constraints = [
            models.CheckConstraint(name="hours_of_a_day", condition=Q(hours__gt=Decimal(0), hours__lte=Decimal(24))),
        ]
