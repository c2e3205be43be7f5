"""When code or a test cites the blueprint: the demand exists, and what is built is tested."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ID = re.compile(r"\bBP-[A-Z]+(?:-(?:R\d+\.\d+|\d\d))?(?![\w-])")
ROW = re.compile(r"^\| (BP-[\w.-]+) \| (.+?) \| (.+?) \| (built|in part|not built yet) \|$", re.MULTILINE)
AREA = re.compile(r"^## (BP-[A-Z]+) ·", re.MULTILINE)


@pytest.fixture(scope="module")
def document(checkout: Path) -> str:
    return (checkout / "docs" / "blueprint.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demands(document: str) -> dict[str, str]:
    """Status of each demand."""
    return {match[1]: match[4] for match in ROW.finditer(document)}


def cited(folder: Path, suffixes: set[str]) -> set[str]:
    files = [p for p in folder.rglob("*") if p.suffix in suffixes and "architecture" not in p.parts]
    return {found for path in files for found in ID.findall(path.read_text(encoding="utf-8"))}


def test_ids_are_unique_and_belong_to_their_area(document: str, demands: dict[str, str]) -> None:
    assert not [key for key, n in Counter(match[1] for match in ROW.finditer(document)).items() if n > 1]
    areas = set(AREA.findall(document))
    assert {"-".join(key.split("-")[:2]) for key in demands} == areas


def test_every_row_of_the_tables_is_read(document: str, demands: dict[str, str]) -> None:
    started = re.findall(r"^\| (BP-[\w.-]+) \|", document.split("## What is missing", 1)[0], re.MULTILINE)
    assert sorted(started) == sorted(demands)


def test_all_35_recommended_actions_are_there(demands: dict[str, str]) -> None:
    assert sum(key.startswith("BP-REC-") for key in demands) == 35
    assert len(demands) >= 72 + 35


def test_cited_demands_exist(checkout: Path, document: str, demands: dict[str, str]) -> None:
    known = set(demands) | set(AREA.findall(document))
    used = cited(checkout / "src", {".py", ".html", ".yaml"}) | cited(checkout / "tests", {".py"})
    assert used <= known, sorted(used - known)


def test_what_is_built_has_a_test_that_names_it(checkout: Path, demands: dict[str, str]) -> None:
    built = {key for key, status in demands.items() if status == "built"}
    untested = built - cited(checkout / "tests", {".py"})
    assert not untested, sorted(untested)


def test_demands_built_in_part_say_what_is_missing(document: str, demands: dict[str, str]) -> None:
    section = document.split("## What is missing", 1)[1]
    assert set(ID.findall(section)) == {key for key, status in demands.items() if status == "in part"}
