"""A collaboration with its tasks, documents, KPIs, results and feedback."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext

from hansa.collaboration.delivery.states import Better, FeedbackFrom, Scan


class Collaboration(models.Model):
    """A signed request being delivered. Its state is the request's state."""

    request = models.OneToOneField("collaboration.Request", on_delete=models.PROTECT, related_name="collaboration")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reported_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmation_note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    # The hubs of the agreement, lead first: who may work here.
    party_ids = ArrayField(models.BigIntegerField(), default=list)


class Task(models.Model):
    """A piece of work with an owner and a date."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField()
    milestone = models.ForeignKey("collaboration.Milestone", null=True, on_delete=models.SET_NULL, related_name="tasks")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "position", "pk"]

    @property
    def shown_title(self) -> str:
        """The title in the reader's language if it is one of the planned tasks, else as somebody wrote it."""
        return pgettext("content", self.title)


class Document(models.Model):
    """A file of the collaboration. ``for_client`` says whether the client sees it."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="collaborations/%Y/")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=120)
    for_client = models.BooleanField(default=False)
    scan = models.CharField(max_length=5, choices=Scan, default=Scan.NOT_SCANNED)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at"]


class Kpi(models.Model):
    """What the hubs agreed to reach, with its target. Source: BP-JD."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="kpis")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    better = models.CharField(max_length=6, choices=Better, default=Better.HIGHER)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    # Computed from what happened (days from need to team); others are fed by measurements. Both go through the log.
    is_computed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class KpiResult(models.Model):
    """A value worked out from the activity log, which can be done again. The newest counts; earlier ones stay."""

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="results")
    value = models.DecimalField(max_digits=12, decimal_places=2)
    measured_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class Feedback(models.Model):
    """What one side says about the cooperation, 1 (poor) to 5 (very good)."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(max_length=8, choices=FeedbackFrom)
    hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "side", "hub"], name="feedback_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="rating_one_to_five", condition=Q(rating__gte=1, rating__lte=5)),
        ]
