"""When the run-together text of an ESCO skill is taken apart."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from shared import shared_path

from hansa.hubs.taxonomy.operations.esco_labels import split_all
from hansa.hubs.taxonomy.operations.esco_package import skills_file

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    path = skills_file()
    assert path is not None, "the package of the lock file is not installed"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["description"] for row in csv.DictReader(file)}


def test_finds_label_alternatives_and_definition():
    lines = {
        "1": "adjust clothes fix clothes alter clothes Change garments so that they fit.",
        "2": "test sensors examine sensors try sensors Test sensors with proper tools.",
        "3": "repair pumps fix pumps mend pumps Test and repair pumps.",
        "4": "fix machines mend machines alter machines Change machines so that they run.",
        "5": "mend clothes alter sensors Change what does not fit.",
        "6": "alter pumps fix clothes Test what was altered.",
    }
    found = split_all(lines)["1"]
    assert found.label == "adjust clothes"
    assert found.alternatives == ("fix clothes", "alter clothes")
    assert found.definition == "Change garments so that they fit."


@pytest.mark.parametrize("text", ["", "  ", "Haskell", "word " * 500, "A. B. C.", "(" * 50, "x ( y Z"])
def test_survives_any_line(text: str):
    assert split_all({"1": text})["1"].label == " ".join(text.split()[:1]) or text.split()


def test_gets_nine_preferred_labels_of_ten_right(lines: dict[str, str]):
    with zipfile.ZipFile(shared_path("data/esco/en_v1.1.1/esco_v1.1.1_classification_en_csv.zip")) as archive:
        file = io.TextIOWrapper(archive.open("skills_en.csv"), encoding="utf-8")
        official = {row["conceptUri"]: " ".join(row["preferredLabel"].split()) for row in csv.DictReader(file)}
    split = split_all(lines)
    both = official.keys() & split.keys()
    exact = sum(split[uri].label == official[uri] for uri in both)
    # Some labels changed between 1.1.1 and 1.2, so that not all can agree.
    assert len(both) > 13_000
    assert exact / len(both) > 0.9
