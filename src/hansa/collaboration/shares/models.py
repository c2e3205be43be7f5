"""Estimates, expenses, and whether a hub shows its sums. A hub's rows are seen by that hub alone."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.shares.states import BEST_SCORE, PointKind


def _user() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Estimate(models.Model):
    """What a hub expects of one cost, benefit or risk of its role (its id in the scenario, such as JD-D1-C3).

    Rows are never changed: the newest counts, and one without any value takes an estimate back. A cost has ``hours`` and
    other spending in ``amount_eur``; a benefit its worth in ``amount_eur`` or a ``score`` of 0 to 5; a risk its
    ``likelihood`` in per cent and the damage in ``amount_eur``. Source: BP-REC-R3.1.
    """

    request = models.ForeignKey("collaboration.Request", on_delete=models.CASCADE, related_name="estimates")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PointKind)
    item = models.CharField(max_length=30)
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    amount_eur = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    score = models.PositiveSmallIntegerField(null=True)
    likelihood = models.PositiveSmallIntegerField(null=True)
    entered_by = _user()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["request", "hub", "item", "-at"], name="estimates_of_hub")]
        constraints = [
            models.CheckConstraint(
                name="estimate_not_negative",
                condition=(Q(hours=None) | Q(hours__gte=Decimal(0)))
                & (Q(amount_eur=None) | Q(amount_eur__gte=Decimal(0)))
                & (Q(score=None) | Q(score__lte=BEST_SCORE))
                & (Q(likelihood=None) | Q(likelihood__lte=100)),
            )
        ]


class Expense(models.Model):
    """What a hub spent on a case besides hours, under one cost of its role."""

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="expenses")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=30)
    amount_eur = models.DecimalField(max_digits=10, decimal_places=2)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    # The receipt, stored under its hash; its name is only ever a download's.
    file = models.FileField(upload_to="expenses/%Y/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    entered_by = _user()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(name="expense_is_positive", condition=Q(amount_eur__gt=Decimal(0)))]


class Release(models.Model):
    """Whether a hub shows its sums of money: a partner to the lead, the lead to its partners. Without a row: no."""

    request = models.ForeignKey("collaboration.Request", on_delete=models.CASCADE, related_name="releases")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    shows_money = models.BooleanField(default=False)
    by = _user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "hub"], name="release_once")]
