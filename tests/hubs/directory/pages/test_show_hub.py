"""Looking at one hub."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_concept, make_hub
from shelf import Shelf, text_of

from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.models import Hub, Suggestion
from hansa.hubs.taxonomy import queries as taxonomy
from tests.hubs.directory.conftest import Words

pytestmark = pytest.mark.django_db


def address(hub: Hub) -> str:
    return f"/hubs/{hub.slug}/"


def test_shows_what_the_hub_says_with_its_evidence(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-01, BP-TOOL-01."""
    words = text_of(browse().get(address(shelf.people.isar)))
    for part in ("Isar Edge Lab", "München, Germany", "Test before invest", "Technology concept", "22 pilots",
                 "TRL 4 to 6", "predictive maintenance", "Expert", "In-house", "Robotics", "Food and beverages",
                 "700 EUR", "Jonas Weber", "Self-declared"):  # fmt: skip
        assert part in words, part


def test_shows_facilities_and_past_work(shelf: Shelf, browse: Callable, words: object) -> None:
    """Source: BP-DIR-01, BP-TOOL-01, BP-OM-02."""
    isar = shelf.people.isar
    make_concept("infrastructure", "laboratory", "Laboratories")
    taxonomy.forget()
    bench = operations.FacilityDraft(name="Vibration bench", infrastructure="laboratory", access_note="By the day")
    operations.set_facilities(isar, facilities=[bench], by=SYSTEM, at=NOW)
    case = operations.UseCaseDraft(
        title="Dairy in Kempten", summary="Two failures seen early.", sector="food", year=2025
    )
    operations.set_use_cases(isar, use_cases=[case], by=SYSTEM, at=NOW)
    shown = text_of(browse().get(address(isar)))
    assert "Facilities Vibration bench Laboratories By the day" in shown
    assert "Past work Dairy in Kempten Two failures seen early. Food and beverages, 2025" in shown


