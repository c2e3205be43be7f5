"""What a restart of the database leaves behind: connections that the server has hung up on."""

from __future__ import annotations

import select
from typing import Any

from django.db import connections


def close_lost(**_signal: Any) -> None:
    """Close the connections of this thread that the server has hung up on, so that the request makes new ones.

    A server says nothing on a connection at rest but goodbye, so something to read there means that it is gone. Looking
    takes a few microseconds and no statement. (A changed setting is told unasked too; a new connection does no harm.)
    """
    for connection in connections.all(initialized_only=True):
        raw = connection.connection
        if raw is not None and not connection.in_atomic_block and (raw.closed or _has_something_to_read(raw.fileno())):
            connection.close()


def _has_something_to_read(socket: int) -> bool:
    # Not ``select.select``, which knows the first 1,024 files of a process only.
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
