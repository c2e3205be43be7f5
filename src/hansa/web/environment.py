"""The one reader of environment variables."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_FALSE = {"", "0", "no", "false", "off"}


def env(name: str, kind: type, default: Any, why: str) -> Any:
    """Read a setting from the environment.

    :param kind: ``str``, ``int``, ``bool``, ``list`` (comma separated) or ``Path``
    :param why: what the setting is for; part of the message when its value does not fit
    :raises ImproperlyConfigured: with what to set, when the value cannot be read
    """
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        if kind is bool:
            return raw.strip().lower() not in _FALSE
        if kind is list:
            return [part.strip() for part in raw.split(",") if part.strip()]
        if kind is Path:
            return Path(raw).expanduser()
        return kind(raw)
    except ValueError as error:
        words = "a whole number" if kind is int else kind.__name__
        raise ImproperlyConfigured(f"{name}={raw!r} cannot be read as {words}. It sets {why}.") from error
