"""The small vocabularies, kept in the process, so that pages need no query for a label."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import get_language

from hansa.hubs.taxonomy.models import Concept, Scheme, Term
from hansa.hubs.taxonomy.queries.words import normalised
from hansa.hubs.taxonomy.states import Kind, Wording

# Too many to keep whole; the ones met lately are kept.
LARGE_KINDS = frozenset({Kind.SKILL, Kind.SKILL_GROUP, Kind.OCCUPATION, Kind.REGION})
# How old the answer to "was a vocabulary loaded since?" may be.
CHECK_SECONDS = 10.0
_KEPT_LATELY = 20_000

_FIELDS = (
    "pk", "kind", "notation", "uri", "labels", "broader_id", "position", "is_ai_specific", "is_core", "facts",
    "retired_in", "replaced_by_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept, as pages and other corners read it. ``label`` is in the reader's language."""

    id: int
    kind: str
    notation: str
    uri: str
    labels: Mapping[str, str]
    broader_id: int | None = None
    position: int = 0
    is_ai_specific: bool = False
    is_core: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    retired_in: str = ""
    replaced_by_id: int | None = None

    @property
    def label(self) -> str:
        return self.label_in(get_language() or "en")

    def label_in(self, language: str) -> str:
        """Return the label in ``language``, else in English, else in any language."""
        labels = self.labels
        return (
            labels.get(language)
            or labels.get(language.split("-")[0])
            or labels.get("en")
            or next(iter(labels.values()), self.notation)
        )

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The small vocabularies at one moment."""

    stamp: tuple[object, ...]
    by_kind: Mapping[str, Mapping[str, Entry]]
    by_id: Mapping[int, Entry]


_lock = Lock()
_shelf: _Shelf | None = None
_checked_at = 0.0
_lately: OrderedDict[int, Entry] = OrderedDict()


def forget() -> None:
    """Drop what this process keeps; the next reader asks the database."""
    global _shelf, _checked_at
    with _lock:
        _shelf, _checked_at = None, 0.0
        _lately.clear()


def vocabulary(kind: str) -> Mapping[str, Entry]:
    """Return a small vocabulary in its order, by notation, without concepts that were retired.

    No query, except for a check every ten seconds whether a new version was loaded.
    """
    if kind in LARGE_KINDS:
        raise ValueError(f"The vocabulary {kind!r} is too large to be read whole: use search_concepts or entries.")
    return _read_shelf().by_kind.get(kind, MappingProxyType({}))


def entries(ids: Iterable[int]) -> dict[int, Entry]:
    """Return the concepts of these ids; one query for those of large vocabularies that were not met lately."""
    wanted = list(dict.fromkeys(ids))
    shelf = _read_shelf()
    found: dict[int, Entry] = {}
    missing: list[int] = []
    with _lock:
        for pk in wanted:
            entry = shelf.by_id.get(pk) or _lately.get(pk)
            if entry is None:
                missing.append(pk)
            else:
                found[pk] = entry
    if missing:
        found.update(_read_into_lately(missing))
    return {pk: found[pk] for pk in wanted if pk in found}


def entry(pk: int) -> Entry | None:
    return entries([pk]).get(pk)


def entry_of(kind: str, notation: str) -> Entry | None:
    """Return one concept by kind and notation; one query for large vocabularies."""
    if kind not in LARGE_KINDS:
        return vocabulary(kind).get(notation)
    row = Concept.objects.filter(kind=kind, notation=notation).values_list(*_FIELDS).first()
    return Entry(*row) if row else None


def entries_of(kind: str, notations: Iterable[str]) -> dict[str, Entry]:
    """Return concepts of one kind by notation; one query for large vocabularies."""
    wanted = list(dict.fromkeys(notations))
    if kind not in LARGE_KINDS:
        known = vocabulary(kind)
        return {notation: known[notation] for notation in wanted if notation in known}
    if not wanted:
        return {}
    rows = Concept.objects.filter(kind=kind, notation__in=wanted).values_list(*_FIELDS)
    return {row[2]: Entry(*row) for row in rows}


def current(entry: Entry) -> Entry:
    """Follow replacements to the concept that stands for ``entry`` today; itself when it was not replaced."""
    seen = {entry.id}
    while entry.replaced_by_id and entry.replaced_by_id not in seen:
        seen.add(entry.replaced_by_id)
        successor = entries([entry.replaced_by_id]).get(entry.replaced_by_id)
        if successor is None:
            break
        entry = successor
    return entry


def _read_into_lately(ids: list[int]) -> dict[int, Entry]:
    rows = {row[0]: Entry(*row) for row in Concept.objects.filter(pk__in=ids).values_list(*_FIELDS)}
    with _lock:
        _lately.update(rows)
        while len(_lately) > _KEPT_LATELY:
            _lately.popitem(last=False)
    return rows


def _read_shelf() -> _Shelf:
    global _shelf, _checked_at
    shelf, now = _shelf, time.monotonic()
    if shelf is not None and now - _checked_at < CHECK_SECONDS:
        return shelf
    stamp = stamp_of_vocabularies()
    if shelf is None or shelf.stamp != stamp:
        shelf = _build_shelf(stamp)
        with _lock:
            _lately.clear()
    _shelf, _checked_at = shelf, now
    return shelf


def stamp() -> tuple[object, ...]:
    """Return a value that changes with every version loaded; at most ten seconds old, mostly without a query."""
    return _read_shelf().stamp


def stamp_of_vocabularies() -> tuple[object, ...]:
    """Return a value that changes with every version loaded. One query."""
    row = Scheme.objects.aggregate(latest=Max("loaded_at"), n=Count("pk"), last=Max("pk"))
    return (row["latest"], row["n"], row["last"])


def _build_shelf(stamp: tuple[object, ...]) -> _Shelf:
    by_kind: dict[str, dict[str, Entry]] = {}
    by_id: dict[int, Entry] = {}
    rows = Concept.objects.exclude(kind__in=LARGE_KINDS).order_by("kind", "position", "notation")
    for row in rows.values_list(*_FIELDS):
        entry = Entry(*row)
        by_id[entry.id] = entry
        if not entry.retired_in:
            by_kind.setdefault(entry.kind, {})[entry.notation] = entry
    frozen = {kind: MappingProxyType(concepts) for kind, concepts in by_kind.items()}
    return _Shelf(stamp=stamp, by_kind=frozen, by_id=by_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedScheme:
    """One vocabulary as it stands."""

    code: str
    title: str
    version: str
    source: str
    licence: str
    attribution: str
    n_concepts: int
    n_retired: int


def loaded_schemes() -> list[LoadedScheme]:
    """Return every vocabulary loaded, in alphabetical order; one query."""
    fields = ("code", "title", "version", "source", "licence", "attribution")
    rows = (
        Scheme.objects.annotate(
            n_concepts=Count("concepts", filter=Q(concepts__retired_in="")),
            n_retired=Count("concepts", filter=~Q(concepts__retired_in="") & Q(concepts__isnull=False)),
        )
        .order_by("code")
        .values(*fields, "n_concepts", "n_retired")
    )
    return [LoadedScheme(**row) for row in rows]


def notation_by_wording(kind: str) -> dict[str, str]:
    """Return the notation for every label and alternative label of a small vocabulary, normalised; one query.

    Labels come before alternatives, earlier concepts before later ones; notations themselves count too.
    """
    known = vocabulary(kind)
    found = {normalised(code): code for code in known}
    for code, concept in known.items():
        for label in concept.labels.values():
            found.setdefault(normalised(label), code)
    codes = {concept.id: code for code, concept in known.items()}
    terms = Term.objects.filter(concept__in=list(codes), wording=Wording.ALTERNATIVE).order_by(
        "concept__position", "pk"
    )
    for concept_id, text in terms.values_list("concept_id", "text"):
        found.setdefault(normalised(text), codes[concept_id])
    return found


def wordings(ids: Iterable[int]) -> list[tuple[int, str, bool]]:
    """Return all words for these concepts, in every language: concept, words, whether it is the preferred label.

    One or two statements.
    """
    known = entries(ids)
    preferred = [(pk, label, True) for pk, entry in known.items() for label in dict.fromkeys(entry.labels.values())]
    terms = Term.objects.filter(concept__in=list(known), wording__in=[Wording.ALTERNATIVE, Wording.HIDDEN])
    others = terms.order_by("pk").values_list("concept_id", "text")
    return preferred + [(pk, text, False) for pk, text in others]


def attributions() -> list[str]:
    """Return the line each vocabulary's owner asks for, each once; one query."""
    lines = Scheme.objects.exclude(attribution="").order_by("code").values_list("attribution", flat=True)
    return list(dict.fromkeys(lines))
