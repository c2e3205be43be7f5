"""When an installation's vocabularies are brought up to date."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from factories import NOW

from hansa.hubs.models import Concept, Relation
from hansa.hubs.taxonomy import operations, queries
from hansa.hubs.taxonomy.operations import content
from hansa.hubs.taxonomy.states import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def test_loads_the_classification_with_its_competences():
    counts = {kind: len(queries.vocabulary(kind)) for kind in (Kind.FUNCTION, Kind.SERVICE, Kind.ACTIVITY)}
    assert counts == {Kind.FUNCTION: 4, Kind.SERVICE: 14, Kind.ACTIVITY: 38}
    activity = Concept.objects.get(kind=Kind.ACTIVITY, notation="SFI-1.2")
    assert activity.is_ai_specific
    assert activity.broader.broader.notation == "SFI"
    required = {(row.target.label, row.match) for row in activity.relations.select_related("target")}
    assert ("principles of artificial intelligence", "prefLabel") in required
    assert Relation.objects.filter(source__kind=Kind.ACTIVITY).values("source").distinct().count() == 38


def test_loads_all_of_english_esco():
    skills = Concept.objects.filter(kind=Kind.SKILL)
    assert skills.count() == 13_939
    assert not skills.filter(labels={}).exists()
    assert not skills.filter(labels__en="").exists()


def test_competences_hansa_names_have_their_official_label():
    links = content.read("esco_links")
    base = links["scheme"]["concept_base"]
    wanted = {base + row["uuid"]: row["pref_label"] for row in (*links["skills"], *links["basics"])}
    stored = dict(Concept.objects.filter(uri__in=wanted).values_list("uri", "labels__en"))
    assert stored == wanted


def test_texts_are_read_against_a_few_hundred_competences_at_first():
    core = Concept.objects.filter(kind=Kind.SKILL, is_core=True)
    assert 250 <= core.count() <= 500
    labels = set(core.values_list("labels__en", flat=True))
    assert {"predictive maintenance", "robotics", "Internet of Things", "machine learning"} <= labels
    assert not any("penetration testing tool" in label for label in labels)


def test_labels_speak_four_languages():
    with translation.override("fr"):
        assert queries.vocabulary(Kind.FUNCTION)["TBI"].label == "Tester avant d'investir"


def test_a_second_run_only_reads():
    with CaptureQueriesContext(connection) as asked:
        reports = operations.ensure(at=NOW)
    assert all(report.is_unchanged for report in reports)
    assert {query["sql"].split(" ", 1)[0] for query in asked} == {"SELECT"}
    assert len(asked) == len(reports)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("predictive maint", "predictive maintenance"), ("MACHINE LEARN", "machine learning"), ("robotics", "Robotics")],
)
def test_the_picker_finds_what_is_meant(typed: str, first: str):
    found = queries.search_concepts(typed, kinds=[Kind.SKILL, Kind.TECHNOLOGY], limit=5)
    assert found[0].label.casefold() == first.casefold()


_ASKED = (Kind.ACTIVITY, Kind.SKILL, Kind.TECHNOLOGY)


def test_the_picker_offers_what_hubs_do_before_all_other_skills():
    found = queries.search_concepts("training", kinds=_ASKED)
    cores = [entry.is_core for entry in found]
    assert "On-site company tailored training / Boot-camps" in [entry.label for entry in found[:5]]
    assert cores == sorted(cores, reverse=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("finansowanie", "Financial engineering"), ("Bildverarbeitung", "digital image processing"), ("qxzw", "")],
)
def test_the_picker_finds_by_meaning_where_no_word_is_known(typed: str, meant: str):
    assert [entry for entry in queries.search_concepts(typed, kinds=_ASKED) if entry.label == meant] == []
    found = [entry.label for entry in queries.search_concepts(typed, kinds=_ASKED, meaning=True)]
    assert meant in found if meant else found == []
    assert len(found) == len(set(found))
