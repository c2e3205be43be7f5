"""``hansa dbshell`` against the embedded server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import client as postgresql

from hansa.web.postgres import server


class DatabaseClient(postgresql.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Add where the server listens, and the ``psql`` that came with it."""
        where = server.address(settings.VAR_DIR)
        arguments, environment = super().settings_to_cmd_args_env(
            {**settings_dict, "HOST": where.folder, "PORT": where.port, "USER": server.ROLE}, parameters
        )
        return [server.psql(settings.VAR_DIR), *arguments[1:]], environment
