"""The vocabularies an import maps to, and files to import."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import make_concept

from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

JsonFile = Callable[..., Path]


@pytest.fixture(autouse=True)
def _words(db: None) -> Iterator[None]:
    taxonomy.forget()
    for code, name in (
        ("ES", "Spain"),
        ("DE", "Germany"),
        ("GR", "Greece"),
        ("GB", "United Kingdom"),
        ("XK", "Kosovo"),
    ):
        make_concept(Kind.COUNTRY, code, name)
    for code, name in (("en", "English"), ("de", "German")):
        make_concept(Kind.LANGUAGE, code, name)
    food = make_concept(Kind.SECTOR, "food", "Food and beverages")
    food.terms.create(language="en", wording="alternative", text="Agriculture and food")
    make_concept(Kind.SECTOR, "energy", "Energy")
    make_concept(Kind.TECHNOLOGY, "robotics", "Robotics")
    yield
    taxonomy.forget()


@pytest.fixture
def json_file(tmp_path: Path) -> JsonFile:
    """Return a function that writes records into a JSON file."""

    def write(*records: Any, name: str = "hubs.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(list(records), ensure_ascii=False), encoding="utf-8")
        return path

    return write
