"""Merge a vocabulary into the database in a handful of statements, however many concepts it has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, RelationDraft, SchemeDraft
from hansa.hubs.taxonomy.operations.refusals import CannotLoad
from hansa.hubs.taxonomy.queries.words import normalised
from hansa.hubs.taxonomy.states import Wording

_TABLES = """
CREATE TEMP TABLE staged_concept (uri text PRIMARY KEY, kind text, notation text, labels jsonb, broader text,
    position int, is_ai_specific bool, is_core bool, facts jsonb, retired_in text, replaced_by text, words text)
    ON COMMIT DROP;
CREATE TEMP TABLE staged_term (uri text, language text, wording text, text text) ON COMMIT DROP;
CREATE TEMP TABLE staged_relation (source text, target text, link text, match text, note text) ON COMMIT DROP;
"""

_INDEXES = """
CREATE INDEX ON staged_term (uri, language);
CREATE INDEX ON staged_relation (source, link);
ANALYZE staged_concept, staged_term, staged_relation;
"""

_CHANGE = """
UPDATE hubs_concept c SET
    labels = {labels}, facts = {facts}, kind = s.kind, notation = s.notation,
    position = COALESCE(s.position, c.position), is_ai_specific = COALESCE(s.is_ai_specific, c.is_ai_specific),
    is_core = COALESCE(s.is_core, c.is_core), retired_in = COALESCE(s.retired_in, c.retired_in),
    version = %(version)s
FROM staged_concept s WHERE s.uri = c.uri AND (
    {labels}, {facts}, s.kind, s.notation, COALESCE(s.position, c.position),
    COALESCE(s.is_ai_specific, c.is_ai_specific), COALESCE(s.is_core, c.is_core),
    COALESCE(s.retired_in, c.retired_in)
) IS DISTINCT FROM (
    c.labels, c.facts, c.kind, c.notation, c.position, c.is_ai_specific, c.is_core, c.retired_in)
"""

_ADD = """
INSERT INTO hubs_concept (scheme_id, uri, kind, notation, labels, position, is_ai_specific, is_core, facts, version,
    retired_in)
SELECT %(scheme)s, s.uri, s.kind, s.notation, s.labels, COALESCE(s.position, 0), COALESCE(s.is_ai_specific, false),
    COALESCE(s.is_core, false), s.facts, %(version)s, COALESCE(s.retired_in, %(new_are_retired)s)
FROM staged_concept s WHERE NOT EXISTS (SELECT 1 FROM hubs_concept c WHERE c.uri = s.uri)
"""

_LINK = """
UPDATE hubs_concept c SET {field}_id = other.id
FROM staged_concept s LEFT JOIN hubs_concept other ON other.uri = s.{source}
WHERE s.uri = c.uri AND s.{source} IS NOT NULL AND c.{field}_id IS DISTINCT FROM other.id
"""

_GONE = """
    (c.scheme_id = %(scheme)s AND NOT %(by_kind)s OR c.kind = ANY(%(retires)s)) AND c.retired_in = ''
    AND NOT EXISTS (SELECT 1 FROM staged_concept s WHERE s.uri = c.uri)
"""
_COUNT_GONE = "SELECT count(*) FROM hubs_concept c WHERE" + _GONE  # noqa: S608 (constants of this module)
_RETIRE = "UPDATE hubs_concept c SET retired_in = %(version)s WHERE" + _GONE  # noqa: S608

# Official labels outrank those taken apart from run-together text, and newer ones older ones.
_HAS_OFFICIAL = "c.facts->>'labels_from' = 'official'"
_KEEP_OFFICIAL_TERMS = """
DELETE FROM staged_term n USING hubs_concept c
WHERE c.uri = n.uri AND c.facts->>'labels_from' = 'official' AND c.labels ? n.language
"""

_SEARCH = """
UPDATE hubs_concept c SET search = strip({before} to_tsvector('simple', s.words))
FROM staged_concept s WHERE s.uri = c.uri
    AND strip({before} to_tsvector('simple', s.words)) IS DISTINCT FROM c.search
