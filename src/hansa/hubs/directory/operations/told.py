"""What the rooms above tell about a hub: closed deliveries, and how fast it replies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import median

from django.db import transaction
from django.db.models import F

from hansa.hubs.directory.models import Hub
from hansa.hubs.directory.operations.publishing import next_revision, publish

# The median is taken over this many replies: what a hub does now counts, not what it did years ago.
REPLIES_KEPT = 15


@transaction.atomic
def record_joint_delivery(hub_ids: Iterable[int], *, at: datetime) -> None:
    """Count one closed cooperation for each of these hubs. ``at`` is when it closed."""
    ids = sorted(set(hub_ids))
    revision = next_revision()
    Hub.objects.filter(pk__in=ids).update(joint_deliveries=F("joint_deliveries") + 1, updated_at=at)
    publish(ids, revision=revision)


@transaction.atomic
def record_reply(hub_id: int, *, days: float) -> None:
    """Note how long a hub took to answer an invitation, in days; ``reply_days`` is the median of the latest."""
    revision = next_revision()
    hub = Hub.objects.select_for_update(no_key=True).filter(pk=hub_id).first()
    if hub is None:
        return
    hub.latest_reply_days = [*hub.latest_reply_days, round(max(0.0, days), 2)][-REPLIES_KEPT:]
    hub.reply_days = median(hub.latest_reply_days)
    hub.save(update_fields=["latest_reply_days", "reply_days"])
    publish([hub.pk], revision=revision)
