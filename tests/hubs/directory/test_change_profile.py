"""When a hub's profile is changed."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from factories import NOW

from hansa.foundation.actors import VISITOR
from hansa.foundation.models import Activity
from hansa.hubs.directory import operations
from hansa.hubs.directory.operations import CannotChangeProfile, CompetenceDraft
from hansa.hubs.models import Competence, Facility, Hub, ServiceOffer
from tests.hubs.directory.conftest import Words, acting

pytestmark = pytest.mark.django_db


def test_only_a_manager_of_the_hub_or_a_steward_may(people: Cast, words: Words):
    strangers = (VISITOR, acting(people.stranger), acting(people.pau), acting(people.mayor), acting(people.observer))
    for actor in strangers:
        with pytest.raises(CannotChangeProfile):
            operations.update_profile(people.ebro, by=actor, at=NOW, summary="Ours now")
        with pytest.raises(CannotChangeProfile):
            operations.add_offer(people.ebro, activity_code="TBI-2.2", by=actor, at=NOW)
        with pytest.raises(CannotChangeProfile):
            operations.set_competences(people.ebro, competences=[], by=actor, at=NOW)
        with pytest.raises(CannotChangeProfile):
            operations.set_contacts(people.ebro, contacts=[], by=actor, at=NOW)
    for user in (people.lucia, people.steward):
        operations.update_profile(people.ebro, by=acting(user), at=NOW, summary=f"By {user}")
    assert Hub.objects.get(pk=people.ebro.pk).summary == f"By {people.steward}"


def test_what_stays_the_same_is_not_written(people: Cast):
    before = Hub.objects.get(pk=people.ebro.pk).revision
    operations.update_profile(people.ebro, by=acting(people.lucia), at=NOW, city=" Zaragoza ", languages=["es", "en"])
    assert Hub.objects.get(pk=people.ebro.pk).revision == before
    assert not Activity.objects.exists()


def test_an_imported_profile_is_the_hubs_own_from_its_first_touch(people: Cast, words: Words):
    Hub.objects.update(trust="imported")
    operations.update_profile(people.ebro, by=acting(people.steward), at=NOW, summary="Tidied by the steward")
    assert Hub.objects.get(pk=people.ebro.pk).trust == "imported"
    operations.add_offer(people.ebro, activity_code="TBI-2.2", by=acting(people.lucia), at=NOW)
    assert Hub.objects.get(pk=people.ebro.pk).trust == "declared"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"trl_from": 0}, "1 to 9"),
        ({"trl_to": 10}, "1 to 9"),
        ({"trl_from": 7, "trl_to": 3}, "higher than the last"),
        ({"activity_code": "XXX-9"}, "does not exist"),
    ],
)
def test_a_service_that_makes_no_sense_is_refused(people: Cast, fields: dict[str, Any], reason: str):
    with pytest.raises(CannotChangeProfile) as no:
        operations.add_offer(people.ebro, **{"activity_code": "TBI-2.2", **fields}, by=acting(people.lucia), at=NOW)
    assert reason in no.value.reason
    assert not ServiceOffer.objects.exists()


def test_a_changed_range_is_checked_against_what_is_stored(people: Cast):
    lucia = acting(people.lucia)
    offer = operations.add_offer(people.ebro, activity_code="TBI-2.2", by=lucia, at=NOW, trl_from=3, trl_to=5)
    with pytest.raises(CannotChangeProfile):
        operations.change_offer(offer, by=lucia, at=NOW, trl_from=6)
    operations.change_offer(offer, by=lucia, at=NOW, activity_code="SKT-1.1", trl_from=4, title="  Course ")
    offer.refresh_from_db()
    assert (offer.activity.notation, offer.trl_from, offer.title) == ("SKT-1.1", 4, "Course")


def test_a_service_removed_twice_stays_removed(people: Cast):
    lucia = acting(people.lucia)
    offer = operations.add_offer(people.ebro, activity_code="TBI-2.2", by=lucia, at=NOW)
    operations.remove_offer(offer, by=lucia, at=NOW)
    operations.remove_offer(offer, by=lucia, at=NOW)
    assert not ServiceOffer.objects.exists()


def test_competences_are_replaced_as_a_whole(people: Cast, words: Words):
    """Source: BP-CMP-01."""
    lucia = acting(people.lucia)
    first = [CompetenceDraft(skill_id=words.maintenance.pk), CompetenceDraft(skill_id=words.vision.pk, level=1)]
    operations.set_competences(people.ebro, competences=first, by=lucia, at=NOW)
    kept = Competence.objects.get(skill=words.vision)
    operations.set_competences(
        people.ebro, competences=[CompetenceDraft(skill_id=words.vision.pk, level=3)], by=lucia, at=NOW
    )
    assert list(Competence.objects.values_list("pk", "skill", "level")) == [(kept.pk, words.vision.pk, 3)]


@pytest.mark.parametrize("wrong", [{"skill": "robots"}, {"level": 4}])
def test_a_competence_must_be_one(people: Cast, words: Words, wrong: dict[str, Any]):
    """Source: BP-CMP-01."""
    skill = getattr(words, wrong.get("skill", "vision"))
    draft = CompetenceDraft(skill_id=skill.pk, level=wrong.get("level", 2))
    with pytest.raises(CannotChangeProfile):
        operations.set_competences(people.ebro, competences=[draft], by=acting(people.lucia), at=NOW)


def test_facilities_name_an_infrastructure_of_the_list_or_none(people: Cast):
    lucia = acting(people.lucia)
    draft = operations.FacilityDraft(name="Test bed")
    operations.set_facilities(people.ebro, facilities=[draft], by=lucia, at=NOW)
    assert Facility.objects.get().infrastructure is None
    wrong = operations.FacilityDraft(name="Castle", infrastructure="castle")
    with pytest.raises(CannotChangeProfile):
        operations.set_facilities(people.ebro, facilities=[wrong], by=lucia, at=NOW)
    assert Facility.objects.get().name == "Test bed"


def test_offered_services_make_the_hub_findable(people: Cast):
    operations.add_offer(people.ebro, activity_code="TBI-2.2", by=acting(people.lucia), at=NOW)
    assert "'concept'" in Hub.objects.get(pk=people.ebro.pk).search
