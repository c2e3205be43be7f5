"""What is handed over, what changes on the way, and what goes wrong. Source: BP-JD-06."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.delivery.states import ChangeState, HandoverState


class Deliverable(models.Model):
    """Something a hub hands to the client. ``state`` is that of the newest version."""

    collaboration = models.ForeignKey(
        "collaboration.Collaboration", on_delete=models.CASCADE, related_name="deliverables"
    )
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=HandoverState, default=HandoverState.OPEN)

    class Meta:
        ordering = ["due_on", "pk"]


class Handover(models.Model):
    """One version of a deliverable, with the client's answer. Rows stay."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="handovers")
    number = models.PositiveSmallIntegerField()
    note = models.TextField()
    document = models.ForeignKey("collaboration.Document", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=9, choices=HandoverState, blank=True)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "number"], name="handover_number_once"),
            models.CheckConstraint(
                name="sent_back_with_reason", condition=~Q(answer=HandoverState.SENT_BACK) | ~Q(reason="")
            ),
        ]


class ScopeChange(models.Model):
    """A change of what was agreed. It stands once every hub of the team agreed.

    When it touches fees or dates, the agreement needs a version after ``after_version``.
    """

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="changes")
    title = models.CharField(max_length=200)
    what = models.TextField()
    touches_terms = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=ChangeState, default=ChangeState.PROPOSED)
    after_version = models.PositiveIntegerField(null=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]


class ChangeAnswer(models.Model):
    """One hub's answer to a change of scope."""

    change = models.ForeignKey(ScopeChange, on_delete=models.CASCADE, related_name="answers")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "hub"], name="change_answered_once"),
            models.CheckConstraint(name="no_without_reason", condition=Q(agrees=True) | ~Q(reason="")),
        ]


class Incident(models.Model):
    """Something that went wrong: what, when, with which effect, and what was done."""

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="incidents")
    happened_on = models.DateField()
    what = models.TextField()
    effect = models.TextField()
    done = models.TextField(blank=True)
    for_client = models.BooleanField(default=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-pk"]
