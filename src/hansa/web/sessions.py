"""Sessions in the database, read by a prepared query: every page of a signed-in person reads one."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from hansa.foundation.prepared import Prepared, Slot


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = _open_session.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
        return row


_open_session = Prepared(
    lambda: SessionStore.get_model_class().objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    )
)
