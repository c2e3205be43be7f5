"""The installation's own secret, made once and kept beside its data."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def installation_secret(var_dir: Path) -> str:
    """Return the secret stored in ``var_dir/secret``; make it on the first call.

    :raises ImproperlyConfigured: when the folder cannot be written
    """
    path = var_dir / "secret"
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            secret = secrets.token_urlsafe(48)
            file.write(secret)
        return secret
    except OSError as error:
        raise ImproperlyConfigured(
            f"Hansa cannot write to {var_dir} ({error.strerror}). Set HANSA_VAR to a folder you may write to."
        ) from error
