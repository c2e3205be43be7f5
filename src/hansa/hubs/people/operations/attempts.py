"""Counting attempts, so that guessing and flooding stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from hansa.hubs.people.models import Attempt


def is_within(kind: str, *, key: str, limit: int, window: timedelta, at: datetime) -> bool:
    """Return whether fewer than ``limit`` attempts were counted in the last ``window``."""
    return Attempt.objects.filter(kind=kind, key_hash=_hash(kind, key), at__gt=at - window).count() < limit


def count(kind: str, *, key: str, at: datetime) -> None:
    """Count one attempt."""
    Attempt.objects.create(kind=kind, key_hash=_hash(kind, key), at=at)


def forget(kind: str, *, key: str) -> None:
    """Forget what was counted, after a success."""
    Attempt.objects.filter(kind=kind, key_hash=_hash(kind, key)).delete()


def sweep(*, at: datetime) -> None:
    """Delete what no limit looks at any more."""
    Attempt.objects.filter(at__lt=at - timedelta(days=1)).delete()


def _hash(kind: str, key: str) -> str:
    return salted_hmac("hansa.hubs.people.attempts", f"{kind}:{key}", algorithm="sha256").hexdigest()
