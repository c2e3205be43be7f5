"""Whether a port is free. The web server would share a taken port without a word, so we ask first."""

from __future__ import annotations

import errno
import socket

from django.core.exceptions import ImproperlyConfigured

_HIGHEST = 65535


def demand_free(*, host: str, port: int, beside: int | None = None) -> None:
    """Raise unless ``port`` and the port ``beside`` numbers above it (the mail sink's) can be listened on.

    :raises ImproperlyConfigured: with another port to choose
    """
    if not 1 <= port <= _HIGHEST - (beside or 0):
        raise ImproperlyConfigured(f"Port {port} does not exist. Choose one from 1024 to {_HIGHEST - (beside or 0)}.")
    for wanted in [port] if beside is None else [port, port + beside]:
        problem = _problem(host, wanted)
        if problem is None:
            continue
        if isinstance(problem, PermissionError):
            raise ImproperlyConfigured(
                f"Port {wanted} needs more rights than you have. Choose one above 1023: {_choose(8000)}."
            )
        if isinstance(problem, socket.gaierror) or problem.errno != errno.EADDRINUSE:
            raise ImproperlyConfigured(f"Hansa cannot listen on {host} ({problem.strerror}). Correct HANSA_HOST.")
        free = _next_free(host, port, beside)
        what = (
            f"Port {wanted} is taken" if wanted == port else f"Port {wanted}, which the local mail box needs, is taken"
        )
        raise ImproperlyConfigured(f"{what}. Stop the other program or choose: {_choose(free)}")


def _choose(port: int) -> str:
    return f"make run PORT={port}"


def _next_free(host: str, port: int, beside: int | None) -> int:
    for other in range(port + 1, min(port + 200, _HIGHEST - (beside or 0))):
        if all(_problem(host, p) is None for p in ([other] if beside is None else [other, other + beside])):
            return other
    return 8000


def _problem(host: str, port: int) -> OSError | None:
    """Return why nobody could listen there, or None. Sharing is not asked for: a shared port counts as taken."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Ports of connections that just ended count as free; ports that somebody listens on do not.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen(1)
    except OSError as error:
        return error
    return None
