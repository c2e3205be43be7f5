"""When a hub decides on what was read in its text. Source: BP-DIR-05."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from cast import Cast
from django.db import connection
from factories import NOW, make_concept, make_hub, make_member

from hansa.foundation.actors import VISITOR
from hansa.hubs.directory import operations
from hansa.hubs.directory.operations import CannotDecide
from hansa.hubs.models import Competence, Hub, ServiceOffer, Suggestion
from hansa.hubs.taxonomy.states import Kind
from tests.hubs.directory.conftest import Words, acting

pytestmark = pytest.mark.django_db


def suggest(hub: Hub, concept: Any, confidence: float = 0.8) -> Suggestion:
    return Suggestion.objects.create(hub=hub, concept=concept, sentence="We do it.", words="it", confidence=confidence)


def test_confirming_makes_it_the_hubs_own_word(people: Cast, words: Words):
    lucia = acting(people.lucia)
    for concept in (words.pilot, words.vision, words.robots, words.food):
        operations.confirm_suggestion(suggest(people.ebro, concept), by=lucia, at=NOW)
    hub = Hub.objects.get(pk=people.ebro.pk)
    assert [offer.activity for offer in hub.offers.all()] == [words.pilot]
    assert [row.skill for row in hub.competences.all()] == [words.vision]
    assert (hub.technologies, hub.sectors) == (["robotics"], ["food"])
    assert set(Suggestion.objects.values_list("state", "decided_at")) == {("confirmed", NOW)}


def test_a_second_click_changes_nothing(people: Cast, words: Words):
    lucia, suggestion = acting(people.lucia), suggest(people.ebro, words.pilot)
    for _click in range(2):
        operations.confirm_suggestion(suggestion, by=lucia, at=NOW)
    assert ServiceOffer.objects.count() == 1


def test_what_the_hub_offers_already_is_not_offered_twice(people: Cast, words: Words):
    lucia = acting(people.lucia)
    operations.add_offer(people.ebro, activity_code="TBI-2.2", by=lucia, at=NOW)
    operations.set_competences(
        people.ebro, competences=[operations.CompetenceDraft(skill_id=words.vision.pk, level=3)], by=lucia, at=NOW
    )
    suggest(people.ebro, words.pilot)
    suggest(people.ebro, words.vision)
    assert operations.confirm_all(people.ebro, by=lucia, at=NOW) == 2
    assert ServiceOffer.objects.count() == 1
    assert Competence.objects.get().level == 3


def test_the_other_answer_is_refused_once_one_is_given(people: Cast, words: Words):
    lucia = acting(people.lucia)
    confirmed, dismissed = suggest(people.ebro, words.pilot), suggest(people.ebro, words.vision)
    operations.confirm_suggestion(confirmed, by=lucia, at=NOW)
    operations.dismiss_suggestion(dismissed, by=lucia, at=NOW)
    with pytest.raises(CannotDecide, match="confirmed meanwhile"):
        operations.dismiss_suggestion(confirmed, by=lucia, at=NOW)
    with pytest.raises(CannotDecide, match="dismissed meanwhile"):
        operations.confirm_suggestion(dismissed, by=lucia, at=NOW)
    operations.reopen_suggestion(dismissed, by=lucia, at=NOW)
    operations.confirm_suggestion(dismissed, by=lucia, at=NOW)
    assert Competence.objects.count() == 1


def test_confirming_all_can_be_bound_to_the_sure_ones(people: Cast, words: Words):
    suggest(people.ebro, words.pilot, 0.9)
    suggest(people.ebro, words.course, 0.4)
    assert operations.confirm_all(people.ebro, by=acting(people.lucia), at=NOW, min_confidence=0.5) == 1
    assert ServiceOffer.objects.get().activity == words.pilot


def test_nobody_else_decides(people: Cast, words: Words):
    suggestion = suggest(people.ebro, words.pilot)
    for actor in (VISITOR, acting(people.stranger), acting(people.pau), acting(people.observer)):
        for decide in (
            operations.confirm_suggestion,
            operations.dismiss_suggestion,
            operations.reopen_suggestion,
        ):
            with pytest.raises(CannotDecide):
                decide(suggestion, by=actor, at=NOW)
        with pytest.raises(CannotDecide):
            operations.confirm_all(people.ebro, by=actor, at=NOW)
    assert not ServiceOffer.objects.exists()


def test_one_that_went_with_its_text_says_so(people: Cast, words: Words):
    suggestion = suggest(people.ebro, words.pilot)
    Suggestion.objects.all().delete()
    with pytest.raises(CannotDecide, match="is gone"):
        operations.confirm_suggestion(suggestion, by=acting(people.lucia), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_people_confirming_and_dismissing_at_once_get_one_answer():
    hub = make_hub("Ebro Data Hub")
    actor = acting(make_member(hub, "manager"))
    suggestion = suggest(hub, make_concept(Kind.ACTIVITY, "TBI-2.2"))
    start = Barrier(6)

    def decide(number: int) -> str:
        act = operations.confirm_suggestion if number % 2 else operations.dismiss_suggestion
        start.wait()
        try:
            act(suggestion, by=actor, at=NOW)
            return "done"
        except CannotDecide:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(decide, range(6)))
    suggestion.refresh_from_db()
    assert sorted(answers) == ["done"] * 3 + ["refused"] * 3
    assert ServiceOffer.objects.count() == (1 if suggestion.state == "confirmed" else 0)
