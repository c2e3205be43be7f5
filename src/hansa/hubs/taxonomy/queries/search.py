"""Finding concepts by their words, in any language, while a person types."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery
from django.db.models import F

from hansa.hubs.taxonomy.models import Concept
from hansa.hubs.taxonomy.queries.index import concept_index
from hansa.hubs.taxonomy.queries.vocabularies import _FIELDS, Entry, entries
from hansa.hubs.taxonomy.queries.words import normalised, prefix_query
from hansa.hubs.taxonomy.states import Kind

_READ_AT_MOST = 200
# Fewer than these leave room for what means the same.
_FEW = 8


def search_concepts(
    text: str, *, kinds: Collection[str], language: str = "en", limit: int = 20, meaning: bool = False
) -> list[Entry]:
    """Return concepts with a word beginning like each word typed, best first: one or two queries.

    Same label first, then most whole words, then core concepts, activities of hubs before others, then labels that
    begin so, then short labels. Retired concepts are left out; where nothing has all the words, those with some of them
    are returned.

    :param meaning: where few are found, core concepts that mean the same in other words or languages follow
    """
    found = _with_words(text, kinds, language)[:limit]
    if meaning and len(found) < _FEW:
        meant = [int(one.concept_id) for one in concept_index().find(text) if one.kind in kinds]
        known, shown = entries(meant), {entry.id for entry in found}
        found += [known[pk] for pk in dict.fromkeys(meant) if pk in known and pk not in shown][:_FEW]
    return found


def _with_words(text: str, kinds: Collection[str], language: str) -> list[Entry]:
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
            return sorted(found, key=lambda entry: _rank(entry, text, language))
    return []


def _rank(entry: Entry, text: str, language: str) -> tuple[object, ...]:
    wanted = normalised(text)
    labels = [normalised(entry.label_in(language)), *(normalised(label) for label in entry.labels.values())]
    words = set(wanted.split())
    shared = max((len(words & set(label.split())) for label in labels), default=0)
    return (
        wanted not in labels,
        -shared,
        not entry.is_core,
        entry.kind != Kind.ACTIVITY,
        not any(label.startswith(wanted) for label in labels),
        len(labels[0]),
        labels[0],
    )
