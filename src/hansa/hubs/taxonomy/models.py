"""Schemes, concepts, relations, terms, and the cache of their vectors."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import get_language

from hansa.hubs.taxonomy.states import Kind, Link, Wording


class Scheme(models.Model):
    """One vocabulary, in the version loaded last. Earlier versions live on in the concepts they left behind."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    # sha256 of what was loaded, so that loading the same again writes nothing.
    digest = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(null=True)


class Concept(models.Model):
    """One entry of a vocabulary.

    ``labels`` maps language codes to preferred labels; English is there whenever the source has it.
    ``notation`` is short and unique within its kind; forms, addresses and arrays use it.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="concepts")
    uri = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    notation = models.CharField(max_length=120)
    labels = models.JSONField(default=dict)
    broader = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="narrower")
    position = models.IntegerField(default=0)
    is_ai_specific = models.BooleanField(default=False)
    # Whether this concept is offered when a need or a profile is read (the whole of ESCO is searchable either way).
    is_core = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    version = models.CharField(max_length=40)
    retired_in = models.CharField(max_length=40, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaces")
    # Words of all labels and alternatives, in every language.
    search = SearchVectorField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "notation"], name="concept_notation_unique_in_kind")]
        indexes = [
            models.Index(fields=["scheme", "kind", "position"], name="concept_in_order"),
            GinIndex(fields=["search"], name="concept_search"),
        ]
        ordering = ["kind", "position", "notation"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The preferred label in the reader's language, else English, else any."""
        return self.label_in(get_language() or "en")

    def label_in(self, language: str) -> str:
        labels = self.labels
        return (
            labels.get(language)
            or labels.get(language.split("-")[0])
            or labels.get("en")
            or next(iter(labels.values()), self.notation)
        )


class Term(models.Model):
    """A further wording of a concept: alternative label, definition, note."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(max_length=10)
    wording = models.CharField(max_length=12, choices=Wording)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["concept", "wording"], name="term_of_concept")]


class Relation(models.Model):
    """A SKOS relation between two concepts, such as *activity requires skill*."""

    source = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="inverse_relations")
    link = models.CharField(max_length=12, choices=Link)
    # How well the source's wording fits the target today: prefLabel, altLabel, nearest.
    match = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "link"], name="relation_once")]


class Vector(models.Model):
    """A sentence vector by content hash (model and text), so that no text is encoded twice."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.BinaryField()
