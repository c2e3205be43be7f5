"""Removal of the demo network's part in this corner."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from hansa.hubs.people.models import User


def forget_demo() -> None:
    """Delete the demo's people. Somebody who acted in a real case keeps the name there, but cannot sign in any more."""
    for user in User.objects.filter(is_demo=True):
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:
            user.is_active = False
            user.set_unusable_password()
            user.save(update_fields=["is_active", "password"])
