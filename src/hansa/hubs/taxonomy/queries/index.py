"""The index that needs and descriptions are read with, one per process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db.models import QuerySet

from hansa.engine.language import (
    CachedEncoder,
    ConceptIndex,
    RecentEncoder,
    load_encoder,
    reads_meaning,
    wordings_of,
)
from hansa.engine.problem import Concept as EngineConcept
from hansa.hubs.taxonomy.models import Concept, Term, Vector
from hansa.hubs.taxonomy.queries.vocabularies import stamp_of_vocabularies
from hansa.hubs.taxonomy.states import Kind, Wording

# What a text is read for. Competences: those of the core; all of ESCO can be searched and chosen.
READ_KINDS = (Kind.ACTIVITY, Kind.SKILL, Kind.TECHNOLOGY)
# Log-odds of a competence of the core that is seldom meant ("reed sensors").
_SELDOM = -1.5

# What commands say when texts are read without the language model.
BY_WORDS_ALONE = "The language model is not in use: texts are compared by their spelling alone, so much less is found."

# More vectors than this are not made while somebody waits for a page (30 take a second).
_MOST_MADE_HERE = 60
_LOOK_AGAIN_SECONDS = 20.0
_KEYS_PER_QUERY = 5000

_lock = Lock()
_waits_until = 0.0
_index: tuple[tuple[object, ...], ConceptIndex] | None = None


@cache
def _encoder(with_model: bool) -> CachedEncoder:
    return CachedEncoder(RecentEncoder(load_encoder(with_model=with_model)), stored_vectors, lambda _fresh: None)


def encoder() -> CachedEncoder:
    """Return the model behind the vectors kept; what is missing is computed and not kept."""
    return _encoder(settings.LANGUAGE_MODEL)


def reads_by_words_alone() -> bool:
    """Whether texts are read without the language model: it is turned off, not installed, or does not run here."""
    return not reads_meaning(encoder().model_id)


def stored_vectors(keys: Sequence[str]) -> Mapping[str, bytes]:
    """Return the vectors kept for these keys; one query for each 5,000."""
    known: dict[str, bytes] = {}
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        rows = Vector.objects.filter(key__in=list(keys[start : start + _KEYS_PER_QUERY])).values_list("key", "value")
        known.update((key, bytes(value)) for key, value in rows)
    return known


def concept_index() -> ConceptIndex:
    """Return the index of what texts are read for; built once per process and version of the vocabularies.

    Reads vectors from the store and computes those that are missing; ``operations.encode`` fills the store. While it
    does so for a version just loaded, the index of the version before goes on serving.
    """
    global _index, _waits_until
    stamp = (*stamp_of_vocabularies(), encoder().model_id)
    current = _index
    if current is not None and (current[0] == stamp or monotonic() < _waits_until):
        return current[1]
    with _lock:
        if _index is None or _index[0] != stamp:
            concepts = engine_concepts()
            if _index is not None and _lacks_many(concepts):
                _waits_until = monotonic() + _LOOK_AGAIN_SECONDS
            else:
                _index = (stamp, ConceptIndex(concepts, encoder()))
        return _index[1]


def _lacks_many(concepts: Sequence[EngineConcept]) -> bool:
    wordings = [text for concept in concepts for text in wordings_of(concept)]
    return len(encoder().missing(wordings, kind="query")) > _MOST_MADE_HERE


def engine_concepts() -> list[EngineConcept]:
    """Return the concepts texts are read for, as the engine takes them; two queries."""
    rows = Concept.objects.filter(is_core=True, kind__in=READ_KINDS, retired_in="").order_by(
        "kind", "position", "notation"
    )
    return in_engine_terms(rows, name=lambda row: str(row.pk))


def in_engine_terms(rows: QuerySet[Concept], *, name: Callable[[Concept], str]) -> list[EngineConcept]:
    """Return concepts with their labels, alternatives and English definition; two queries."""
    concepts = list(rows.only("pk", "uri", "kind", "labels", "facts"))
    alternatives: dict[int, list[tuple[str, str]]] = {}
    definitions: dict[int, str] = {}
    terms = Term.objects.filter(concept__in=rows.order_by().values("pk")).order_by("pk")
    for concept_id, language, wording, text in terms.values_list("concept_id", "language", "wording", "text"):
        if wording == Wording.DEFINITION and language == "en":
            definitions[concept_id] = text
        elif wording in {Wording.ALTERNATIVE, Wording.HIDDEN}:
            alternatives.setdefault(concept_id, []).append((language, text))
    return [
        _engine_concept(row, name(row), alternatives.get(row.pk, []), definitions.get(row.pk, "")) for row in concepts
    ]


def _engine_concept(row: Concept, name: str, alternatives: list[tuple[str, str]], definition: str) -> EngineConcept:
    labels = {language: [label] for language, label in row.labels.items()}
    for language, text in alternatives:
        labels.setdefault(language, []).append(text)
    return EngineConcept(
        id=name,
        kind=row.kind,
        labels={language: tuple(texts) for language, texts in labels.items()},
        definition=definition,
        prior=0.0 if row.facts.get("often_meant", True) else _SELDOM,
    )
