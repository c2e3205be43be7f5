"""Django's PostgreSQL backend, with a server of its own."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base as postgresql

from hansa.web.postgres import server
from hansa.web.postgres.client import DatabaseClient


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Starts the server when a connection is first needed, not when settings are read: most commands need none."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        where = server.address(settings.VAR_DIR)
        return {**params, "host": where.folder, "port": where.port, "user": server.ROLE}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; make the installation's database if the server does not have it yet."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            name = conn_params["dbname"]
            if f'database "{name}" does not exist' not in str(error):
                raise
            server.create_database(name, conn_params)
            return super().get_new_connection(conn_params)