def test_says_in_which_language_on_which_level_and_at_what_price(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-SVC-05."""
    operations.add_offer(
        shelf.people.silent, activity_code="TBI-2.2", by=SYSTEM, at=NOW, trl_from=3, trl_to=5, languages=["en"],
        price_note="From 4 000 EUR", capacity_note="Two pilots a year",
    )  # fmt: skip
    shown = text_of(browse().get(address(shelf.people.silent)))
    assert "Technology concept TRL 3 to 5 · English · From 4 000 EUR · Two pilots a year" in shown


def test_says_how_well_a_competence_is_held_and_what_shows_it(shelf: Shelf, browse: Callable, words: Words) -> None:
    """Source: BP-CMP-01, BP-CMP-02, BP-CMP-04."""
    own = operations.CompetenceDraft(skill_id=words.maintenance.pk, level=3, evidence="Four projects")
    reached = operations.CompetenceDraft(skill_id=words.vision.pk, level=1, reach="network")
    operations.set_competences(shelf.people.isar, competences=[own, reached], by=SYSTEM, at=NOW)
    shown = text_of(browse().get(address(shelf.people.isar)))
    assert "predictive maintenance Evidence: Four projects Expert In-house" in shown
    assert "computer vision Basic Through its network" in shown


def test_names_the_languages_a_hub_works_in(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-08."""
    assert "Languages German, English" in text_of(browse().get(address(shelf.people.isar)))


def test_says_whether_somebody_checked_the_hub(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-06."""
    assert "Track record Assessed Nov 2026" in text_of(browse().get(address(shelf.people.aarhus)))
    assert "Track record Self-declared" in text_of(browse().get(address(shelf.people.isar)))


def test_keeps_what_was_read_apart_with_its_sentence(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-05, BP-DIR-06."""
    words = text_of(browse().get(address(shelf.people.aarhus)))
    assert "Read by Hansa, not confirmed" in words
    assert "We build prototypes." in words
    assert "The hub has not said yet which services it offers." in words
    assert "Read by Hansa" not in text_of(browse().get(address(shelf.people.isar)))


def test_shows_mail_addresses_to_signed_in_people_only(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-04."""
    path = address(shelf.people.isar)
    for _twice in range(2):
        assert "jonas@isar.example" not in browse().get(path).content.decode()
        assert "jonas@isar.example" in browse(shelf.people.mayor).get(path).content.decode()
    assert "jonas@isar.example" not in browse().get(f"/hubs/{shelf.people.isar.slug}.json").content.decode()


def test_says_what_it_does_for_the_readers_hub(shelf: Shelf, browse: Callable) -> None:
    words = text_of(browse(shelf.people.lucia).get(address(shelf.people.isar)))
    assert "For your hub Covers 1 of the 1 activity you do not have" in words
    words = text_of(browse(shelf.people.lucia).get(address(shelf.people.aarhus)))
    assert "Perhaps, read in its text and not confirmed: Technology concept" in words
    assert "For your hub" not in text_of(browse().get(address(shelf.people.isar)))


def test_offers_to_edit_the_own_hub(shelf: Shelf, browse: Callable) -> None:
    path = address(shelf.people.ebro)
    assert "Edit profile" in text_of(browse(shelf.people.lucia).get(path))
    assert "Edit profile" not in text_of(browse(shelf.people.jonas).get(path))


def test_names_the_source_of_an_imported_hub(browse: Callable, words: object) -> None:
    """Source: BP-DIR-06."""
    hub = make_hub("Found Lab", trust="imported", source="Old catalogue", source_ref="1")
    page = text_of(browse().get(address(hub)))
    assert "From the “Old catalogue” catalogue, not claimed by the hub yet." in page
    assert "Imported, not claimed yet" in page


@pytest.mark.parametrize("slug", ["nobody", "a" * 300, "isar'--", "πόλη", "%00", "..", "compare2", "1"])
def test_has_no_page_for_unknown_addresses(shelf: Shelf, browse: Callable, slug: str) -> None:
    assert browse().get(f"/hubs/{slug}/").status_code in {400, 404}
    assert browse().get(f"/hubs/{slug}.json").status_code in {400, 404}


def test_has_no_page_for_a_hub_taken_off_the_list(shelf: Shelf, browse: Callable) -> None:
    operations.update_profile(shelf.people.isar, is_listed=False, by=SYSTEM, at=NOW)
    for path in (address(shelf.people.isar), f"/hubs/{shelf.people.isar.slug}.json"):
        assert browse().get(path).status_code == 404


def test_escapes_everything_and_links_to_web_addresses_only(browse: Callable, words: object) -> None:
    hub = operations.create_hub(
        name="<b>Bold</b>", summary="<i>s</i>", description="<script>x</script>\n\nTwo", by=SYSTEM, at=NOW
    )
    Hub.objects.filter(pk=hub.pk).update(website="javascript:alert(1)")
    use_case = operations.UseCaseDraft(title="<u>Case</u>", link="javascript:alert(2)")
    operations.set_use_cases(hub, use_cases=[use_case], by=SYSTEM, at=NOW)
    html = browse().get(address(hub)).content.decode()
    for raw in ("<b>Bold", "<i>s", "<script>x", "<u>Case", "javascript:"):
        assert raw not in html, raw
    assert "&lt;script&gt;x" in html


def test_shows_a_change_at_once_to_everybody(shelf: Shelf, browse: Callable) -> None:
    path = address(shelf.people.aarhus)
    browsers = [browse(), browse(shelf.people.lucia)]
    for browser in browsers:
        browser.get(path)
    operations.confirm_suggestion(Suggestion.objects.get(pk=shelf.robots.pk), by=SYSTEM, at=NOW)
    for browser in browsers:
        assert "not confirmed" not in text_of(browser.get(path))
    operations.set_facilities(
        shelf.people.aarhus, facilities=[operations.FacilityDraft(name="Robot hall")], by=SYSTEM, at=NOW
    )
    for browser in browsers:
        assert "Robot hall" in text_of(browser.get(path))


def test_is_handed_out_as_data(shelf: Shelf, browse: Callable) -> None:
    data = browse().get(f"/hubs/{shelf.people.isar.slug}.json").json()
    assert data["name"] == "Isar Edge Lab"
    assert data["day_rate_eur"] == 700.0
    assert data["services"][0]["evidence"] == "22 pilots"
    assert data["services"][0]["activity"] == {"uri": "urn:test:activity:TBI-2.2", "label": "Technology concept"}
    read = browse().get(f"/hubs/{shelf.people.aarhus.slug}.json").json()
    assert read["services"] == []
    assert [one["sentence"] for one in read["derived_from_text_not_confirmed"]] == ["We build prototypes."]


def test_needs_few_statements_for_any_number_of_parts(shelf: Shelf, browse: Callable) -> None:
    isar = shelf.people.isar

    def statements() -> int:
        browser = browse(shelf.people.lucia)
        browser.get("/hubs/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(address(isar))
        return len(seen)

    few = statements()
    cases = [operations.UseCaseDraft(title=f"Case {n}") for n in range(30)]
    operations.set_use_cases(isar, use_cases=cases, by=SYSTEM, at=NOW)
    for _number in range(30):
        operations.add_offer(isar, activity_code="TBI-2.2", by=SYSTEM, at=NOW)
    assert few == statements() <= 8


def test_gives_a_hub_an_address_no_page_has(browse: Callable, words: object) -> None:
    hub = operations.create_hub(name="Compare", by=SYSTEM, at=NOW)
    assert "Compare" in text_of(browse().get(address(hub)))
    assert hub.slug != "compare"
