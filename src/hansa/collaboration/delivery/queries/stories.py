"""Lessons of a case, and the stories that everybody may read. Source: BP-TOOL-03."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hansa.collaboration.delivery.models import Collaboration, Lesson, Story
from hansa.collaboration.delivery.states import StoryState


def lessons_of(collaboration: Collaboration) -> list[Lesson]:
    """Return the lessons of a case in their order; one query."""
    rows = collaboration.lessons.select_related("hub")
    return list(rows.defer("hub__description", "hub__search"))


def story_of(collaboration: Collaboration) -> Story | None:
    return Story.objects.filter(collaboration=collaboration).first()


def published_stories(words: str = "") -> QuerySet[Story]:
    """Return the published stories, newest first, all or those with these words. Nothing of a client is in them but
    what the client approved.
    """
    rows = Story.objects.filter(state=StoryState.PUBLISHED).select_related("collaboration")
    for word in words.split()[:8]:
        found = Q()
        for name in ("title", "challenge", "solution", "result", "numbers"):
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows.order_by("-published_at", "-pk")
