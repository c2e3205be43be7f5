"""One change at a time."""

from __future__ import annotations

from hansa.hubs.directory.models import Hub


def lock_hub(hub_id: int) -> Hub:
    """Lock a hub until the transaction ends, for operations on what belongs to it; only ``id`` and ``name`` are read.

    :raises Hub.DoesNotExist: there is none of this id
    """
    return Hub.objects.select_for_update(no_key=True).only("id", "name").get(pk=hub_id)
