"""The vocabularies that come with Hansa as YAML files, as drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, RelationDraft, SchemeDraft, alternatives, digest_of
from hansa.hubs.taxonomy.states import Kind, Link, Wording

_CONTENT = files("hansa.hubs.taxonomy").joinpath("content")
_STATED = frozenset(
    {"id", "uri", "labels", "also", "broader", "services", "activities", "skills", "ai_specific", "related"}
)


def raw(name: str) -> bytes:
    return _CONTENT.joinpath(f"{name}.yaml").read_bytes()


@cache
def read(name: str) -> dict[str, Any]:
    """Return a content file; the C loader reads ten times as fast where it is there."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(raw(name), Loader=loader)  # noqa: S506 (a safe loader either way)
    return content


def schemes() -> Iterator[SchemeDraft]:
    """Yield the small vocabularies."""
    yield _scheme("countries", _countries)
    yield _scheme("languages", lambda file: _flat(file["languages"], Kind.LANGUAGE))
    yield _scheme("trl", lambda file: _flat(file["levels"], Kind.TRL))
    yield _scheme("nace", _nace)
    yield _scheme("organisation_types", _organisation_types)
    yield _scheme("edih", _edih, also="activity_meanings")
    yield _scheme("functions_services_activities", _services, also="activity_meanings")
    # After what its entries are related to.
    infrastructures = _scheme("infrastructures", lambda file: _flat(file["infrastructures"], Kind.INFRASTRUCTURE))
    yield replace(infrastructures, relations=_Lazily(_served))


def links() -> SchemeDraft:
    """Return which competences each activity requires, with how well ESCO's concept fits. Source: BP-SVC."""
    names = ("esco_links", "functions_services_activities")
    head = read("esco_links")["scheme"]
    return _head(head, digest=digest_of(*(raw(name) for name in names)), relations=_required(), is_complete=False)


def _scheme(name: str, concepts: Callable[[dict[str, Any]], Iterable[ConceptDraft]], *, also: str = "") -> SchemeDraft:
    digest = digest_of(raw(name), raw(also)) if also else digest_of(raw(name))
    return _head(read(name)["scheme"], digest=digest, concepts=_Lazily(lambda: concepts(read(name))))


def _head(scheme: dict[str, Any], *, digest: str, **parts: Any) -> SchemeDraft:
    return SchemeDraft(
        code=scheme["id"],
        title=scheme["title"],
        version=scheme["version"],
        source=scheme["source"],
        licence=scheme["licence"],
        attribution=scheme["attribution"],
        digest=digest,
        **parts,
    )


class _Lazily:
    """Concepts that are made only if somebody wants them: an unchanged vocabulary costs no more than its digest."""

    def __init__(self, make: Callable[[], Iterable[Any]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Any]:
        return iter(self._make())


def _concept(row: dict[str, Any], kind: Kind, *, position: int, **more: Any) -> ConceptDraft:
    more.setdefault("uri", row.get("uri") or f"urn:hansa:{kind}:{row['id']}")
    more.setdefault("terms", tuple(alternatives("en", row.get("also", ()))))
    return ConceptDraft(
        kind=kind,
        notation=row["id"],
        labels=row["labels"],
        position=position,
        facts={key: value for key, value in row.items() if key not in _STATED},
        **more,
    )


def _flat(rows: list[dict[str, Any]], kind: Kind) -> Iterator[ConceptDraft]:
    for position, row in enumerate(rows):
        broader = f"urn:hansa:{kind}:{row['broader']}" if row.get("broader") else None
        yield _concept(row, kind, position=position, broader=broader)


def _countries(file: dict[str, Any]) -> Iterator[ConceptDraft]:
    yield from _flat(file["countries"], Kind.COUNTRY)
    uri_of = {row["id"]: row["uri"] for row in file["countries"]}
    for position, row in enumerate(file["outermost_regions"]):
        yield _concept(row, Kind.REGION, position=position, broader=uri_of[row["country"]])


def _nace(file: dict[str, Any]) -> Iterator[ConceptDraft]:
    base = file["scheme"]["concept_base"]
    for position, row in enumerate(file["sections"]):
        yield _concept(row, Kind.NACE, position=position, uri=base + row["id"])


def _organisation_types(file: dict[str, Any]) -> Iterator[ConceptDraft]:
    yield from _flat(file["hub_types"], Kind.HUB_TYPE)
    yield from _flat(file["legal_forms"], Kind.LEGAL_FORM)
    yield from _flat(file["client_types"], Kind.CLIENT_TYPE)


def _edih(file: dict[str, Any]) -> Iterator[ConceptDraft]:
    for position, row in enumerate(file["technologies"]):
        terms = (*alternatives("en", row.get("also", ())), *_meaning("technologies", row["id"]))
        yield _concept(row, Kind.TECHNOLOGY, position=position, terms=terms, is_core=row["id"] != "other")
    for position, row in enumerate(file["sectors"]):
        yield _concept(row, Kind.SECTOR, position=position, is_core=True)


def _services(file: dict[str, Any]) -> Iterator[ConceptDraft]:
    """Yield functions, services and activities. Source: BP-SVC."""
    position = 0
    for function in file["functions"]:
        position += 1
        top = _concept(function, Kind.FUNCTION, position=position)
        yield top
        for service in function["services"]:
            position += 1
            middle = _concept(service, Kind.SERVICE, position=position, broader=top.uri)
            yield middle
            for activity in service["activities"]:
                position += 1
                yield _concept(
                    activity,
                    Kind.ACTIVITY,
                    position=position,
                    broader=middle.uri,
                    is_ai_specific=activity["ai_specific"],
                    is_core=True,
                    terms=tuple(_meaning("activities", activity["id"])),
                )


def _meaning(section: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Yield what an entry means in plain words: a definition, and phrases that no page shows as a label."""
    meaning = read("activity_meanings").get(section, {}).get(key)
    if meaning:
        yield ("en", Wording.DEFINITION, meaning["definition"])
        for phrase in meaning["phrases"]:
            yield ("en", Wording.HIDDEN, phrase)
        for language, words in meaning.get("words", {}).items():
            for word in words:
                yield (language, Wording.HIDDEN, word)


def _served() -> Iterator[RelationDraft]:
    """Yield which technologies and activities an infrastructure serves."""
    for row in read("infrastructures")["infrastructures"]:
        for target in row.get("related", ()):
            yield RelationDraft(
                source=f"urn:hansa:{Kind.INFRASTRUCTURE}:{row['id']}", target=f"urn:hansa:{target}", link=Link.RELATED
            )


def _required() -> Iterator[RelationDraft]:
    file = read("esco_links")
    base = file["scheme"]["concept_base"]
    skills = {row["id"]: row for row in file["skills"]}
    for function in read("functions_services_activities")["functions"]:
        for service in function["services"]:
            for activity in service["activities"]:
                for name in activity["skills"]:
                    yield RelationDraft(
                        source=f"urn:hansa:{Kind.ACTIVITY}:{activity['id']}",
                        target=base + skills[name]["uuid"],
                        link=Link.REQUIRES,
                        match=skills[name]["match"],
                        note=skills[name]["label"],
                    )
