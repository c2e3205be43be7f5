"""When a page was drawn before: what changed since is on it, and its forms still work."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from collaboration.partnering.casework import acting, allow
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from factories import NOW, make_concept, make_hub

from hansa.collaboration.models import Request, Want
from hansa.collaboration.partnering import operations
from hansa.foundation import fragments
from hansa.hubs.directory import operations as directory
from hansa.hubs.models import Client, Competence, User

PAGES = ("", "shortlist/")


@pytest.fixture
def lead(cast: Cast, browse: Callable[[User], Browser]) -> Browser:
    return browse(cast.lucia)


def shown(browser: Browser, case: Request, part: str = "", **options: Any) -> str:
    answer = browser.get(f"/requests/{case.ref}/{part}", **options)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "A shorter title"}, "A shorter title"),
        ({"text": "Other words, with Edge AI"}, "Other words, with"),
        ({"outcome": "Less waste"}, "Less waste"),
        ({"timing": "Before Easter"}, "Before Easter"),
        ({"budget_eur": 4321}, "4,321"),
        ({"understood_at": NOW}, "The client confirmed that it was understood."),
        ({"language": "pt"}, 'lang="pt"'),
        ({"contact": None}, "This client has no contact with an account"),
        ({"state": "delivering"}, "Open the delivery"),
    ],
)
def test_the_need_shows_what_changed(lead: Browser, case: Request, change: dict[str, Any], words: str) -> None:
    assert words not in shown(lead, case)
    Request.objects.filter(pk=case.pk).update(**change)
    assert words in shown(lead, case).replace("\N{NO-BREAK SPACE}", " ").replace("4 321", "4,321")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "Other words, with Edge AI"}, "Other words, with"),
        ({"timing": "Before Easter"}, "Before Easter"),
        ({"limits": {"max_partners": 3}}, "Limits of the team (1)"),
        ({"state": "agreeing"}, "The team can no longer change"),
    ],
)
def test_the_shortlist_shows_what_changed(lead: Browser, case: Request, change: dict[str, Any], words: str) -> None:
    assert words not in shown(lead, case, "shortlist/")
    Request.objects.filter(pk=case.pk).update(**change)
    assert words in shown(lead, case, "shortlist/")


def test_names_and_messages_are_those_of_now(lead: Browser, case: Request, cast: Cast) -> None:
    shown(lead, case)
    Client.objects.filter(pk=case.client_id).update(name="Town of Somewhere")
    User.objects.filter(pk=cast.mayor.pk).update(name="Olga Other")
    operations.tell(case, text="One more thing", by=acting(cast.mayor), at=NOW)
    page = shown(lead, case)
    assert page.count("Town of Somewhere") >= 2
    assert page.count("Olga Other") == 2
    assert "One more thing" in page


@pytest.mark.parametrize("part", PAGES)
def test_what_the_client_agreed_to_is_what_holds_now(lead: Browser, case: Request, cast: Cast, part: str) -> None:
    words = "The need in checked words, without names"
    assert words not in shown(lead, case, part)
    allow(case, cast.mayor, "A2")
    assert words in shown(lead, case, part)
    operations.withdraw_authorisation(case, by=acting(cast.mayor), at=NOW)
    assert words not in shown(lead, case, part)


def test_the_own_profile_decides_what_is_missing(lead: Browser, case: Request, cast: Cast) -> None:
    assert "Nothing of it, as far as your profile says." in shown(lead, case)
    Competence.objects.create(hub=cast.ebro, skill=case.wants.first().concept, evidence="Two projects.")
    directory.publish([cast.ebro.pk], revision=directory.next_revision())
    assert "Nothing of it, as far as your profile says." not in shown(lead, case)


@pytest.mark.parametrize(("part", "words"), [("", "Was angefragt ist"), ("shortlist/", "Wer was abdeckt")])
def test_each_reader_reads_in_their_language(
    lead: Browser, case: Request, cast: Cast, browse: Callable[[User], Browser], part: str, words: str
) -> None:
    assert words not in shown(lead, case, part)
    with translation.override("de"):
        german = browse(cast.lucia).get(f"/de/requests/{case.ref}/{part}").content.decode()
    assert words in german
    assert f'href="/de/requests/{case.ref}/sharing/"' in german
    assert words not in shown(lead, case, part)


def test_every_form_has_a_token_that_works(cast: Cast, case: Request) -> None:
    for _ in range(2):
        strict = Browser(enforce_csrf_checks=True)
        strict.force_login(cast.lucia)
        page = shown(strict, case)
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page.split("<main")[1].split("</main>")[0])
        # To the shortlist, the wants, a message, the title, a partner instead, the end.
        assert len(tokens) == 6
        for number, token in enumerate(tokens):
            sent = {"title": f"Title {number}", "csrfmiddlewaretoken": token}
            assert strict.post(f"/requests/{case.ref}/title/", sent).status_code == 303


def test_two_people_never_share_a_token(cast: Cast, case: Request) -> None:
    pages = []
    for _ in range(2):
        browser = Browser()
        browser.force_login(cast.lucia)
        pages.append(shown(browser, case))
    first, second = ({*re.findall(r'value="([A-Za-z0-9]{64})"', page)} for page in pages)
    assert first
    assert not first & second


def test_a_message_that_was_refused_is_not_kept(lead: Browser, case: Request) -> None:
    refused = lead.post(f"/requests/{case.ref}/ask/", {"text": ""})
    assert refused.status_code == 422
    assert "This field is required" in refused.content.decode()
    assert "This field is required" not in shown(lead, case)


def test_a_reason_that_was_refused_stays_open(lead: Browser, case: Request) -> None:
    refused = lead.post(f"/requests/{case.ref}/cancel/", {"cancel-reason": ""}).content.decode()
    assert '<details class="reveal" open>' in refused
    assert '<details class="reveal" open>' not in shown(lead, case)


def test_only_so_much_is_kept(lead: Browser, case: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "_MOST_LETTERS", 1000)
    first = shown(lead, case)
    assert len(fragments._kept) <= 1
    assert "What is asked for" in first
    assert "What is asked for" in shown(lead, case)


@pytest.mark.parametrize("part", PAGES)
def test_a_page_takes_three_statements_with_few_rows_and_with_many(
    lead: Browser, case: Request, cast: Cast, part: str
) -> None:
    def count() -> int:
        shown(lead, case, part)
        with CaptureQueriesContext(connection) as captured:
            shown(lead, case, part)
        return len(captured)

    assert count() == 3
    for number in range(30):
        concept = make_concept("skill", f"more-{number}", f"More {number}")
        Want.objects.create(request=case, concept=concept, position=number + 3)
        Competence.objects.create(hub=make_hub(), skill=concept, evidence="Yes.")
        operations.tell(case, text="Hello", by=acting(cast.mayor), at=NOW)
    assert count() == 3
