"""Keeping the own profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_concept
from shelf import Shelf, text_of

from hansa.foundation.activity import Activity
from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.models import Competence, ContactPerson, Facility, Hub, ServiceOffer, Suggestion, UseCase
from hansa.hubs.taxonomy import queries as taxonomy

pytestmark = pytest.mark.django_db

PAGES = ["", "basics/", "suggestions/", "services/", "services/add/", "competences/", "facilities/", "facilities/add/",
         "use-cases/", "use-cases/add/", "contacts/", "contacts/add/"]  # fmt: skip


def basics(hub: Hub, **changed: Any) -> dict[str, Any]:
    hub.refresh_from_db()
    fields = {"name": hub.name, "summary": hub.summary, "description": hub.description, "hub_type": hub.hub_type,
              "country": hub.country, "city": hub.city, "languages": hub.languages}  # fmt: skip
    return fields | changed


@pytest.mark.parametrize("page", PAGES)
def test_is_there_for_people_of_a_hub_alone(shelf: Shelf, browse: Callable, page: str) -> None:
    people = shelf.people
    for user in (people.lucia, people.pau):
        assert browse(user).get(f"/profile/{page}").status_code == 200
    for user in (people.mayor, people.steward, people.observer):
        assert browse(user).get(f"/profile/{page}").status_code == 404
    assert browse().get(f"/profile/{page}").status_code == 302


def test_lists_the_parts_with_their_state(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-SVC-04."""
    words = text_of(browse(shelf.people.jonas).get("/profile/"))
    assert "Missing: free days In progress" in words
    assert "1 service Done" in words
    assert "1 competence, 1 without evidence In progress" in words
    assert "Facilities Optional Not started" in words
    assert "1 person Done" in words
    assert "1 suggestion to look at" in text_of(browse(shelf.people.mette).get("/profile/"))


def test_tells_staff_why_they_cannot_change_it(shelf: Shelf, browse: Callable) -> None:
    browser = browse(shelf.people.pau)
    for page in ("", "services/", "competences/", "suggestions/"):
        assert "Only a manager of your hub can change its profile." in text_of(browser.get(f"/profile/{page}"))
    answer = browser.post("/profile/basics/", basics(shelf.people.ebro, name="Other"))
    assert answer.status_code == 422
    assert "Only a manager of your hub can change its profile." in text_of(answer)
    assert 'value="Other"' in answer.content.decode()
    assert Hub.objects.get(pk=shelf.people.ebro.pk).name == "Ebro Data Hub"


def acts(shelf: Shelf, hub: Hub) -> list[tuple[str, dict[str, Any]]]:
    """Return every act on the profile of ``hub``, as path and fields."""
    offer, competence = ServiceOffer.objects.filter(hub=hub).first(), Competence.objects.filter(hub=hub).first()
    suggestion = Suggestion.objects.filter(hub=hub).first()
    found: list[tuple[str, dict[str, Any]]] = []
    if offer:
        found += [(f"services/{offer.pk}/", {"activity_code": "TBI-2.2"}), (f"services/{offer.pk}/remove/", {})]
    if competence:
        found += [(f"competences/{competence.pk}/", {"level": 1, "reach": "network"}), (f"competences/{competence.pk}/remove/", {})]  # fmt: skip
    if suggestion:
        found += [(f"suggestions/{suggestion.pk}/{act}/", {}) for act in ("confirm", "dismiss", "reopen")]
    return found


def test_lets_nobody_touch_another_hubs_parts(shelf: Shelf, browse: Callable) -> None:
    people = shelf.people
    paths = [*acts(shelf, people.isar), *acts(shelf, people.aarhus)]
    assert len(paths) == 7
    for path, fields in paths:
        answer = browse(people.stranger).post(f"/profile/{path}", fields)
        assert answer.status_code == 404, path
    assert Suggestion.objects.get().state == "open"
    assert ServiceOffer.objects.filter(hub=people.isar).count() == 1
    assert Competence.objects.filter(hub=people.isar).count() == 1


