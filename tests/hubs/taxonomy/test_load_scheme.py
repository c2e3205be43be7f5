"""When a vocabulary is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import NOW

from hansa.hubs.models import Concept, Relation, Term
from hansa.hubs.taxonomy import queries
from hansa.hubs.taxonomy.operations import CannotLoad, ConceptDraft, RelationDraft, SchemeDraft, load_scheme
from hansa.hubs.taxonomy.states import Kind, Link, Wording

pytestmark = pytest.mark.django_db


def concept(code: str, label: str = "", **fields: Any) -> ConceptDraft:
    fields.setdefault("labels", {"en": label or code})
    return ConceptDraft(uri=f"urn:test:{code}", kind=Kind.TECHNOLOGY, notation=code, **fields)


def scheme(concepts: Iterable[ConceptDraft], *, version: str = "1", **fields: Any) -> SchemeDraft:
    fields.setdefault("digest", f"digest of {version}")
    return SchemeDraft(code="test", title="Test", version=version, concepts=list(concepts), **fields)


def load(*concepts: ConceptDraft, **fields: Any) -> Any:
    return load_scheme(scheme(concepts, **fields), at=NOW).merged


def test_stores_concepts_with_terms_hierarchy_and_words():
    top = concept("robots", "Robots", position=1, facts={"x": 1}, is_core=True)
    arm = concept(
        "arms",
        labels={"en": "Robot arms", "de": "Roboterarme"},
        broader="urn:test:robots",
        terms=(("en", Wording.ALTERNATIVE, "manipulators"), ("en", Wording.DEFINITION, "They move.")),
    )
    merged = load(top, arm)
    assert (merged.read, merged.added, merged.changed, merged.retired) == (2, 2, 0, 0)
    row = Concept.objects.get(notation="arms")
    assert row.broader.notation == "robots"
    assert row.version == "1"
    assert sorted(row.terms.values_list("wording", "text")) == [
        ("alternative", "manipulators"),
        ("definition", "They move."),
    ]
    found = queries.search_concepts("roboterar", kinds=[Kind.TECHNOLOGY])
    assert [entry.notation for entry in found] == ["arms"]
    assert [entry.notation for entry in queries.search_concepts("manipul", kinds=[Kind.TECHNOLOGY])] == ["arms"]


def test_writes_nothing_when_nothing_changed():
    load(concept("a"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        report = load_scheme(scheme([concept("a", "other label, same digest")]), at=NOW)
    assert report.is_unchanged
    statements = [query["sql"].split(" ", 1)[0] for query in asked]
    assert set(statements) <= {"SAVEPOINT", "SELECT", "RELEASE"}


def test_counts_only_what_differs_as_changed():
    load(concept("a"), concept("b", "B"))
    merged = load(concept("a"), concept("b", "Another B"), version="2")
    assert (merged.added, merged.changed, merged.retired) == (0, 1, 0)
    assert list(Concept.objects.order_by("notation").values_list("notation", "version")) == [("a", "1"), ("b", "2")]


def test_retires_what_is_gone_and_takes_back_what_returns():
    names = [f"c{n}" for n in range(10)]
    load(*(concept(name) for name in names))
    assert load(*(concept(name) for name in names[:9]), version="2").retired == 1
    gone = Concept.objects.get(notation="c9")
    assert gone.retired_in == "2"
    assert "c9" not in queries.vocabulary(Kind.TECHNOLOGY)
    assert queries.entry(gone.pk).label == "c9"
    load(*(concept(name) for name in names), version="3")
    gone.refresh_from_db()
    assert gone.retired_in == ""


def test_refuses_a_list_that_looks_cut_off_and_changes_nothing():
    load(*(concept(f"c{n}") for n in range(10)))
    with pytest.raises(CannotLoad, match="cut off"):
        load(concept("c0", "changed"), version="2")
    assert not Concept.objects.exclude(retired_in="").exists()
    assert Concept.objects.get(notation="c0").label == "c0"
    assert load(concept("c0"), version="2", retires_much=True).retired == 9


def test_follows_replacements_over_several_versions_and_out_of_circles():
    load(concept("new"), concept("old", replaced_by="urn:test:middle"), concept("middle", replaced_by="urn:test:new"))
    old = queries.entry_of(Kind.TECHNOLOGY, "old")
    assert queries.current(old).notation == "new"
    load(
        concept("new", replaced_by="urn:test:old"),
        concept("old", replaced_by="urn:test:middle"),
        concept("middle", replaced_by="urn:test:new"),
        version="2",
    )
    queries.forget()
    assert queries.current(queries.entry_of(Kind.TECHNOLOGY, "old")).notation in {"old", "middle", "new"}


def test_adds_languages_without_losing_others_when_asked_to():
    load(concept("a", labels={"en": "Sensors"}, terms=(("en", Wording.ALTERNATIVE, "probes"),)))
    french = concept(
        "a", labels={"fr": "Capteurs"}, terms=(("fr", Wording.ALTERNATIVE, "détecteurs"),), retired_in=None
    )
    load_scheme(replace(scheme([french], version="2"), code="french", is_complete=False, keeps_labels=True), at=NOW)
    assert Concept.objects.get(notation="a").labels == {"en": "Sensors", "fr": "Capteurs"}
    assert sorted(Term.objects.values_list("text", flat=True)) == ["détecteurs", "probes"]
    for word in ("prob", "detect", "capteur"):
        assert queries.search_concepts(word, kinds=[Kind.TECHNOLOGY]), word


def test_official_labels_outrank_derived_ones():
    load(concept("a", labels={"en": "officially so"}, facts={"labels_from": "official"}))
    derived = concept("a", labels={"en": "derived", "de": "abgeleitet"}, terms=(("en", Wording.ALTERNATIVE, "x"),))
    load(derived, version="2", keeps_labels=True, gives_way=True)
    row = Concept.objects.get(notation="a")
    assert row.labels == {"en": "officially so", "de": "abgeleitet"}
    assert not row.terms.exists()


def test_keeps_relations_in_line():
    def linked(*targets: str, version: str) -> Any:
        relations = [
            RelationDraft(source="urn:test:a", target=f"urn:test:{target}", link=Link.REQUIRES, match="exact")
            for target in targets
        ]
        return load(concept("a"), concept("b"), concept("c"), version=version, relations=relations)

    assert linked("b", "c", "b", version="1").relations_written == 2
    assert linked("c", "missing", version="2").relations_written == 1
    assert list(Relation.objects.values_list("target__notation", flat=True)) == ["c"]


def test_tells_the_process_that_a_version_was_loaded(django_capture_on_commit_callbacks: Any):
    load(concept("a", "First"))
    assert queries.vocabulary(Kind.TECHNOLOGY)["a"].label == "First"
    with django_capture_on_commit_callbacks(execute=True):
        load(concept("a", "Second"), version="2")
    assert queries.vocabulary(Kind.TECHNOLOGY)["a"].label == "Second"
