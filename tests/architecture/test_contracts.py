"""When somebody imports what they should not: the contract that forbids it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = "from importlinter.cli import lint_imports_command as go; go()"


def lint(config: Path, source: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    return subprocess.run(
        [sys.executable, "-c", RUN, "--no-cache", "--no-logo", "--config", str(config), *chosen],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's Python files, to plant offences in."""
    source = tmp_path_factory.mktemp("house")
    shutil.copytree(
        checkout / "src" / "hansa",
        source / "hansa",
        ignore=lambda folder, names: [n for n in names if "." in n and not n.endswith(".py")],
    )
    return source


@pytest.fixture
def plant(copy: Path) -> Iterator[object]:
    planted: list[Path] = []

    def write(files: dict[str, str]) -> None:
        for name, text in files.items():
            path = copy / "hansa" / name
            missing = next((p for p in [*reversed(path.parents), path] if not p.exists()), path)
            planted.append(missing)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    yield write
    for path in planted:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def contracts(checkout: Path) -> list[str]:
    config = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["id"] for contract in config["tool"]["importlinter"]["contracts"]]


def corner(name: str, **files: str) -> dict[str, str]:
    return {f"{name}/__init__.py": "", **{f"{name}/{part}.py": text for part, text in files.items()}}


OFFENCES = {
    "rooms": [
        corner("hubs/planted", queries="import hansa.collaboration.models\n"),
        corner("pulse/planted", queries="import hansa.exchange.apps\n"),
        corner("collaboration/planted", views="from hansa.web import settings\n"),
        # A room nobody placed in the order.
        {"attic/__init__.py": ""},
    ],
    "floor-plan": [
        corner("hubs/planted", operations="", queries="from hansa.hubs.planted import operations\n"),
        corner("pulse/planted", views="", forms="from hansa.pulse.planted import views\n"),
        corner("hubs/planted", models="from hansa.hubs.planted import policies\n", policies=""),
        corner("hubs/planted", panels="from hansa.hubs.planted import views\n", views=""),
    ],
    "engine-is-pure": [
        {"engine/planted.py": "from django.db import connection\n"},
        {"engine/planted.py": "import hansa.foundation.policies\n"},
    ],
    "engine-door": [
        corner("hubs/planted", views="from hansa.engine import problem\n"),
        corner("hubs/planted", policies="import hansa.engine\n"),
        {
            "hubs/management/__init__.py": "",
            "hubs/management/commands/__init__.py": "",
            "hubs/management/commands/planted.py": "from hansa.engine.problem import Need\n",
        },
        {"web/planted.py": "from hansa.engine.problem import Need\n"},
    ],
    "street-side": [
        corner("hubs/planted", views="from hansa.hubs.directory.models import Hub\n"),
        corner("hubs/planted", forms="from hansa.hubs.models import Hub\n"),
        corner("collaboration/planted", panels="import hansa.collaboration.models\n"),
    ],
    "no-cycles": [
        {
            **corner("hubs/planted", queries="import hansa.hubs.wilted.queries\n"),
            **corner("hubs/wilted", queries="", policies="import hansa.hubs.planted.policies\n"),
            "hubs/planted/policies.py": "",
        },
    ],
}


def test_the_house_keeps_all_contracts(checkout: Path) -> None:
    result = lint(checkout / "pyproject.toml", checkout / "src")
    assert result.returncode == 0, result.stdout


def test_no_import_is_excused(checkout: Path) -> None:
    """An excuse needs a decision record, and a change of this test."""
    config = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    excused = [c["id"] for c in config["tool"]["importlinter"]["contracts"] if c.get("ignore_imports")]
    assert excused == []


def test_every_contract_has_an_offence_planted(checkout: Path) -> None:
    assert sorted(OFFENCES) == sorted(contracts(checkout))


@pytest.mark.parametrize(
    ("contract", "number"), [(contract, n) for contract, cases in OFFENCES.items() for n in range(len(cases))]
)
def test_contract_bites(checkout: Path, copy: Path, plant: object, contract: str, number: int) -> None:
    plant(OFFENCES[contract][number])  # type: ignore[operator]
    result = lint(checkout / "pyproject.toml", copy, contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout
