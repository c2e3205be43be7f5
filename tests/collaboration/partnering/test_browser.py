"""When a person clicks: the pages answer in place with scripts, and by going on without them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from cast import Cast, make_cast
from collaboration.partnering.casework import acting, allow, invite
from django.test import Client as Browser
from factories import NOW, make_concept, make_hub, make_member, make_request
from playwright.sync_api import Page, expect

from hansa.collaboration.models import Invitation, Request, Want
from hansa.collaboration.partnering import operations
from hansa.hubs.models import Competence, Facility, User
from hansa.hubs.taxonomy import queries as taxonomy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Page]
LABELS = ("Predictive maintenance", "Sensor retrofit", "Edge deployment", "OT security", "Data governance")
PHONE = (390, 844)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def case(cast: Cast) -> Request:
    """Isar proves three of five wants, Aarhus one, Ebro one; a Greek hub with a long name claims one."""
    text = "We need sensor retrofit on our lines, then predictive maintenance and edge deployment."
    request = make_request(
        cast.ebro, cast.elsewhere, contact=cast.mayor, text=text, language="en", turn_hub_ids=[cast.ebro.pk]
    )
    greek = make_hub("Κόμβος Ψηφιακής Καινοτομίας Δυτικής Μακεδονίας και Θεσσαλονίκης", country="EL")
    owners = [cast.isar, cast.isar, cast.isar, cast.aarhus, cast.ebro]
    for number, label in enumerate(LABELS):
        skill = make_concept("skill", f"s{number}", label)
        words = label.lower() if label.lower() in text else ""
        Want.objects.create(request=request, concept=skill, position=number, confidence=0.9, words=words)
        Competence.objects.create(hub=owners[number], skill=skill, evidence="Three projects.")
        if number == 0:
            Competence.objects.create(hub=greek, skill=skill)
    allow(request, cast.mayor)
    return request


def cookies(user: User) -> dict[str, str]:
    browser = Browser()
    browser.force_login(user)
    return {"sessionid": browser.cookies["sessionid"].value}


def picked(case: Request) -> set[str]:
    return set(case.picks.values_list("hub__name", flat=True))


@pytest.mark.parametrize("scripts", [True, False])
def test_wants_are_kept_weighed_and_removed(open_page: OpenPage, case: Request, cast: Cast, scripts: bool) -> None:
    page = open_page(f"/requests/{case.ref}/", cookies=cookies(cast.lucia), scripts=scripts)
    expect(page.locator("mark")).to_have_count(3)
    page.get_by_role("button", name="Keep OT security").click()
    expect(page.get_by_role("button", name="Keep OT security")).to_have_count(0)
    page.get_by_role("button", name="Must have OT security").click()
    expect(page.get_by_role("button", name="Nice to have OT security")).to_be_visible()
    page.get_by_role("button", name="Remove Data governance").click()
    page.get_by_text("1 removed").click()
    page.get_by_role("button", name="Bring back Data governance").click()
    expect(page.get_by_role("button", name="Remove Data governance")).to_be_visible()
    want = Want.objects.get(concept__notation="s3")
    assert (want.state, want.must_have) == ("accepted", False)


def test_words_of_a_want_that_is_removed_are_marked_no_more(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/", cookies=cookies(cast.lucia))
    page.get_by_role("button", name="Remove Sensor retrofit").click()
    expect(page.locator("mark")).to_have_text(["predictive maintenance", "edge deployment"])
    expect(page.get_by_role("heading", name="In the client's words")).to_have_count(1)
    page.get_by_text("1 removed").click()
    page.get_by_role("button", name="Bring back Sensor retrofit").click()
    expect(page.locator("mark")).to_have_count(3)


def test_a_box_tries_a_hub_in_the_team_at_once(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/shortlist/", cookies=cookies(cast.lucia))
    page.get_by_label("Isar Edge Lab").first.check()
    expect(page.get_by_role("heading", name="Your team")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("2 hubs cover 4 of 5 needs")
    expect(page.get_by_label("Isar Edge Lab").first).to_be_focused()
    assert picked(case) == {"Isar Edge Lab"}
    page.get_by_label("Isar Edge Lab").first.uncheck()
    expect(page.locator("#live")).to_contain_text("Nobody is in the team")
    assert picked(case) == set()


def press_at_once(page: Page, *names: str) -> None:
    """Press buttons or boxes in one go, before any answer can have arrived."""
    page.evaluate(
        """names => names.map(name => [...document.querySelectorAll("main :is(button, input[type=checkbox])")].find(
            one => (one.labels?.[0] ?? one).textContent.replace(/\\s+/g, " ").trim() === name)).forEach(one => one.click())""",
        list(names),
    )


def test_nothing_is_lost_that_is_pressed_before_the_answer(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/", cookies=cookies(cast.lucia))
    press_at_once(page, "Keep OT security", "Remove Data governance", "Keep Sensor retrofit", "Keep Sensor retrofit")
    expect(page.get_by_text("1 removed")).to_be_visible()
    expect(page.get_by_role("button", name="Keep Sensor retrofit")).to_have_count(0)
    expect(page.get_by_role("button", name="Keep OT security")).to_have_count(0)
    page.goto(page.url + "shortlist/")
    page.get_by_label("Isar Edge Lab").first.evaluate("box => box.click()")
    press_at_once(page, "Add Aarhus Food Robotics")
    expect(page.locator("#team")).to_contain_text("Into the team: Aarhus Food Robotics")
    assert picked(case) == {"Isar Edge Lab", "Aarhus Food Robotics"}


def test_without_scripts_a_button_updates_the_team(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/shortlist/", cookies=cookies(cast.lucia), scripts=False)
    page.get_by_label("Isar Edge Lab").first.check()
    page.get_by_role("button", name="Update team").click()
    expect(page.get_by_role("heading", name="Your team")).to_be_visible()
    assert picked(case) == {"Isar Edge Lab"}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_of_the_team_is_undone(open_page: OpenPage, case: Request, cast: Cast, scripts: bool) -> None:
    page = open_page(f"/requests/{case.ref}/shortlist/", cookies=cookies(cast.lucia), scripts=scripts)
    for hub in ("Isar Edge Lab", "Aarhus Food Robotics"):
        page.get_by_role("button", name=f"Add {hub}").click()
        expect(page.locator("#team")).to_contain_text(f"Into the team: {hub}")
    page.locator("#team").get_by_role("button", name="Undo").click()
    expect(page.locator("#team")).to_contain_text("Out of the team: Aarhus Food Robotics")
    assert picked(case) == {"Isar Edge Lab"}


def test_the_toast_undoes_the_last_change_and_no_other(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/shortlist/", cookies=cookies(cast.lucia))
    toasts = page.locator(".toast")
    for hub in ("Isar Edge Lab", "Aarhus Food Robotics"):
        page.get_by_role("button", name=f"Add {hub}").click()
        expect(toasts).to_have_text([re.compile(f"Into the team: {hub}")])
    toasts.get_by_role("button", name="Undo").click()
    expect(toasts).to_have_text([re.compile("Out of the team: Aarhus Food Robotics")])
    expect(page.locator("#undo")).to_be_focused()
    assert picked(case) == {"Isar Edge Lab"}


def test_on_a_phone_the_tab_of_the_page_is_in_sight(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/history/", cookies=cookies(cast.lucia), size=PHONE)
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_proposed_team_a_further_hub_and_one_that_is_no_fit(
    open_page: OpenPage, case: Request, cast: Cast, scripts: bool
) -> None:
    page = open_page(f"/requests/{case.ref}/shortlist/", cookies=cookies(cast.lucia), scripts=scripts)
    page.get_by_role("button", name="Use the proposed team").click()
    expect(page.get_by_text("This is the best team, proven")).to_be_visible()
    assert picked(case) == {"Isar Edge Lab", "Aarhus Food Robotics"}
    page.get_by_role("button", name="In team Aarhus Food Robotics").click()
    expect(page.get_by_role("button", name="Add Aarhus Food Robotics")).to_be_visible()
    assert picked(case) == {"Isar Edge Lab"}
    page.get_by_role("button", name="Not a fit Aarhus Food Robotics").click()
    expect(page.get_by_role("button", name="Add Aarhus Food Robotics")).to_have_count(0)
    assert Request.objects.get(pk=case.pk).limits == {"excluded": [cast.aarhus.pk]}
    assert picked(case) == {"Isar Edge Lab"}


def test_a_mark_opens_its_evidence(open_page: OpenPage, case: Request, cast: Cast) -> None:
    page = open_page(f"/requests/{case.ref}/shortlist/", cookies=cookies(cast.lucia), scripts=False)
    page.get_by_role("button", name="Isar Edge Lab, Sensor retrofit: yes, with evidence").click()
    expect(page.get_by_text("Three projects.").locator("visible=true")).to_be_visible()


def test_a_competence_is_found_while_typing(open_page: OpenPage, case: Request, cast: Cast) -> None:
    from django.contrib.postgres.search import SearchVector
    from django.db.models import Value

    from hansa.hubs.models import Concept

    twins = make_concept("technology", "twins", "Digital twins")
    Concept.objects.filter(pk=twins.pk).update(search=SearchVector(Value("digital twins"), config="simple"))
    page = open_page(f"/requests/{case.ref}/wants/", cookies=cookies(cast.lucia))
    page.get_by_label("Words").press_sequentially("twi", delay=20)
    page.get_by_role("button", name="Add Digital twins").click()
    expect(page.get_by_text("Digital twins").first).to_be_visible()
    assert case.wants.filter(concept=twins).exists()


def test_a_partner_says_yes_in_two_clicks(open_page: OpenPage, case: Request, cast: Cast) -> None:
    (invitation,) = invite(case, cast.lucia, cast.isar)
    page = open_page("/invitations/", cookies=cookies(cast.jonas))
    page.get_by_role("link", name="Our lines stop twice a month").click()
    page.get_by_role("button", name="Interested").click()
    expect(page.get_by_text("Your hub said yes.").first).to_be_visible()
    assert Invitation.objects.get(pk=invitation.pk).state == "accepted"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_need_is_told_in_three_questions(open_page: OpenPage, cast: Cast, scripts: bool) -> None:
    make_concept("country", "ES", "Spain")
    taxonomy.forget()
    page = open_page("/need/", scripts=scripts)
    page.get_by_label("In your own words").fill("Our oven stops.\nTwice a month.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("By when?").fill("May")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your organisation").fill("Bakery Nord")
    page.get_by_label("Country").select_option("ES")
    page.get_by_label("Your name").fill("Nora Nord")
    page.get_by_label("Your e-mail address").fill("nora@oven.example")
    page.get_by_label("My hub may show this need").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Change the problem").click()
    expect(page.get_by_label("In your own words")).to_have_value("Our oven stops.\nTwice a month.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send to your hub").click()
    expect(page.get_by_role("heading", name="Your need has arrived")).to_be_visible()
    assert Request.objects.get(client__name="Bakery Nord").text == "Our oven stops.\nTwice a month."


LOOKS = [("light", (1440, 900)), ("dark", (1440, 900)), ("light", PHONE)]


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_every_page_is_accessible_and_fits(
    open_page: OpenPage, case: Request, cast: Cast, theme: str, size: tuple[int, int]
) -> None:
    operations.pick_team(case, add=[cast.isar.pk, cast.aarhus.pk], by=acting(cast.lucia), at=NOW)
    (invitation,) = invite(case, cast.lucia, cast.isar)
    operations.ask(invitation, text="Which lines?", by=acting(cast.jonas), at=NOW)
    make_member(make_hub("Second Hub"), "staff")
    Facility.objects.create(hub=cast.isar, name="Retrofit bench", description="For sensor retrofit on old lines.")
    own, base = cookies(cast.lucia), f"/requests/{case.ref}/"
    pages: list[tuple[str, dict[str, str]]] = [
        *(
            (f"{base}{part}", own)
            for part in [
                "",
                "shortlist/",
                "shortlist/facilities-and-past-work/",
                "shortlist/limits/",
                "invite/",
                "sharing/",
                "history/",
            ]
        ),
        *(
            (path, own)
            for path in [f"{base}wants/?q=x", "/requests/", "/requests/new/", f"/invitations/{invitation.ref}/"]
        ),
        *((path, cookies(cast.jonas)) for path in ["/invitations/", f"/invitations/{invitation.ref}/"]),
        *((path, cookies(cast.mayor)) for path in [base, f"{base}sharing/", "/requests/"]),
        ("/network/cases/", cookies(cast.steward)),
        ("/need/", {}),
    ]
    for path, jar in pages:
        page = open_page(path, theme=theme, size=size, cookies=jar)
        _look(page, path, size)
        page.context.close()


def test_pages_read_from_right_to_left(open_page: OpenPage, case: Request, cast: Cast, pseudo_locale: str) -> None:
    for path in [f"/{pseudo_locale}/requests/{case.ref}/{part}" for part in ("", "shortlist/", "invite/")]:
        page = open_page(path, cookies=cookies(cast.lucia))
        assert page.locator("html").get_attribute("dir") == "rtl"
        _look(page, path, (1440, 900))
        page.context.close()


def _look(page: Page, path: str, size: tuple[int, int]) -> None:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    assert [(path, violation["id"], violation["nodes"][0]["html"][:120]) for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
