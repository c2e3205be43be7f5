"""What a collaboration changed: maturity before and after, investment, lessons, the story. Source: BP-KPI-02."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.delivery.states import InvestmentKind, LessonKind, Moment, StoryState


class MaturityCheck(models.Model):
    """The client's answers at one moment, with the score of each dimension (0 to 100) and their average.

    ``version`` is that of the questions, so that before and after are compared only when they asked the same.
    """

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="checks")
    moment = models.CharField(max_length=2, choices=Moment)
    questions = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    answers = models.JSONField()
    scores = models.JSONField()
    overall = models.DecimalField(max_digits=5, decimal_places=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_client = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "moment"], name="maturity_once_per_moment"),
            models.CheckConstraint(name="maturity_0_to_100", condition=Q(overall__gte=0, overall__lte=100)),
        ]


class Investment(models.Model):
    """Money that the client spent or got because of the work, with what shows it."""

    collaboration = models.ForeignKey(
        "collaboration.Collaboration", on_delete=models.CASCADE, related_name="investments"
    )
    amount_eur = models.DecimalField(max_digits=12, decimal_places=2)
    kind = models.CharField(max_length=10, choices=InvestmentKind)
    on = models.DateField()
    evidence = models.CharField(max_length=300)
    hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(name="investment_of_something", condition=Q(amount_eur__gt=0))]


class Lesson(models.Model):
    """What happened, and what to do the next time. The team's hubs read it."""

    collaboration = models.ForeignKey("collaboration.Collaboration", on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(max_length=10, choices=LessonKind)
    happened = models.TextField()
    next_time = models.TextField(blank=True)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Story(models.Model):
    """A case told for others: challenge, solution, result, numbers. What is public was approved word by word.

    ``names_client`` is the client's own choice; until it made one, the story speaks of "a client".
    """

    collaboration = models.OneToOneField("collaboration.Collaboration", on_delete=models.CASCADE, related_name="story")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=150)
    challenge = models.TextField()
    solution = models.TextField()
    result = models.TextField()
    numbers = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=StoryState, default=StoryState.DRAFT)
    reason = models.TextField(blank=True)
    names_client = models.BooleanField(default=False)
    client_name = models.CharField(max_length=200, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "-published_at"], name="stories_published")]
        constraints = [
            # Without a client (a new service of hubs) the lead's word is enough; the operation sees to that.
            models.CheckConstraint(
                name="published_with_approval", condition=~Q(state=StoryState.PUBLISHED) | Q(approved_at__isnull=False)
            ),
        ]
