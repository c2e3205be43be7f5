"""Where tests find the data that lies beside the checkout and is not part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("HANSA_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def shared_path(relative: str) -> Path:
    """Return the path of a shared file, or skip the test with the reason. In CI a missing file is a failure."""
    path = SHARED / relative
    if not path.exists():
        reason = f"The folder beside the checkout has no {relative}. Set HANSA_SHARED to where it lies."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason, allow_module_level=True)
    return path
