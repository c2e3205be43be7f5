"""The shapes of ESCO's files, told apart by their columns, and how a row of each becomes a draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, RelationDraft, alternatives
from hansa.hubs.taxonomy.operations.tables import Table
from hansa.hubs.taxonomy.states import Kind, Link, Wording

Row = dict[str, str]
_URI = re.compile(r"^https?://\S+$")
_LANGUAGE = re.compile(r"^[a-z]{2}(-[a-z]{2})?$", re.IGNORECASE)


class Unreadable(ValueError):
    """A line that cannot be read, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One kind of file. ``concept`` and ``relation`` turn a row into a draft; both None: nothing to load.

    ``is_list_of`` names the kinds of which a file of this shape is the whole list.
    """

    name: str
    columns: frozenset[str]
    concept: Callable[[Row, str, Table], ConceptDraft] | None = None
    relation: Callable[[Row], RelationDraft] | None = None
    has_language_column: bool = False
    is_refinement: bool = False
    is_list_of: frozenset[str] = frozenset()


def shape_of(table: Table) -> Shape | None:
    """Return the shape whose columns the table has; the one that asks for most wins."""
    fitting = [shape for shape in SHAPES if shape.columns <= set(table.columns)]
    return max(fitting, key=lambda shape: len(shape.columns), default=None)


def _uri(row: Row, column: str = "conceptUri") -> str:
    uri = row.get(column, "").strip()
    if not _URI.match(uri):
        raise Unreadable(f"no URI in column {column}")
    return uri


def _label(row: Row, column: str = "preferredLabel") -> str:
    label = " ".join(row.get(column, "").split())
    if not label:
        raise Unreadable(f"no label in column {column}")
    return label


def _notation(uri: str) -> str:
    for mark in ("/isced-f/", "/isco/"):
        if mark in uri:
            return mark.strip("/") + "/" + uri.rsplit("/", 1)[-1]
    return uri.rsplit("/", 1)[-1]


def _lines(text: str) -> list[str]:
    """Return several labels of one cell: one a line, in collections between bars."""
    return re.split(r"\n| \| ", text)


def _terms(row: Row, language: str) -> tuple[tuple[str, str, str], ...]:
    terms = [
        term for term in alternatives(language, _lines(row.get("altLabels", ""))) if term[2] != row["preferredLabel"]
    ]
    terms += [
        (language, Wording.HIDDEN, term[2]) for term in alternatives(language, _lines(row.get("hiddenLabels", "")))
    ]
    definition = row.get("description", "").strip() or row.get("definition", "").strip()
    if definition:
        terms.append((language, Wording.DEFINITION, definition))
    if row.get("scopeNote", "").strip():
        terms.append((language, Wording.NOTE, row["scopeNote"].strip()))
    return tuple(terms)


def _full(kind: Kind, *facts_from: tuple[str, str]) -> Callable[[Row, str, Table], ConceptDraft]:
    """Return a reader of rows that hold a concept whole; ``facts_from`` are (fact, column)."""

    def concept(row: Row, language: str, table: Table) -> ConceptDraft:
        uri = _uri(row)
        facts: dict[str, Any] = {fact: row[column] for fact, column in facts_from if row.get(column)}
        return ConceptDraft(
            uri=uri,
            kind=kind,
            notation=_notation(uri),
            labels={language: _label(row)},
            terms=_terms(row, language),
            facts={**facts, "labels_from": "official"},
            retired_in=None,
        )

    return concept


def _member(row: Row, language: str, table: Table) -> ConceptDraft:
    """A collection such as digital skills: labels, and that the concept belongs to it."""
    kind = Kind.OCCUPATION if "/occupation/" in _uri(row) else Kind.SKILL
    collection = re.sub(r"(Skills|Occupations)?Collection(_[a-z]{2})?$", "", table.name)
    draft = _full(kind)(row, language, table)
    return ConceptDraft(
        uri=draft.uri,
        kind=kind,
        notation=draft.notation,
        labels=draft.labels,
        terms=draft.terms,
        facts={f"in_{collection.lower()}": True, **({"skill_type": row["skillType"]} if row.get("skillType") else {})},
        retired_in=None,
    )


def _of_labels_file(row: Row, language: str, table: Table) -> ConceptDraft:
    uri = _uri(row, "uri")
    return ConceptDraft(
        uri=uri, kind=Kind.SKILL, notation=_notation(uri), labels={language: _label(row, "pref_label")}, retired_in=None
    )


def _of_occupation_labels_file(row: Row, language: str, table: Table) -> ConceptDraft:
    uri, label = _uri(row, "uri"), _label(row, "label")
    if row["label_idx"].strip("0"):
        terms = tuple(alternatives(language, [label]))
        return ConceptDraft(
            uri=uri, kind=Kind.OCCUPATION, notation=_notation(uri), labels={}, terms=terms, retired_in=None
        )
    return ConceptDraft(
        uri=uri, kind=Kind.OCCUPATION, notation=_notation(uri), labels={language: label}, retired_in=None
    )


def _of_replacements(row: Row, language: str, table: Table) -> ConceptDraft:
    uri = _uri(row)
    return ConceptDraft(
        uri=uri,
        kind=_kind_of(uri),
        notation=_notation(uri),
        labels={},
        retired_in=row.get("retiredIn", "").strip() or None,
        replaced_by=_uri(row, "replacedByUri"),
    )


def _kind_of(uri: str) -> Kind:
    return Kind.OCCUPATION if "/occupation/" in uri or "/isco/" in uri else Kind.SKILL


def _of_hierarchy(row: Row, language: str, table: Table) -> ConceptDraft:
    """One group with its parent: the last level that is filled."""
    levels = [level for level in range(4) if row.get(f"Level {level} URI", "").strip()]
    if not levels:
        raise Unreadable("no level is filled")
    last = levels[-1]
    uri = _uri(row, f"Level {last} URI")
    return ConceptDraft(
        uri=uri,
        kind=Kind.SKILL_GROUP,
        notation=_notation(uri),
        labels={language: _label(row, f"Level {last} preferred term")},
        broader=row[f"Level {levels[-2]} URI"].strip() if len(levels) > 1 else None,
        facts={"code": row.get(f"Level {last} code", "").strip()},
        retired_in=None,
    )


def _broader(row: Row) -> RelationDraft:
    return RelationDraft(source=_uri(row), target=_uri(row, "broaderUri"), link=Link.BROADER)


def _needed(source: str, target: str) -> Callable[[Row], RelationDraft]:
    def relation(row: Row) -> RelationDraft:
        kind = row.get("relationType", "").strip()
        if kind not in {"essential", "optional"}:
            raise Unreadable(f"relation {kind!r} is neither essential nor optional")
        link = Link.REQUIRES if kind == "essential" else Link.OPTIONAL
        return RelationDraft(source=_uri(row, source), target=_uri(row, target), link=link)

    return relation


def _columns(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


SHAPES: tuple[Shape, ...] = (
    Shape(
        name="skills",
        columns=_columns("conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,inScheme,description"),
        concept=_full(Kind.SKILL, ("skill_type", "skillType"), ("reuse_level", "reuseLevel"), ("status", "status")),
        is_list_of=frozenset({Kind.SKILL}),
    ),
    Shape(
        name="occupations",
        columns=_columns("conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,inScheme,description,code"),
        concept=_full(Kind.OCCUPATION, ("code", "code"), ("isco_group", "iscoGroup")),
    ),
    Shape(
        name="ISCO groups",
        columns=_columns("conceptUri,code,preferredLabel,altLabels,inScheme,description"),
        concept=_full(Kind.OCCUPATION, ("code", "code"), ("type", "conceptType")),
    ),
    Shape(
        name="skill groups",
        columns=_columns("conceptUri,preferredLabel,altLabels,hiddenLabels,inScheme,description,code"),
        concept=_full(Kind.SKILL_GROUP, ("code", "code")),
    ),
    Shape(
        name="collection",
        columns=_columns("conceptUri,preferredLabel,altLabels,description,broaderConceptUri,broaderConceptPT"),
        concept=_member,
    ),
    Shape(
        name="skills hierarchy",
        columns=_columns("Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 3 URI"),
        concept=_of_hierarchy,
    ),
    Shape(name="broader relations", columns=_columns("conceptUri,broaderUri"), relation=_broader),
    Shape(
        name="occupation to skill relations",
        columns=_columns("occupationUri,relationType,skillUri"),
        relation=_needed("occupationUri", "skillUri"),
    ),
    Shape(
        name="skill to skill relations",
        columns=_columns("originalSkillUri,relationType,relatedSkillUri"),
        relation=_needed("originalSkillUri", "relatedSkillUri"),
    ),
    Shape(
        name="skill labels",
        columns=_columns("lang,uri,pref_label"),
        concept=_of_labels_file,
        has_language_column=True,
    ),
    Shape(
        name="occupation labels",
        columns=_columns("lang,uri,label_idx,label"),
        concept=_of_occupation_labels_file,
        has_language_column=True,
    ),
    Shape(
        name="replacements",
        columns=_columns("conceptUri,replacedByUri"),
        concept=_of_replacements,
        is_refinement=True,
    ),
    Shape(name="concept schemes", columns=_columns("conceptSchemeUri,preferredLabel,hasTopConcept")),
)


def language_of(row: Row) -> str:
    language = row.get("lang", "").strip().lower()
    if not _LANGUAGE.match(language):
        raise Unreadable(f"language {language!r} is not a two-letter code")
    return language


def shape_names() -> Iterator[str]:
    return (shape.name for shape in SHAPES if shape.concept or shape.relation)
