"""When somebody fills in the public form: three pages, nothing lost, sent once. Source: BP-JD-02."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from accounts import path_in_mail
from cast import Cast
from django.test import Client as Browser
from factories import make_concept, make_hub, make_member
from jobs import run_jobs

from hansa.collaboration.models import ClientAuthorisation, Request
from hansa.hubs.models import Membership, Session, User
from hansa.hubs.taxonomy import queries as taxonomy

WHO = {
    "organisation": "Bakery Nord",
    "client_type": "sme",
    "country": "ES",
    "city": "Zaragoza",
    "name": "Nora Nord",
    "email": "nora@nord.example",
}


@pytest.fixture
def visitor(cast: Cast, browse: Callable[[User | None], Browser]) -> Browser:
    for code, label in [("ES", "Spain"), ("DE", "Germany"), ("MT", "Malta")]:
        make_concept("country", code, label)
    taxonomy.forget()
    return browse(None)


def fill_in(browser: Browser, *, text: str = "Our oven stops.", **changed: Any) -> Any:
    """Answer the three questions; return the answer to the last."""
    browser.post("/need/", {"text": text})
    browser.post("/need/result/", {"outcome": "It runs.", "timing": "May", "budget_eur": "14.000 €"})
    return browser.post("/need/who/", WHO | changed)


def send(browser: Browser) -> Any:
    page = browser.get("/need/check/")
    return browser.post("/need/check/", {"key": page.context["key"]})


def test_three_questions_lead_to_a_page_that_shows_all_answers(visitor: Browser) -> None:
    answer = fill_in(visitor)
    assert (answer.status_code, answer["Location"]) == (303, "/need/check/")
    page = visitor.get("/need/check/").content.decode()
    for given in ("Our oven stops.", "It runs.", "May", "14,000", "Bakery Nord", "Nora Nord", "Spain", "Ebro Data Hub"):
        assert given in page
    assert not Request.objects.exists()


def test_sending_makes_the_request_and_mails_a_link(visitor: Browser, mailoutbox: list[Any]) -> None:
    fill_in(visitor, may_share_need="on", may_share_name="on")
    answer = send(visitor)
    assert (answer.status_code, answer["Location"]) == (303, "/need/sent/")
    request = Request.objects.get()
    assert (request.text, request.outcome, request.timing, request.budget_eur) == (
        "Our oven stops.",
        "It runs.",
        "May",
        14000,
    )
    assert ClientAuthorisation.objects.get().level == "A3"
    page = visitor.get("/need/sent/").content.decode()
    assert "nora@nord.example" in page
    run_jobs("people.mail_link")
    # Tests that commit leave jobs behind, which may run here too.
    assert {tuple(mail.to) for mail in mailoutbox} == {("nora@nord.example",)}


def test_the_link_in_the_mail_leads_to_the_request(visitor: Browser, mailoutbox: list[Any]) -> None:
    fill_in(visitor)
    send(visitor)
    run_jobs("people.mail_link")
    [message] = mailoutbox[-1:]
    assert message.subject == "Your need has arrived at Ebro Data Hub"
    assert "Our oven stops" in message.body
    assert "for 14 days" in message.body
    answer = visitor.post(path_in_mail(), follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == f"/requests/{Request.objects.get().ref}/"
    assert "Did we understand you?" in answer.content.decode()


def test_the_client_is_written_to_in_the_language_of_the_form(visitor: Browser, mailoutbox: list[Any]) -> None:
    fill_in(visitor)
    assert visitor.post("/de/need/check/", {"key": visitor.get("/need/check/").context["key"]}).status_code == 303
    run_jobs("people.mail_link")
    assert mailoutbox[-1].subject == "Ihr Bedarf ist bei Ebro Data Hub angekommen"
    assert User.objects.get(email="nora@nord.example").language == "de"


def test_neither_consent_is_ticked_beforehand_and_neither_is_needed(visitor: Browser) -> None:
    """Source: BP-AUTH-03."""
    visitor.post("/need/", {"text": "x"})
    visitor.post("/need/result/", {})
    page = visitor.get("/need/who/").content.decode()
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page
    fill_in(visitor)
    send(visitor)
    assert not ClientAuthorisation.objects.exists()


def test_the_name_alone_cannot_be_shown(visitor: Browser) -> None:
    answer = fill_in(visitor, may_share_name="on")
    assert answer.status_code == 422
    assert "after they could read the need" in answer.content.decode()


def test_a_second_click_on_send_makes_no_second_request(visitor: Browser) -> None:
    fill_in(visitor)
    page = visitor.get("/need/check/")
    for _ in range(2):
        answer = visitor.post("/need/check/", {"key": page.context["key"]})
        assert answer["Location"] == "/need/sent/"
    assert Request.objects.count() == 1


def test_going_back_keeps_the_answers(visitor: Browser) -> None:
    fill_in(visitor)
    assert "Our oven stops." in visitor.get("/need/").content.decode()
    assert "It runs." in visitor.get("/need/result/").content.decode()
    assert "Bakery Nord" in visitor.get("/need/who/").content.decode()


def test_changing_one_answer_leads_back_to_all_answers(visitor: Browser) -> None:
    fill_in(visitor)
    answer = visitor.post("/need/?back=1", {"text": "Our mill stops."})
    assert answer["Location"] == "/need/check/"
    assert "Our mill stops." in visitor.get("/need/check/").content.decode()


@pytest.mark.parametrize("path", ["/need/result/", "/need/who/", "/need/check/", "/need/hub/", "/need/sent/"])
def test_who_comes_too_early_starts_at_the_first_question(visitor: Browser, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer["Location"]) == (303, "/need/")


@pytest.mark.parametrize("path", ["/need/", "/need/result/", "/need/who/", "/need/check/", "/need/hub/"])
def test_looking_writes_nothing(visitor: Browser, path: str) -> None:
    """Reading pages may not even write a session."""
    fill_in(visitor)
    before = list(Session.objects.values())
    assert visitor.get(path).status_code == 200
    assert list(Session.objects.values()) == before


class TestWords:
    @pytest.mark.parametrize("text", ["", "  \n "])
    def test_nothing_typed(self, visitor: Browser, text: str) -> None:
        answer = visitor.post("/need/", {"text": text})
        assert answer.status_code == 422
        assert "A few words are enough" in answer.content.decode()

    def test_far_too_much_is_refused_and_kept(self, visitor: Browser) -> None:
        text = "Ω" * 99_999 + "!"
        answer = visitor.post("/need/", {"text": text})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "At most 10,000 characters fit here. Your text has 100,000." in page
        assert text in page

    def test_emoji_count_as_one_and_are_not_cut(self, visitor: Browser) -> None:
        text = "🏭" * 100_000
        answer = visitor.post("/need/", {"text": text})
        assert answer.status_code == 422
        assert text in answer.content.decode()

    def test_line_breaks_count_as_one(self, visitor: Browser) -> None:
        text = "a\r\n" * 5_000
        assert visitor.post("/need/", {"text": text}).status_code == 303

    def test_nul_is_refused_at_the_door(self, visitor: Browser) -> None:
        assert visitor.post("/need/", {"text": "oven\0"}).status_code == 400

    def test_html_is_shown_as_text(self, visitor: Browser, cast: Cast, browse: Callable[[User], Browser]) -> None:
        evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
        fill_in(visitor, text=evil, organisation=evil, name=evil)
        send(visitor)
        request = Request.objects.get()
        pages = [visitor.get("/need/sent/")]
        for path in ("", "shortlist/", "invite/", "sharing/", "history/", "wants/"):
            pages.append(browse(cast.lucia).get(f"/requests/{request.ref}/{path}"))
        pages.append(browse(cast.lucia).get("/requests/"))
        for page in pages:
            assert page.status_code == 200
            assert "<script>alert" not in page.content.decode()
            assert "<img src=x" not in page.content.decode()

    @pytest.mark.parametrize(
        "text", ["الخط يتوقف مرتين في الشهر", "קו הייצור נעצר", "Ligne 3 arrête 🙃 και σταματά", "Ünïcödé ẞ"]
    )
    def test_any_script_comes_back_as_typed(
        self, visitor: Browser, cast: Cast, browse: Callable[[User], Browser], text: str
    ) -> None:
        fill_in(visitor, text=text)
        send(visitor)
        page = browse(cast.lucia).get(f"/requests/{Request.objects.get().ref}/").content.decode()
        assert text in page
        assert '<p dir="auto"' in page


class TestBudget:
    @pytest.mark.parametrize(
        ("typed", "euro"),
        [
            ("14000", "14000"),
            ("14 000", "14000"),
            ("14.000", "14000"),
            ("14,000", "14000"),
            ("€ 14.000,50", "14000.50"),
            ("14,000.50 EUR", "14000.50"),
            ("1.234.567", "1234567"),
            ("12,5", "12.5"),
            ("14'000", "14000"),
        ],
    )
    def test_is_read_in_every_habit(self, visitor: Browser, typed: str, euro: str) -> None:
        visitor.post("/need/", {"text": "x"})
        assert visitor.post("/need/result/", {"budget_eur": typed}).status_code == 303
        assert visitor.session["need"]["result"]["budget_eur"] == euro

    @pytest.mark.parametrize("typed", ["a lot", "-5", "99999999999", "1e9", "NaN"])
    def test_nonsense_is_refused_and_kept(self, visitor: Browser, typed: str) -> None:
        visitor.post("/need/", {"text": "x"})
        answer = visitor.post("/need/result/", {"budget_eur": typed})
        assert answer.status_code == 422
        assert typed in answer.content.decode()


class TestHub:
    def test_the_hub_of_the_town_is_proposed(self, visitor: Browser) -> None:
        near = make_hub("Huesca Hub", country="ES", city="Huesca")
        make_member(near, "staff")
        fill_in(visitor, city="huesca")
        assert visitor.get("/need/check/").context["hub"].id == near.pk

    def test_a_hub_where_nobody_works_is_not_proposed(self, visitor: Browser, cast: Cast) -> None:
        Membership.objects.filter(hub=cast.ebro).delete()
        fill_in(visitor)
        assert visitor.get("/need/check/").context["hub"] is None

    def test_another_can_be_chosen(self, visitor: Browser, cast: Cast) -> None:
        fill_in(visitor)
        visitor.post("/need/hub/", {"hub": cast.isar.pk})
        send(visitor)
        assert Request.objects.get().lead == cast.isar

    def test_hubs_can_be_searched_in_all_countries(self, visitor: Browser) -> None:
        fill_in(visitor)
        page = visitor.get("/need/hub/?country=&q=isar").content.decode()
        assert "Isar Edge Lab" in page
        assert "Aarhus" not in page

    @pytest.mark.parametrize("hub", ["", "0", "999999", "x", "9" * 30])
    def test_a_hub_that_does_not_exist_is_refused(self, visitor: Browser, hub: str) -> None:
        fill_in(visitor)
        assert visitor.post("/need/hub/", {"hub": hub}).status_code == 422

    def test_without_a_hub_nothing_is_sent_and_nothing_lost(self, visitor: Browser) -> None:
        fill_in(visitor, country="MT", city="")
        answer = send(visitor)
        assert answer.status_code == 422
        assert "Choose a hub first" in answer.content.decode()
        assert "Our oven stops." in answer.content.decode()


def test_somebody_known_types_nothing_twice(cast: Cast, visitor: Browser, case: Request) -> None:
    visitor.force_login(cast.mayor)
    visitor.post("/need/", {"text": "x"})
    visitor.post("/need/result/", {})
    page = visitor.get("/need/who/").content.decode()
    for known in (cast.mayor.name, cast.mayor.email, cast.elsewhere.name):
        assert known in page


def test_a_flood_from_one_address_is_stopped_with_nothing_lost(visitor: Browser) -> None:
    for number in range(6):
        fill_in(visitor, text=f"Need {number}")
        answer = send(visitor)
    assert answer.status_code == 422
    assert "Need 5" in answer.content.decode()
    assert Request.objects.count() == 5
