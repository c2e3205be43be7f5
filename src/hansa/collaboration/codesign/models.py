"""The canvas of a new service with every text it had, comments, agreement to it; counted uptake."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hansa.collaboration.codesign.states import Section


def _author() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Canvas(models.Model):
    """The canvas of one case. ``revision`` grows with every change, so that agreement to an earlier one counts no more."""

    request = models.OneToOneField("collaboration.Request", on_delete=models.CASCADE, related_name="canvas")
    revision = models.PositiveIntegerField(default=0)


class CanvasText(models.Model):
    """One text of one field (``states.FIELDS``), of one hub where the field is per hub. The highest number stands.

    Changes of the same person that follow each other quickly are one text.
    """

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="texts")
    key = models.CharField(max_length=20)
    hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    author = _author()
    author_hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Written over words of somebody else that its author had not seen, and nobody has decided yet which stay.
    is_over = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["canvas", "key", "hub", "number"], name="canvas_text_once", nulls_distinct=False
            )
        ]
        ordering = ["pk"]


class CanvasComment(models.Model):
    """What somebody says about a section."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=12, choices=Section)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    author = _author()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class CanvasApproval(models.Model):
    """A hub agrees to the canvas as it stood at a revision."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="approvals")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    author = _author()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["canvas", "hub"], name="canvas_approval_once")]


class UptakeCount(models.Model):
    """How many clients a hub served with its version in a period, as the hub counted itself. Source: BP-NS."""

    request = models.ForeignKey("collaboration.Request", on_delete=models.CASCADE, related_name="uptake")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    n_clients = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    author = _author()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="uptake_period_in_order", condition=Q(starts_on__lte=F("ends_on"))),
        ]
        ordering = ["starts_on", "pk"]