def test_refuses_every_act_of_staff(shelf: Shelf, browse: Callable, words: Any) -> None:
    ebro, browser = shelf.people.ebro, browse(shelf.people.pau)
    operations.set_competences(
        ebro, competences=[operations.CompetenceDraft(skill_id=words.vision.pk)], by=SYSTEM, at=NOW
    )
    Suggestion.objects.create(hub=ebro, concept=words.pilot, sentence="s", words="w", confidence=0.9)
    more = [("competences/add/", {"skill": words.maintenance.pk}), ("suggestions/confirm/", {"at_least": 50}),
            ("facilities/add/", {"name": "Lab"}), ("services/add/", {"activity_code": "TBI-2.2"})]  # fmt: skip
    for path, fields in [*acts(shelf, ebro), *more]:
        assert browser.post(f"/profile/{path}", fields).status_code == 422, path
    assert Competence.objects.get(hub=ebro).skill_id == words.vision.pk
    assert not Facility.objects.exists()


def test_saves_the_basics_and_records_it(shelf: Shelf, browse: Callable) -> None:
    ebro = shelf.people.ebro
    given = basics(
        ebro, name="Ebro Data and AI", other_names="EDH\n\n Ebro ", region="es243", latitude="41.6", longitude="-0.9",
        website="ebro.example", technologies=["robotics"], day_rate_eur="520.50", free_days_per_month="12",
    )  # fmt: skip
    answer = browse(shelf.people.lucia).post("/profile/basics/", given)
    assert (answer.status_code, answer.url) == (303, "/profile/")
    ebro.refresh_from_db()
    assert (ebro.name, ebro.other_names, ebro.region) == ("Ebro Data and AI", ["EDH", "Ebro"], "ES243")
    assert (ebro.website, ebro.technologies, float(ebro.day_rate_eur)) == ("https://ebro.example", ["robotics"], 520.5)
    assert Activity.objects.filter(verb="hub.changed", acting_hub_id=ebro.pk).count() == 1
    assert "Ebro Data and AI" in text_of(browse().get("/hubs/"))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 301, "at most 300"),
        ("latitude", "91", "less than or equal to 90"),
        ("latitude", "50", "Give both latitude and longitude, or neither."),
        ("website", "javascript:alert(1)", "valid URL"),
        ("region", "12", "A NUTS code is two letters"),
        ("country", "XX", "valid choice"),
        ("technologies", ["flying"], "valid choice"),
        ("day_rate_eur", "-1", "greater than or equal to 0"),
        ("day_rate_eur", "1e9", "digits"),
        ("description", "x" * 30_001, "at most 30000"),
        ("other_names", "y" * 400, "A name has at most 300 characters."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(
    shelf: Shelf, browse: Callable, field: str, value: Any, message: str
) -> None:
    given = basics(shelf.people.ebro, summary="A new summary") | {field: value}
    answer = browse(shelf.people.lucia).post("/profile/basics/", given)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert "A new summary" in answer.content.decode()
    assert Hub.objects.get(pk=shelf.people.ebro.pk).summary == ""


def test_adds_changes_and_removes_a_service(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-SVC-04."""
    browser, ebro = browse(shelf.people.lucia), shelf.people.ebro
    given = {"activity_code": "TBI-2.2", "title": "Pilots", "trl_from": "", "trl_to": "", "languages": ["es"]}
    assert browser.post("/profile/services/add/", given).status_code == 303
    offer = ServiceOffer.objects.get(hub=ebro, title="Pilots")
    assert offer.languages == ["es"]
    assert 'value="Pilots"' in browser.get(f"/profile/services/{offer.pk}/").content.decode()
    assert browser.post(f"/profile/services/{offer.pk}/", given | {"title": "More pilots"}).status_code == 303
    offer.refresh_from_db()
    assert offer.title == "More pilots"
    for _twice in range(2):
        assert browser.post(f"/profile/services/{offer.pk}/remove/").status_code == 303
    assert not ServiceOffer.objects.filter(pk=offer.pk).exists()


def test_refuses_readiness_levels_the_wrong_way_round(shelf: Shelf, browse: Callable) -> None:
    for level in range(1, 10):
        make_concept("trl", str(level), f"Level {level}")
    taxonomy.forget()
    given = {"activity_code": "TBI-2.2", "trl_from": "7", "trl_to": "3"}
    answer = browse(shelf.people.lucia).post("/profile/services/add/", given)
    assert answer.status_code == 422
    assert "The last level comes before the first." in text_of(answer)


@pytest.mark.parametrize(
    ("section", "model", "fields", "changed"),
    [
        ("facilities", Facility, {"name": "Robot hall", "access_note": "By the day"}, {"name": "Robot halls"}),
        ("use-cases", UseCase, {"title": "A week's warning", "year": "2025"}, {"title": "Two weeks' warning"}),
        ("contacts", ContactPerson, {"name": "Zofia Żak", "email": "z@x.example"}, {"name": "Zofia Nowak"}),
    ],
)
def test_adds_changes_and_removes_other_parts(
    shelf: Shelf, browse: Callable, section: str, model: Any, fields: dict[str, str], changed: dict[str, str]
) -> None:
    browser = browse(shelf.people.lucia)
    rows = model.objects.filter(hub=shelf.people.ebro)
    assert browser.post(f"/profile/{section}/add/", fields).status_code == 303
    part = rows.get()
    assert next(iter(fields.values())) in text_of(browser.get(f"/profile/{section}/"))
    assert browser.get(f"/profile/{section}/{part.pk}/").status_code == 200
    assert browser.post(f"/profile/{section}/{part.pk}/", fields | changed).status_code == 303
    assert rows.get().pk == part.pk
    assert next(iter(changed.values())) in text_of(browser.get(f"/profile/{section}/"))
    assert browser.post(f"/profile/{section}/add/", {}).status_code == 422
    for _twice in range(2):
        assert browser.post(f"/profile/{section}/{part.pk}/remove/").status_code == 303
    assert not rows.exists()
    assert browser.get(f"/profile/{section}/{part.pk}/").status_code == 404


def test_finds_competences_and_adds_one_by_one(shelf: Shelf, browse: Callable, words: Any) -> None:
    """Source: BP-CMP-01, BP-CMP-02, BP-CMP-04."""
    words.vision.labels = {"en": "computer vision", "de": "maschinelles Sehen"}
    words.vision.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hubs_concept SET search = to_tsvector('simple', labels->>'en' || ' ' || coalesce(labels->>'de', ''))")  # fmt: skip
    browser = browse(shelf.people.lucia)
    assert "computer vision" in text_of(browser.get("/profile/competences/?q=masch"))
    assert "0 competences found" in text_of(browser.get("/profile/competences/?q=zzzz"))
    answer = browser.post("/profile/competences/add/", {"skill": words.vision.pk})
    part = Competence.objects.get(hub=shelf.people.ebro)
    assert answer.url == f"/profile/competences/{part.pk}/"
    assert "On your profile" in text_of(browser.get("/profile/competences/?q=computer"))
    given = {"level": "3", "reach": "network", "evidence": "Four projects"}
    assert browser.post(answer.url, given).status_code == 303
    part.refresh_from_db()
    assert (part.level, part.reach, part.evidence) == (3, "network", "Four projects")
    # Adding it again neither doubles nor fails.
    assert browser.post("/profile/competences/add/", {"skill": words.vision.pk}).status_code == 303
    assert browser.post(f"/profile/competences/{part.pk}/remove/").status_code == 303
    assert not Competence.objects.filter(hub=shelf.people.ebro).exists()


@pytest.mark.parametrize("skill", ["", "abc", "0", "999999999", "9" * 30, "-1"])
def test_refuses_competences_that_do_not_exist(shelf: Shelf, browse: Callable, skill: str) -> None:
    answer = browse(shelf.people.lucia).post("/profile/competences/add/", {"skill": skill})
    assert answer.status_code == 422
    assert "This competence does not exist." in text_of(answer)


def test_refuses_an_activity_as_competence(shelf: Shelf, browse: Callable, words: Any) -> None:
    assert browse(shelf.people.lucia).post("/profile/competences/add/", {"skill": words.pilot.pk}).status_code == 422


def test_confirms_or_dismisses_one_by_one(shelf: Shelf, browse: Callable, words: Any) -> None:
    aarhus, browser = shelf.people.aarhus, browse(shelf.people.mette)
    other = Suggestion.objects.create(hub=aarhus, concept=words.vision, sentence="Cameras.", words="c", confidence=0.6)
    page = text_of(browser.get("/profile/suggestions/"))
    assert "Technology concept 92% sure We build prototypes." in page
    assert browser.post(f"/profile/suggestions/{shelf.robots.pk}/confirm/").status_code == 303
    assert ServiceOffer.objects.get(hub=aarhus).activity_id == words.pilot.pk
    assert browser.post(f"/profile/suggestions/{other.pk}/dismiss/").status_code == 303
    assert "1 dismissed" in text_of(browser.get("/profile/suggestions/"))
    answer = browser.post(f"/profile/suggestions/{other.pk}/confirm/")
    assert answer.status_code == 422
    assert "This suggestion was dismissed meanwhile." in text_of(answer)
    assert browser.post(f"/profile/suggestions/{other.pk}/reopen/").status_code == 303
    assert browser.post(f"/profile/suggestions/{other.pk}/eat/").status_code == 404
    assert browser.post("/profile/suggestions/999999/confirm/").status_code == 404


def test_answers_a_fragment_with_what_is_left(shelf: Shelf, browse: Callable) -> None:
    headers = {"HX-Request": "true", "HX-Target": "suggestions"}
    path = f"/profile/suggestions/{shelf.robots.pk}/confirm/"
    answer = browse(shelf.people.mette).post(path, headers=headers)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.lstrip().startswith('<div id="suggestions"')
    assert "0 suggestions left" in html


def test_confirms_all_above_a_confidence(shelf: Shelf, browse: Callable, words: Any) -> None:
    aarhus, browser = shelf.people.aarhus, browse(shelf.people.mette)
    Suggestion.objects.create(hub=aarhus, concept=words.vision, sentence="Cameras.", words="c", confidence=0.6)
    answer = browser.post("/profile/suggestions/confirm/", {"at_least": "90"}, follow=True)
    assert "1 suggestion was confirmed." in text_of(answer)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"confirmed", "open"}
    for nonsense in ({}, {"at_least": "1"}, {"at_least": "x"}):
        assert browser.post("/profile/suggestions/confirm/", nonsense).status_code == 422


def test_claims_an_imported_profile_with_the_first_change(shelf: Shelf, browse: Callable) -> None:
    ebro = shelf.people.ebro
    Hub.objects.filter(pk=ebro.pk).update(trust="imported")
    browse(shelf.people.lucia).post("/profile/facilities/add/", {"name": "Data platform"})
    ebro.refresh_from_db()
    assert ebro.trust == "declared"


def test_stops_before_a_list_grows_without_end(shelf: Shelf, browse: Callable) -> None:
    cases = [operations.UseCaseDraft(title=f"Case {n}") for n in range(200)]
    operations.set_use_cases(shelf.people.ebro, use_cases=cases, by=SYSTEM, at=NOW)
    answer = browse(shelf.people.lucia).post("/profile/use-cases/add/", {"title": "One more"})
    assert answer.status_code == 422
    assert "This list is full. Remove an entry first." in text_of(answer)


def test_needs_few_statements_for_any_number_of_parts(shelf: Shelf, browse: Callable) -> None:
    def statements(page: str) -> int:
        browser = browse(shelf.people.lucia)
        browser.get("/profile/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/profile/{page}")
        return len(seen)

    few = {page: statements(page) for page in PAGES}
    for _number in range(30):
        operations.add_offer(shelf.people.ebro, activity_code="TBI-2.2", by=SYSTEM, at=NOW)
    facilities = [operations.FacilityDraft(name=f"Hall {n}") for n in range(30)]
    operations.set_facilities(shelf.people.ebro, facilities=facilities, by=SYSTEM, at=NOW)
    assert {page: statements(page) for page in PAGES} == few
    assert max(few.values()) <= 8


def test_has_no_other_sections(shelf: Shelf, browse: Callable) -> None:
    browser = browse(shelf.people.lucia)
    for page in ("nothing/", "nothing/add/", "services/9999999999999999999999/", "facilities/1/", "competences/1/"):
        assert browser.get(f"/profile/{page}").status_code == 404, page
    assert browser.post("/profile/nothing/1/remove/").status_code == 404
    assert browser.get("/profile/services/1/remove/").status_code == 405
