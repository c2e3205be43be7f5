"""The vocabulary texts are read for, without a database: activities, technologies, and the competences of the core."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from hansa.engine.language import CachedEncoder, ConceptIndex, load_encoder
from hansa.engine.problem import Concept
from hansa.hubs.taxonomy.operations.esco_labels import split_all
from hansa.hubs.taxonomy.operations.esco_package import skills_file

CONTENT = Path(str(files("hansa.hubs.taxonomy"))) / "content"
KINDS = {"activities": "activity", "technologies": "technology"}


@cache
def concepts() -> tuple[Concept, ...]:
    """Ids are the vocabulary's own: TBI-2.2, robotics, "predictive maintenance"."""
    services, edih = read("functions_services_activities"), read("edih")
    activities = [
        activity
        for function in services["functions"]
        for service in function["services"]
        for activity in service["activities"]
    ]
    technologies = [row for row in edih["technologies"] if row["id"] != "other"]
    return (
        *(_meant("activities", row) for row in activities),
        *(_meant("technologies", row) for row in technologies),
        *_skills(),
    )


@cache
def index() -> ConceptIndex:
    """An index with the vectors that ship with Hansa; what they lack is encoded here."""
    with np.load(CONTENT / "vectors.npz") as shipped:
        keys = [bytes(key).hex() for key in shipped["keys"]]
        vectors = shipped["vectors"].astype("<f4")
    known = {key: vector.tobytes() for key, vector in zip(keys, vectors, strict=True)}

    def get_many(wanted: Sequence[str]) -> Mapping[str, bytes]:
        return {key: known[key] for key in wanted if key in known}

    return ConceptIndex(concepts(), CachedEncoder(load_encoder(), get_many, known.update))


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def _meant(section: str, row: Mapping[str, Any]) -> Concept:
    meaning = read_meanings()[section][row["id"]]
    labels = {language: [label] for language, label in row["labels"].items()}
    labels["en"] += meaning["phrases"]
    for language, words in meaning["words"].items():
        labels.setdefault(language, []).extend(words)
    return Concept(
        id=row["id"],
        kind=KINDS[section],
        labels={language: tuple(texts) for language, texts in labels.items()},
        definition=meaning["definition"],
    )


@cache
def read_meanings() -> dict[str, Any]:
    return read("activity_meanings")


def _skills() -> list[Concept]:
    path = skills_file()
    assert path is not None
    with path.open(encoding="utf-8", newline="") as lines:
        texts = split_all({row["id"]: row["description"] for row in csv.DictReader(lines)})
    links, corrected = read("esco_links"), read("esco_core")["labels"]
    base = links["scheme"]["concept_base"]
    named = {base + row["uuid"]: row["pref_label"] for row in (*links["skills"], *links["basics"])}
    often = {label.casefold() for label in read_meanings()["skills_often_meant"]}
    labels = {uri: named.get(uri) or corrected.get(text.label, text.label) for uri, text in texts.items()}
    return [
        Concept(
            id=label,
            kind="skill",
            labels={"en": (label, *(other for other in texts[uri].alternatives if other != label))},
            definition=texts[uri].definition,
        )
        for uri, label in labels.items()
        if uri in named or label.casefold() in often
    ]
