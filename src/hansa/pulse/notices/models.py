"""Notices: one per person and activity, with the mail's fate."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """What one person is told about one activity."""

    activity = models.ForeignKey("foundation.Activity", on_delete=models.CASCADE, related_name="notices")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    needs_act = models.BooleanField(default=False)
    subject = models.CharField(max_length=200)
    body = models.TextField(default="")
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "recipient"], name="notice_once")]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notices_of_person")]
