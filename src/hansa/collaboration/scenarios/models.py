"""Versions of scenarios, what hubs propose and say about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.scenarios.states import ProposalState, VersionState


class ScenarioVersion(models.Model):
    """One version of a scenario as data, in the shape of the files in ``content``. Published ones never change.

    The scenarios that ship with Hansa are kept here too, so that a case finds its version after a later release.
    """

    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    base = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField()
    # Grows with every change, so that two people who change the same draft do not overwrite each other.
    edition = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    review_note = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="scenario_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=["draft", "review"]), name="one_open_version_per_scenario"
            ),
        ]
        ordering = ["key", "-created_at"]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class ScenarioProposal(models.Model):
    """What a hub would like to have as a scenario, or changed in one, and what the steward answers."""

    key = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.NEW)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]


class ScenarioComment(models.Model):
    """What somebody of a hub or the network says about a version."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="comments")
    hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
