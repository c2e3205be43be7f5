"""What was handed in for the general steps of a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StepEntry(models.Model):
    """One side's answer to a step. The newest of each side counts; taken back ones stay for the record."""

    request = models.ForeignKey("collaboration.Request", on_delete=models.CASCADE, related_name="step_entries")
    key = models.CharField(max_length=60)
    # The side that answered: a hub, or the client when empty.
    hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    file = models.FileField(upload_to="steps/%Y/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "key", "hub"],
                condition=models.Q(taken_back_at__isnull=True),
                nulls_distinct=False,
                name="step_answered_once_per_side",
            )
        ]
        ordering = ["at", "pk"]
