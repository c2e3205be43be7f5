"""Milestones, and what was decided at each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.delivery.states import Decision


class Milestone(models.Model):
    """A day on which somebody decides whether the work goes on. Without a ``decider`` hub the client decides.

    ``decision`` is the newest; after a change the milestone has a later day and is open again.
    """

    collaboration = models.ForeignKey(
        "collaboration.Collaboration", on_delete=models.CASCADE, related_name="milestones"
    )
    name = models.CharField(max_length=200)
    due_on = models.DateField()
    criterion = models.TextField()
    decider = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=6, choices=Decision, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    @property
    def is_open(self) -> bool:
        return self.decision in {"", Decision.CHANGE}


class MilestoneDecision(models.Model):
    """What was decided at a milestone, by whom and why. Rows stay. ``due_on`` is the day that stood when it was decided."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="decisions")
    decision = models.CharField(max_length=6, choices=Decision)
    reason = models.TextField(blank=True)
    due_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="no_change_or_stop_without_reason", condition=Q(decision=Decision.GO) | ~Q(reason="")
            ),
            # Two deciders at the same second: one decides.
            models.UniqueConstraint(
                fields=["milestone"], condition=~Q(decision=Decision.CHANGE), name="milestone_decided_once"
            ),
        ]
