"""Suggestions and comments on clauses."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.negotiation.states import SuggestionState


class ClauseSuggestion(models.Model):
    """Other words for one clause, suggested by one party and answered by another. At most one per clause is open."""

    agreement = models.ForeignKey("collaboration.Agreement", on_delete=models.CASCADE, related_name="suggestions")
    clause = models.CharField(max_length=60)
    # The version that lay before the author, and the one that the suggestion became.
    base_version = models.PositiveIntegerField()
    became_version = models.PositiveIntegerField(null=True)
    words = models.TextField()
    why = models.CharField(max_length=500)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer_by = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "clause"],
                condition=Q(state=SuggestionState.OPEN),
                name="one_open_suggestion_per_clause",
            )
        ]


class ClauseComment(models.Model):
    """What somebody of a party says about a clause; every party reads it."""

    agreement = models.ForeignKey("collaboration.Agreement", on_delete=models.CASCADE, related_name="comments")
    clause = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    text = models.TextField()
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
