"""Removal of the demo network's part in this corner."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from hansa.hubs.directory.models import Client, Hub
from hansa.hubs.directory.operations.publishing import next_revision


def forget_demo() -> tuple[list[int], list[str]]:
    """Delete the demo's clients and hubs. A hub that a real case names stays, but is no longer listed.

    Returns the ids of the hubs deleted and the names of those kept.
    """
    Client.objects.filter(is_demo=True, requests=None).delete()
    gone, kept = [], []
    revision = next_revision(removes=True)
    for hub in Hub.objects.filter(is_demo=True):
        pk = hub.pk
        try:
            with transaction.atomic():
                hub.delete()
            gone.append(pk)
        except ProtectedError:
            Hub.objects.filter(pk=pk).update(is_listed=False, revision=revision)
            kept.append(hub.name)
    return gone, kept
