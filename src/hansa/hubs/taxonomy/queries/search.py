"""Finding concepts by their words, in any language, while a person types."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery
from django.db.models import F

from hansa.hubs.taxonomy.models import Concept
from hansa.hubs.taxonomy.queries.vocabularies import _FIELDS, Entry
from hansa.hubs.taxonomy.queries.words import normalised, prefix_query

_READ_AT_MOST = 200


def search_concepts(text: str, *, kinds: Collection[str], language: str = "en", limit: int = 20) -> list[Entry]:
    """Return concepts with a word beginning like each word typed, best first: one or two queries.

    Same label first, then labels that begin so, then core concepts, then short labels. Retired concepts are left out;
    where nothing has all the words, those with some of them are returned.
    """
    for all_words in (True, False):
        query = prefix_query(text, all_words=all_words)
        if not query:
            return []
        rows = (
            Concept.objects.filter(kind__in=list(kinds), retired_in="")
            .filter(search=SearchQuery(query, search_type="raw", config="simple"))
            .order_by(F("is_core").desc(), "position")
            .values_list(*_FIELDS)[:_READ_AT_MOST]
        )
        found = [Entry(*row) for row in rows]
        if found:
            return sorted(found, key=lambda entry: _rank(entry, text, language))[:limit]
    return []


def _rank(entry: Entry, text: str, language: str) -> tuple[object, ...]:
    wanted = normalised(text)
    labels = [normalised(entry.label_in(language)), *(normalised(label) for label in entry.labels.values())]
    words = set(wanted.split())
    shared = max((len(words & set(label.split())) for label in labels), default=0)
    return (
        wanted not in labels,
        not any(label.startswith(wanted) for label in labels),
        -shared,
        not entry.is_core,
        len(labels[0]),
        labels[0],
    )
