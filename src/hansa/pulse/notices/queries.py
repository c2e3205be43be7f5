"""What a person has been told."""

from __future__ import annotations

from django.db.models import QuerySet

from hansa.foundation.actors import Actor
from hansa.pulse.notices.models import Notice


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """Return the person's notices, newest first."""
    if actor.user_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(recipient_id=actor.user_id).select_related("activity").order_by("-created_at", "-pk")
