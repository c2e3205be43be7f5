"""When a lead looks for facilities and past cases that fit its need. Source: BP-JD-09."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from django.test import Client as Browser
from factories import make_concept, make_hub

from hansa.collaboration.models import Request
from hansa.hubs.models import Competence, Concept, Facility, Hub, Relation, UseCase, User


@pytest.fixture
def lead(browse: Callable[[User], Browser], cast: Cast) -> Browser:
    return browse(cast.lucia)


def shown(browser: Browser, case: Request) -> list[dict[str, Any]]:
    answer = browser.get(f"/requests/{case.ref}/shortlist/facilities-and-past-work/")
    assert answer.status_code == 200
    return answer.context["fitting"].rows


@pytest.fixture
def isar(cast: Cast) -> Hub:
    """Isar knows vibration analysis, which the need asks for besides edge AI."""
    Hub.objects.filter(pk=cast.isar.pk).update(technologies=["vibration"])
    return cast.isar


def test_what_names_the_wanted_comes_first_then_what_its_hub_covers(case: Request, lead: Browser, isar: Hub) -> None:
    Facility.objects.create(hub=isar, name="Rig 7", description="Vibration analysis of bearings.")
    UseCase.objects.create(hub=isar, title="Quiet gearbox", summary="Noise found in two days.", year=2025)
    rig, gearbox = shown(lead, case)
    assert (rig["rank"], rig["name"], rig["note"].split(" · ")[:2]) == (1, "Rig 7", ["Facility", "Isar Edge Lab"])
    assert "Must-haves covered, 1 of 2: Vibration analysis." in rig["pros"]
    assert (gearbox["name"], gearbox["note"].split(" · ")[0]) == ("Quiet gearbox", "Past work (2025)")
    assert gearbox["pros"] == ["Its hub covers Vibration analysis."]
    assert (gearbox["text"], gearbox["cons"][0]) == (
        "Noise found in two days.",
        "Its own words name nothing that is asked for.",
    )
    assert [name for name, _points, _of in gearbox["scores"]] == ["Fit", "Trust"]


def test_what_is_near_in_the_vocabulary_is_told_with_its_distance(case: Request, lead: Browser, isar: Hub) -> None:
    broader = make_concept("skill", "acoustics", "Acoustics")
    Relation.objects.create(source=Concept.objects.get(notation="vibration"), target=broader, link="broader")
    UseCase.objects.create(hub=isar, title="Acoustics of a press")
    (row,) = shown(lead, case)
    assert row["pros"] == ["Has “Acoustics”, 1 step broader than “Vibration analysis”."]


def test_a_facility_counts_for_what_its_kind_serves(case: Request, lead: Browser, isar: Hub) -> None:
    bench = make_concept("infrastructure", "bench", "Sensor bench")
    Relation.objects.create(source=bench, target=Concept.objects.get(notation="vibration"), link="related")
    Facility.objects.create(hub=isar, name="Room 4", infrastructure=bench)
    (row,) = shown(lead, case)
    assert row["pros"] == ["Has “Sensor bench”, which is related to “Vibration analysis”."]


def test_only_hubs_that_come_near_are_looked_at(case: Request, lead: Browser, cast: Cast) -> None:
    Facility.objects.create(hub=cast.aarhus, name="Gripper hall")
    assert shown(lead, case) == []
    page = lead.get(f"/requests/{case.ref}/shortlist/facilities-and-past-work/").content.decode()
    assert "No facility or past work fits yet" in page


def test_of_very_many_those_of_the_nearest_hubs_are_looked_at(
    case: Request, lead: Browser, isar: Hub, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hansa.hubs.directory.queries.belongings.MOST_BELONGINGS", 2)
    Competence.objects.create(hub=cast.aarhus, skill=make_concept("skill", "noise", "Noise"))
    Relation.objects.create(
        source=Concept.objects.get(notation="noise"), target=Concept.objects.get(notation="vibration"), link="broader"
    )
    UseCase.objects.create(hub=cast.aarhus, title="Vibration analysis of a saw")
    Facility.objects.create(hub=isar, name="Room 1")
    Facility.objects.create(hub=isar, name="Room 2")
    assert {row["name"] for row in shown(lead, case)} == {"Room 1", "Room 2"}


def test_a_hub_that_left_the_directory_shows_nothing(case: Request, lead: Browser, isar: Hub) -> None:
    Facility.objects.create(hub=isar, name="Vibration analysis")
    Hub.objects.filter(pk=isar.pk).update(is_listed=False)
    assert shown(lead, case) == []


def test_a_need_that_asks_for_nothing_says_what_to_do(case: Request, lead: Browser) -> None:
    case.wants.update(state="rejected")
    page = lead.get(f"/requests/{case.ref}/shortlist/facilities-and-past-work/").content.decode()
    assert "Nothing to compare yet" in page


def test_the_shortlist_leads_there(case: Request, lead: Browser, isar: Hub) -> None:
    page = lead.get(f"/requests/{case.ref}/shortlist/").content.decode()
    assert f'href="/requests/{case.ref}/shortlist/facilities-and-past-work/"' in page


@pytest.mark.parametrize("who", ["jonas", "mayor"])
def test_nobody_but_the_lead_sees_it(case: Request, cast: Cast, browse: Callable[[User], Browser], who: str) -> None:
    answer = browse(getattr(cast, who)).get(f"/requests/{case.ref}/shortlist/facilities-and-past-work/")
    assert answer.status_code == 404


@pytest.mark.parametrize("n_hubs", [1, 30])
def test_it_asks_the_database_as_often_for_one_as_for_many(
    case: Request, lead: Browser, n_hubs: int, django_assert_max_num_queries: Any
) -> None:
    skill = Concept.objects.get(notation="edge-ai")
    for number in range(n_hubs):
        hub = make_hub(name=f"Hub {number}")
        Competence.objects.create(hub=hub, skill=skill)
        Facility.objects.create(hub=hub, name=f"Edge AI bench {number}")
        UseCase.objects.create(hub=hub, title=f"Case {number}", summary="Edge AI on a mill.")
    lead.get(f"/requests/{case.ref}/shortlist/")
    with django_assert_max_num_queries(8):
        assert len(shown(lead, case)) == min(12, 2 * n_hubs)
