"""When a hub is added to the directory or removed from it."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from factories import NOW, make_client

from hansa.foundation.actors import SYSTEM, VISITOR
from hansa.foundation.models import Activity
from hansa.hubs.directory import operations
from hansa.hubs.models import DirectoryState, Hub
from tests.hubs.directory.conftest import acting

pytestmark = pytest.mark.django_db


def add(name: str, by: Any = SYSTEM, **fields: Any) -> Hub:
    return operations.create_hub(name=name, by=by, at=NOW, **fields)


def test_its_address_is_made_from_its_name_and_nobody_elses(words: Any):
    assert [add("Łódź Ænima – Hub #1").slug for _time in range(3)] == [
        "lodz-aenima-hub-1",
        "lodz-aenima-hub-1-2",
        "lodz-aenima-hub-1-3",
    ]
    assert add("工場").slug == "工場"
    assert add("!!!").slug == "hub"


def test_it_can_be_found_by_name_place_country_and_labels_in_its_languages(words: Any):
    hub = add("Isar Edge", city="München", country="DE", languages=["de"], technologies=["robotics"])
    hub.refresh_from_db()
    for word in ("isar", "munchen", "germany", "robotik", "robotics"):
        assert f"'{word}'" in hub.search, word


def test_names_sort_as_people_expect(words: Any):
    for name in ("Zagreb", "Ålborg", "ærø", "Aarau", "école", "Echo"):
        add(name)
    names = [hub.name for hub in sorted(Hub.objects.all(), key=lambda hub: bytes(hub.sort_key))]
    assert names == ["Aarau", "ærø", "Ålborg", "Echo", "école", "Zagreb"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": "  "}, "needs a name"),
        ({"languages": ["xx"]}, "“xx”"),
        ({"country": "ZZ"}, "“ZZ”"),
        ({"hub_type": "castle"}, "“castle”"),
        ({"summary": "NUL \x00"}, "cannot be stored"),
        ({"day_rate_eur": -1}, "negative"),
    ],
)
def test_it_is_refused_with_what_is_wrong(words: Any, fields: dict[str, Any], reason: str):
    with pytest.raises(operations.CannotAddHub) as no:
        add(**{"name": "Hub", **fields})
    assert reason in no.value.reason
    assert not Hub.objects.exists()


def test_a_field_nobody_may_set_is_a_mistake_of_the_program(words: Any):
    with pytest.raises(TypeError, match="revision"):
        add("Hub", revision=7)


def test_only_stewards_add_and_remove(people: Cast):
    for actor in (VISITOR, acting(people.lucia), acting(people.assessor), acting(people.mayor)):
        with pytest.raises(operations.CannotAddHub):
            add("Another", by=actor)
        with pytest.raises(operations.CannotRemoveHub):
            operations.remove_hub(people.silent, by=actor, at=NOW)
    assert add("Another", by=acting(people.steward)).pk


def test_every_change_gets_a_higher_revision_and_a_line_in_the_log(words: Any):
    first, second = add("First"), add("Second")
    assert second.revision > first.revision
    assert DirectoryState.objects.get().revision == second.revision
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == ["hub.added", "hub.added"]


def test_one_with_clients_stays_when_it_is_to_be_removed(people: Cast):
    make_client(people.silent)
    with pytest.raises(operations.CannotRemoveHub, match="off the list"):
        operations.remove_hub(people.silent, by=acting(people.steward), at=NOW)
    operations.remove_hub(people.aarhus, by=acting(people.steward), at=NOW)
    assert set(Hub.objects.values_list("name", flat=True)) == {"Ebro Data Hub", "Isar Edge Lab", "Silent Bay Hub"}
