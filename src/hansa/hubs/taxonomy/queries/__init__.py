"""Lookups in the vocabularies: labels without a query, and concepts by their words."""

from hansa.hubs.taxonomy.queries.index import BY_WORDS_ALONE, concept_index, encoder, reads_by_words_alone
from hansa.hubs.taxonomy.queries.linking import (
    SCHEMES,
    BadProblem,
    classified,
    concepts_of,
    texts_from,
    wordings_to_classify,
)
from hansa.hubs.taxonomy.queries.relations import graph
from hansa.hubs.taxonomy.queries.search import search_concepts
from hansa.hubs.taxonomy.queries.vocabularies import (
    LARGE_KINDS,
    Entry,
    LoadedScheme,
    attributions,
    current,
    entries,
    entries_of,
    entry,
    entry_of,
    forget,
    loaded_schemes,
    notation_by_wording,
    stamp,
    vocabulary,
    wordings,
)
from hansa.hubs.taxonomy.queries.words import normalised, prefix_query

__all__ = [
    "BY_WORDS_ALONE",
    "LARGE_KINDS",
    "SCHEMES",
    "BadProblem",
    "Entry",
    "LoadedScheme",
    "attributions",
    "classified",
    "concept_index",
    "concepts_of",
    "current",
    "encoder",
    "entries",
    "entries_of",
    "entry",
    "entry_of",
    "forget",
    "graph",
    "loaded_schemes",
    "normalised",
    "notation_by_wording",
    "prefix_query",
    "reads_by_words_alone",
    "search_concepts",
    "stamp",
    "texts_from",
    "vocabulary",
    "wordings",
    "wordings_to_classify",
]