"""

_DROP_TERMS = """
DELETE FROM hubs_term t USING hubs_concept c JOIN staged_concept s ON s.uri = c.uri
WHERE t.concept_id = c.id AND t.language = ANY(%(languages)s)
    AND NOT (%(gives_way)s AND COALESCE(c.facts->>'labels_from' = 'official' AND c.labels ? t.language, false))
    AND EXISTS (SELECT 1 FROM staged_term n WHERE n.uri = c.uri AND n.language = t.language)
    AND NOT EXISTS (
    SELECT 1 FROM staged_term n
    WHERE n.uri = c.uri AND n.language = t.language AND n.wording = t.wording AND n.text = t.text)
"""

_ADD_TERMS = """
INSERT INTO hubs_term (concept_id, language, wording, text)
SELECT c.id, n.language, n.wording, n.text FROM staged_term n JOIN hubs_concept c ON c.uri = n.uri
WHERE NOT EXISTS (
    SELECT 1 FROM hubs_term t
    WHERE t.concept_id = c.id AND t.language = n.language AND t.wording = n.wording AND t.text = n.text)
"""

_DROP_RELATIONS = """
DELETE FROM hubs_relation r USING hubs_concept a
WHERE r.source_id = a.id AND r.link IN (SELECT DISTINCT link FROM staged_relation)
    AND a.uri IN (SELECT DISTINCT source FROM staged_relation) AND NOT EXISTS (
    SELECT 1 FROM staged_relation s JOIN hubs_concept b ON b.uri = s.target
    WHERE s.source = a.uri AND s.link = r.link AND b.id = r.target_id)
"""

_ADD_RELATIONS = """
INSERT INTO hubs_relation (source_id, target_id, link, match, note)
SELECT DISTINCT ON (a.id, b.id, s.link) a.id, b.id, s.link, s.match, s.note
FROM staged_relation s JOIN hubs_concept a ON a.uri = s.source JOIN hubs_concept b ON b.uri = s.target
ON CONFLICT (source_id, target_id, link) DO UPDATE SET match = EXCLUDED.match, note = EXCLUDED.note
    WHERE (hubs_relation.match, hubs_relation.note) IS DISTINCT FROM (EXCLUDED.match, EXCLUDED.note)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """How many rows a merge touched."""

    read: int = 0
    added: int = 0
    changed: int = 0
    retired: int = 0
    relations_read: int = 0
    relations_written: int = 0


# A file that lacks more than this share of what it replaces is taken for cut off.
_MOST_RETIRED = 0.2


# From here on the planner must know how many rows there are now, or it joins them one by one for minutes.
_MANY = 1000


