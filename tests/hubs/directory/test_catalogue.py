"""When the directory is read from what a process keeps of it."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from cast import Cast
from django.db import connection, transaction
from factories import NOW, make_concept, make_hub
from pytest_django import DjangoAssertNumQueries

from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.directory.queries.catalogue import Catalogue, catalogue, forget
from hansa.hubs.models import Hub, Suggestion
from hansa.hubs.taxonomy.states import Kind
from tests.hubs.directory.conftest import Words, acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_kept")]


def names(directory: Catalogue) -> list[str]:
    return [row.name for row in directory.rows]


def covers(directory: Catalogue, concept: Any) -> dict[str, float]:
    positions, strengths = directory.postings.get(concept.pk, ((), ()))
    return {
        directory.rows[position].name: round(float(strength), 3)
        for position, strength in zip(positions, strengths, strict=True)
    }


def test_it_costs_one_query_while_nothing_changes(people: Cast, django_assert_num_queries: DjangoAssertNumQueries):
    first = catalogue()
    with django_assert_num_queries(1):
        assert catalogue() is first


def test_strength_says_what_stands_behind_it(people: Cast, words: Words):
    """Source: BP-CMP-02."""
    lucia, jonas, mette = acting(people.lucia), acting(people.jonas), acting(people.mette)
    Hub.objects.filter(pk=people.ebro.pk).update(trust="assessed")
    operations.add_offer(people.ebro, activity_code="TBI-2.2", by=lucia, at=NOW, evidence="Report 7")
    operations.add_offer(people.isar, activity_code="TBI-2.2", by=jonas, at=NOW, evidence="Report 8")
    operations.add_offer(people.aarhus, activity_code="TBI-2.2", by=mette, at=NOW)
    Suggestion.objects.create(hub=people.silent, concept=words.pilot, sentence="s", words="w", confidence=0.6)
    Suggestion.objects.create(
        hub=people.silent, concept=words.course, sentence="s", words="w", confidence=0.6, state="dismissed"
    )
    network = operations.CompetenceDraft(skill_id=words.vision.pk, reach="network")
    operations.set_competences(people.aarhus, competences=[network], by=mette, at=NOW)
    directory = catalogue()
    assert covers(directory, words.pilot) == {
        "Ebro Data Hub": 1.0,
        "Isar Edge Lab": 0.9,
        "Aarhus Food Robotics": 0.8,
        "Silent Bay Hub": 0.5,
    }
    assert covers(directory, words.vision) == {"Aarhus Food Robotics": 0.56}
    assert covers(directory, words.course) == {}
    assert directory.facets.counts()["activity"] == {"TBI-2.2": 4}


def test_a_changed_hub_is_read_again_and_nobody_else(
    people: Cast, words: Words, django_assert_max_num_queries: DjangoAssertNumQueries
):
    before = catalogue()
    assert before.facets.n == len(before.postings) + 4
    operations.add_offer(people.isar, activity_code="TBI-2.2", by=acting(people.jonas), at=NOW)
    with django_assert_max_num_queries(7):
        after = catalogue()
    assert covers(after, words.pilot) == {"Isar Edge Lab": 0.8}
    assert covers(before, words.pilot) == {}
    unchanged = [row for row in before.rows if row.id != people.isar.pk]
    assert all(any(row is other for other in after.rows) for row in unchanged)


def test_hubs_come_leave_and_change_their_names(people: Cast):
    catalogue()
    steward = acting(people.steward)
    operations.create_hub(name="Österreich Hub", by=steward, at=NOW)
    operations.update_profile(people.aarhus, by=steward, at=NOW, name="Zealand Food Robotics")
    operations.update_profile(people.isar, by=steward, at=NOW, is_listed=False)
    assert names(catalogue()) == ["Ebro Data Hub", "Österreich Hub", "Silent Bay Hub", "Zealand Food Robotics"]
    operations.remove_hub(people.silent, by=steward, at=NOW)
    operations.update_profile(people.isar, by=steward, at=NOW, is_listed=True)
    assert names(catalogue()) == ["Ebro Data Hub", "Isar Edge Lab", "Österreich Hub", "Zealand Food Robotics"]


def test_a_change_rolled_back_is_never_seen_afterwards(people: Cast):
    operations.update_profile(people.ebro, by=SYSTEM, at=NOW, city="Huesca")
    assert {row.city for row in catalogue().rows} >= {"Huesca"}
    with transaction.atomic():
        operations.update_profile(people.ebro, by=SYSTEM, at=NOW, city="Teruel")
        operations.create_hub(name="Ghost", by=SYSTEM, at=NOW)
        assert "Ghost" in names(catalogue())
        transaction.set_rollback(True)
    assert "Ghost" not in names(catalogue())
    operations.update_profile(people.isar, by=SYSTEM, at=NOW, city="Ulm")
    cities = {row.name: row.city for row in catalogue().rows}
    assert (cities["Ebro Data Hub"], cities["Isar Edge Lab"]) == ("Huesca", "Ulm")


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_what_is_not_committed():
    hub = make_hub("Ebro Data Hub", city="Zaragoza")

    def seen_by_others() -> str:
        def look() -> str:
            try:
                return catalogue().rows[0].city
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(look).result()

    assert seen_by_others() == "Zaragoza"
    with transaction.atomic():
        operations.update_profile(hub, by=SYSTEM, at=NOW, city="Huesca")
        assert catalogue().rows[0].city == "Huesca"
        assert seen_by_others() == "Zaragoza"
    assert seen_by_others() == "Huesca"


def test_bringing_up_to_date_gives_the_same_as_reading_everything(words: Words):
    rng = random.Random(3)
    concepts = [make_concept(Kind.SKILL, f"x{n}") for n in range(12)]
    hubs = [operations.create_hub(name=f"Hub {n}", by=SYSTEM, at=NOW, country="ES") for n in range(25)]
    catalogue().facets  # noqa: B018
    for _step in range(12):
        hub = rng.choice(hubs)
        chosen = [operations.CompetenceDraft(skill_id=each.pk) for each in rng.sample(concepts, rng.randint(0, 5))]
        operations.set_competences(hub, competences=chosen, by=SYSTEM, at=NOW)
        if rng.random() < 0.3:
            hubs.append(operations.create_hub(name=f"New {rng.random()}", by=SYSTEM, at=NOW))
        step_by_step = catalogue()
        assert step_by_step.postings
        forget()
        whole = catalogue()
        assert step_by_step.rows == whole.rows
        assert step_by_step.by_id == whole.by_id
        assert step_by_step.postings.keys() == whole.postings.keys()
        for concept_id, (positions, strengths) in whole.postings.items():
            assert np.array_equal(step_by_step.postings[concept_id][0], positions)
            assert np.array_equal(step_by_step.postings[concept_id][1], strengths)
        for group, counts in whole.facets.counts().items():
            assert {k: n for k, n in step_by_step.facets.counts()[group].items() if n} == counts
