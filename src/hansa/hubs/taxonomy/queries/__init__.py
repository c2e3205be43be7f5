"""Lookups in the vocabularies: labels without a query, and concepts by their words."""

from hansa.hubs.taxonomy.queries.search import search_concepts
from hansa.hubs.taxonomy.queries.vocabularies import (
    LARGE_KINDS,
    Entry,
    current,
    entries,
    entries_of,
    entry,
    entry_of,
    forget,
    vocabulary,
)
from hansa.hubs.taxonomy.queries.words import normalised, prefix_query

__all__ = [
    "LARGE_KINDS",
    "Entry",
    "current",
    "entries",
    "entries_of",
    "entry",
    "entry_of",
    "forget",
    "normalised",
    "prefix_query",
    "search_concepts",
    "vocabulary",
]