def merge(draft: SchemeDraft, *, scheme_id: int) -> Merged:
    """Merge the concepts, terms and relations of a draft. Call it in a transaction; it holds temporary tables.

    :raises CannotLoad: the draft would retire too much
    """
    values: dict[str, Any] = {
        "version": draft.version,
        "scheme": scheme_id,
        "retires": sorted(draft.retires),
        "by_kind": bool(draft.retires),
        "gives_way": draft.gives_way,
        "new_are_retired": draft.new_are_retired,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        read, languages = _stage_concepts(cursor, draft.concepts)
        values["languages"] = sorted(languages)
        relations_read = _copy(cursor, "staged_relation", _relation_rows(draft.relations))
        cursor.execute(_INDEXES)
        if read > _MANY:
            cursor.execute("ANALYZE hubs_concept, hubs_term, hubs_relation")
        retired = _retire(cursor, draft, values, read=read) if draft.is_complete and read else 0
        added, changed = _merge_concepts(cursor, draft, values)
        written = _run(cursor, _DROP_RELATIONS, values) + _run(cursor, _ADD_RELATIONS, values)
        cursor.execute("DROP TABLE staged_concept, staged_term, staged_relation")
    return Merged(
        read=read,
        added=added,
        changed=changed,
        retired=retired,
        relations_read=relations_read,
        relations_written=written,
    )


def _retire(cursor: Any, draft: SchemeDraft, values: dict[str, Any], *, read: int) -> int:
    cursor.execute(_COUNT_GONE, values)
    gone = cursor.fetchone()[0]
    if gone > _MOST_RETIRED * read and not draft.retires_much:
        raise CannotLoad(
            f"{draft.title} names {read} concepts and lacks {gone} that are stored. It looks cut off; nothing was changed. "
            "Repeat with --accept-retiring if it is right."
        )
    return _run(cursor, _RETIRE, values)


def _merge_concepts(cursor: Any, draft: SchemeDraft, values: dict[str, Any]) -> tuple[int, int]:
    """Write concepts, their links, words and terms; return how many were added and changed."""
    labels, facts = ("c.labels || s.labels" if draft.keeps_labels else "s.labels"), "c.facts || s.facts"
    if draft.gives_way:
        labels = f"CASE WHEN {_HAS_OFFICIAL} THEN s.labels || c.labels ELSE {labels} END"
        facts = f"CASE WHEN {_HAS_OFFICIAL} THEN s.facts || c.facts ELSE {facts} END"
        cursor.execute(_KEEP_OFFICIAL_TERMS)
    _run(cursor, _DROP_TERMS, values)
    changed = _run(cursor, _CHANGE.format(labels=labels, facts=facts), values)
    added = 0 if draft.is_refinement else _run(cursor, _ADD, values)
    if added > _MANY:
        cursor.execute("ANALYZE hubs_concept")
    for field in ("broader", "replaced_by"):
        _run(cursor, _LINK.format(field=field, source=field), values)
    before = "COALESCE(c.search, ''::tsvector) ||" if draft.keeps_labels else ""
    _run(cursor, _SEARCH.format(before=before), values)
    _run(cursor, _ADD_TERMS, values)
    return added, changed


def _run(cursor: Any, sql: str, values: dict[str, Any]) -> int:
    cursor.execute(sql, values)
    return int(cursor.rowcount)


def _stage_concepts(cursor: Any, concepts: Iterable[ConceptDraft]) -> tuple[int, set[str]]:
    """Copy the concepts and their terms into the staging tables; return how many, and the languages spoken."""
    terms: list[tuple[str, str, str, str]] = []
    languages: set[str] = set()

    def rows() -> Iterator[tuple[Any, ...]]:
        for concept in concepts:
            terms.extend((concept.uri, *term) for term in dict.fromkeys(concept.terms))
            languages.update(concept.labels, (language for language, _, _ in concept.terms))
            yield _concept_row(concept)

    n = _copy(cursor, "staged_concept", rows())
    _copy(cursor, "staged_term", iter(terms))
    return n, languages


def _concept_row(concept: ConceptDraft) -> tuple[Any, ...]:
    said = [
        *concept.labels.values(),
        *(text for _, wording, text in concept.terms if wording in {Wording.ALTERNATIVE, Wording.HIDDEN}),
    ]
    return (
        concept.uri,
        str(concept.kind),
        concept.notation,
        json.dumps(dict(concept.labels), ensure_ascii=False),
        concept.broader,
        concept.position,
        concept.is_ai_specific,
        concept.is_core,
        json.dumps(dict(concept.facts), ensure_ascii=False),
        concept.retired_in,
        concept.replaced_by,
        " ".join(dict.fromkeys(normalised(" ".join([*said, concept.notation])).split())),
    )


def _relation_rows(relations: Iterable[RelationDraft]) -> Iterator[tuple[Any, ...]]:
    for relation in relations:
        yield (relation.source, relation.target, str(relation.link), relation.match, relation.note)


def _copy(cursor: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    # Made whole before the copy begins: a draft that queries while the connection copies would wait for ever.
    made = list(rows)
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in made:
            copy.write_row(row)
    return len(made)
