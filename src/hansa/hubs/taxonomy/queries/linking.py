"""Texts from the shell to concepts: all competences of ESCO, or the activities of hubs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from hansa.engine.language import ConceptIndex, Linker, Query, texts_to_encode, texts_to_link, without_languages
from hansa.engine.language.linking.document import Answer, Text, answer_to, texts_from
from hansa.engine.problem import BadProblem
from hansa.engine.problem import Concept as EngineConcept
from hansa.hubs.taxonomy.models import Concept
from hansa.hubs.taxonomy.queries.index import encoder, in_engine_terms
from hansa.hubs.taxonomy.states import Kind

__all__ = ["SCHEMES", "BadProblem", "classified", "concepts_of", "texts_from", "wordings_to_classify"]

# What a scheme is called in the shell, and the kind its concepts have.
SCHEMES = {"esco-skills": Kind.SKILL, "activities": Kind.ACTIVITY}


def concepts_of(scheme: str, *, hidden: Collection[str] = ()) -> list[EngineConcept]:
    """Return the concepts of a scheme, called by their URIs, as if they had no labels in hidden languages.

    Retired concepts count as long as no other stands for them: texts and tables of earlier years mean them. What has
    no English label was never published and is left out. Two queries.
    """
    rows = Concept.objects.filter(kind=SCHEMES[scheme], replaced_by=None, labels__has_key="en").order_by("uri")
    if scheme != "esco-skills":
        rows = rows.filter(retired_in="")
    return without_languages(in_engine_terms(rows, name=lambda row: row.uri), hidden)


def wordings_to_classify(scheme: str, concepts: Sequence[EngineConcept]) -> tuple[str, ...]:
    """Return the texts that need vectors before texts can be classified."""
    return texts_to_link(concepts) if scheme == "esco-skills" else texts_to_encode(concepts)


def classified(
    texts: Iterable[Text], *, scheme: str, concepts: Sequence[EngineConcept], top: int
) -> Iterator[dict[str, Any]]:
    """Yield the answer to each text, in order: competences by linking, activities as a need is read."""
    make = _linking if scheme == "esco-skills" else _reading
    yield from make(concepts, top)(tuple(texts))


_Classify = Callable[[Sequence[Text]], Iterator[dict[str, Any]]]


def _linking(concepts: Sequence[EngineConcept], top: int) -> _Classify:
    linker = Linker(concepts, encoder())

    def classify(texts: Sequence[Text]) -> Iterator[dict[str, Any]]:
        found = linker.link([Query(text.text, text.language) for text in texts], top=top)
        for text, links in zip(texts, found, strict=True):
            answers = [
                Answer(link.concept.id, _label(link.concept, text), link.score, text.text[link.start : link.end])
                for link in links
            ]
            yield answer_to(text, answers)

    return classify


def _reading(concepts: Sequence[EngineConcept], top: int) -> _Classify:
    index = ConceptIndex(concepts, encoder())
    by_id = {concept.id: concept for concept in concepts}

    def classify(texts: Sequence[Text]) -> Iterator[dict[str, Any]]:
        for text in texts:
            found = index.find(text.text, limit_per_kind={Kind.ACTIVITY.value: top}, unsure=True)
            answers = [
                Answer(one.concept_id, _label(by_id[one.concept_id], text), one.confidence, one.words) for one in found
            ]
            yield answer_to(text, answers)

    return classify


def _label(concept: EngineConcept, text: Text) -> str:
    """The label in the text's own language, else in English, else in any."""
    labels = concept.labels
    return next(labels[code][0] for code in (text.language, "en", *labels) if labels.get(code))
