"""Sessions in the database. Every page of a signed-in person reads one, and with it who acts and how much waits for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import F
from django.utils import timezone

from hansa.collaboration.partnering.queries import waiting_by_hub
from hansa.foundation.prepared import Prepared
from hansa.hubs.people.queries import OpenRole, open_sessions, roles_from


class SessionStore(db.SessionStore):
    """Django's store, whose one statement also reads the person, their roles and how much waits for them."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row: Any = None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        from hansa.hubs.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        self._row = _open_session.first(key=self.session_key, now=timezone.now())
        if self._row is None:
            self._session_key = None
        return self._row

    @property
    def person(self) -> Any | None:
        """Return the person the session named when it was read."""
        self._get_session()
        return self._row and self._row.user

    def roles_of(self, user: Any) -> list[OpenRole] | None:
        """Return the roles read with the session, if they are this person's."""
        return roles_from(self._row.open_roles) if self._row and self._row.user_id == user.pk else None

    def n_waiting(self, hub_id: int | None) -> int | None:
        """Return how many cases waited for the person, acting for this hub or none, when the session was read."""
        return self._row and (self._row.waiting or {}).get(str(hub_id or 0), 0)


_open_session = Prepared(lambda: open_sessions(waiting=waiting_by_hub(F("user_id"))))
