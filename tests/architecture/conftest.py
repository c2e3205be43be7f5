"""The tree as the tests of its architecture see it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "hansa"


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def sources() -> list[Path]:
    """All Python files of the package, migrations aside."""
    return sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)


@pytest.fixture(scope="session")
def templates() -> list[tuple[str, str]]:
    """Name (as Django knows it) and text of every template."""
    found = [p for p in PACKAGE.rglob("*.html") if "templates" in p.parts]
    return sorted((str(p).rsplit("/templates/", 1)[1], p.read_text(encoding="utf-8")) for p in found)


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file that is part of the repository, and those that are about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout, so which files are part of it is unknown")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [CHECKOUT / name for name in names if (CHECKOUT / name).is_file()]
