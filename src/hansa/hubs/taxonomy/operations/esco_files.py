"""``hansa vocabulary load esco``: the official files, in any version and language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from hansa.hubs.taxonomy.models import Scheme
from hansa.hubs.taxonomy.operations import esco_package
from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, RelationDraft, SchemeDraft, digest_of
from hansa.hubs.taxonomy.operations.esco_shapes import Row, Shape, Unreadable, language_of, shape_names, shape_of
from hansa.hubs.taxonomy.operations.loading import LoadReport, load_scheme
from hansa.hubs.taxonomy.operations.refusals import CannotLoad
from hansa.hubs.taxonomy.operations.tables import Table, tables_in

# Concepts before what points at them, whole rows before labels alone.
_ORDER = (
    "skills", "skill groups", "ISCO groups", "occupations", "skills hierarchy", "collection", "skill labels",
    "occupation labels", "broader relations", "skill to skill relations", "occupation to skill relations",
    "replacements",
)  # fmt: skip
_VERSION = re.compile(r"v\.?(\d+(?:\.\d+){1,2})", re.IGNORECASE)
_LANGUAGE = re.compile(r"_([a-z]{2})$")
# Files of labels only; they may be of any version.
_LABELS_ALONE = frozenset({"skill labels", "occupation labels"})
_MOST_REFUSED_SHOWN = 200


def load_esco(
    paths: Sequence[Path],
    *,
    at: datetime,
    edition: str | None = None,
    language: str | None = None,
    accept_retiring: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> list[LoadReport]:
    """Load official ESCO files: classification, collections, relations, labels; one transaction for all.

    Languages and versions add up: labels of other languages stay, an older version never overwrites a newer one and
    its concepts that are gone today come in as retired. Loading the same files again writes nothing.

    :param edition: the version, else read from the path (``esco_v1.1.1_...``); files of labels alone need none
    :param language: of the labels, else read from the file's name (``skills_fr.csv``)
    :raises CannotLoad: a file is not what it should be; nothing was changed
    """
    shaped = [(path, table, _known_shape(table)) for path in paths for table in tables_in(path)]
    found = [(table, shape, _edition(path, edition, shape)) for path, table, shape in shaped]
    found.sort(key=lambda each: _ORDER.index(each[1].name) if each[1].name in _ORDER else len(_ORDER))
    reports = []
    with transaction.atomic():
        for table, shape, version in found:
            if shape.concept is None and shape.relation is None:
                progress(f"{table.where}: {shape.name}, nothing to load")
                continue
            report = _load(table, shape, version, at=at, language=language, accept_retiring=accept_retiring)
            progress(f"{table.where}: {shape.name}: {report}")
            reports.append(report)
    return reports


def _known_shape(table: Table) -> Shape:
    shape = shape_of(table)
    if shape is None:
        raise CannotLoad(
            f"{table.where} is not an ESCO file known here. Its columns are: {', '.join(table.columns[:12])}. "
            f"Known are: {', '.join(shape_names())}."
        )
    return shape


def _edition(path: Path, edition: str | None, shape: Shape) -> str:
    if edition:
        return edition.lstrip("vV")
    for part in reversed(path.absolute().parts):
        if match := _VERSION.search(part):
            return match[1]
    if shape.name in _LABELS_ALONE:
        return esco_package.VERSION  # labels say whose they are by URI: any version's will do
    raise CannotLoad(f"Say which version of ESCO {path} is: --version-of-files 1.2.0")


def _load(
    table: Table, shape: Shape, version: str, *, at: datetime, language: str | None, accept_retiring: bool
) -> LoadReport:
    spoken = language or _language_in_name(table.name)
    if shape.concept and not shape.has_language_column and shape.name != "replacements" and not spoken:
        raise CannotLoad(f"Say which language {table.where} is in: --language fr")
    refused = _Refused()
    newest = _newest_official()
    is_newest = _number(version) >= max(newest, _number(esco_package.VERSION))
    draft = SchemeDraft(
        code=_code(version, table.name),
        title=f"ESCO {version}, {shape.name} ({table.name})",
        version=version,
        digest=digest_of(table.digest(), version, spoken or ""),
        source=f"ESCO {version}, official download",
        licence="May be reused freely with its attribution line",
        attribution=esco_package.ATTRIBUTION,
        concepts=_merged(_concepts(table, shape, spoken or "", refused)) if shape.concept else (),
        relations=_relations(table, shape, refused) if shape.relation else (),
        is_complete=bool(shape.is_list_of) and is_newest,
        retires=shape.is_list_of,
        retires_much=accept_retiring,
        keeps_labels=True,
        gives_way=_number(version) < newest or shape.name in _LABELS_ALONE,
        new_are_retired=esco_package.VERSION if _are_gone(shape, is_newest) else "",
        is_refinement=shape.is_refinement,
    )
    report = load_scheme(draft, at=at)
    return LoadReport(
        code=report.code,
        version=report.version,
        is_unchanged=report.is_unchanged,
        merged=report.merged,
        refused=tuple(refused.lines),
    )


def _are_gone(shape: Shape, is_newest: bool) -> bool:
    """Whether concepts that are not stored yet belong to a version gone by."""
    return shape.name == "skill labels" or (bool(shape.is_list_of) and not is_newest)


class _Refused:
    """Lines that could not be read; beyond a number only counted."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.n = 0

    def add(self, table: Table, line: int, why: Exception) -> None:
        self.n += 1
        if self.n <= _MOST_REFUSED_SHOWN:
            self.lines.append(f"{table.where}, line {line}: {why}")


def _concepts(table: Table, shape: Shape, language: str, refused: _Refused) -> Iterator[ConceptDraft]:
    assert shape.concept is not None
    for line, row in table.rows():
        try:
            yield shape.concept(row, _language(row, shape, language), table)
        except Unreadable as why:
            refused.add(table, line, why)


def _language(row: Row, shape: Shape, language: str) -> str:
    return language_of(row) if shape.has_language_column else language


def _relations(table: Table, shape: Shape, refused: _Refused) -> Iterator[RelationDraft]:
    assert shape.relation is not None
    for line, row in table.rows():
        try:
            yield shape.relation(row)
        except Unreadable as why:
            refused.add(table, line, why)


def _merged(drafts: Iterable[ConceptDraft]) -> Iterator[ConceptDraft]:
    """Yield each concept once: files of labels name it on several lines."""
    first: dict[str, ConceptDraft] = {}
    labels: dict[str, dict[str, str]] = {}
    terms: dict[str, list[tuple[str, str, str]]] = {}
    for draft in drafts:
        first.setdefault(draft.uri, draft)
        known = labels.setdefault(draft.uri, {})
        for language, label in draft.labels.items():
            known.setdefault(language, label)
        terms.setdefault(draft.uri, []).extend(draft.terms)
    for uri, draft in first.items():
        yield ConceptDraft(
            uri=uri,
            kind=draft.kind,
            notation=draft.notation,
            labels=labels[uri],
            terms=tuple(terms[uri]),
            broader=draft.broader,
            facts=draft.facts,
            retired_in=draft.retired_in,
            replaced_by=draft.replaced_by,
        )


def _language_in_name(name: str) -> str | None:
    match = _LANGUAGE.search(name)
    return match[1] if match else None


def _code(version: str, name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"esco-{version}-{name}".lower())[:50].strip("-")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _newest_official() -> tuple[int, ...]:
    versions = Scheme.objects.filter(code__startswith="esco-1").values_list("version", flat=True)
    return max((_number(version) for version in versions), default=())
