"""When somebody asks for a link by mail, and uses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from accounts import app_code, path_in_mail, set_up_app, signed_in_as
from cast import Cast, make_cast
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jobs import run_jobs

from hansa.hubs.people import operations
from hansa.hubs.people.models import SignInLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(client: Client, email: str, **fields: str) -> object:
    return client.post("/sign-in/", {"email": email, **fields})


def mailed_path(client: Client, email: str, **fields: str) -> str:
    ask(client, email, **fields)
    run_jobs("people.mail_link")
    return path_in_mail()


def test_mails_a_link_that_signs_in_after_one_press(cast, client):
    path = mailed_path(client, cast.lucia.email)
    page = client.get(path)
    assert page.status_code == 200
    assert f"Sign in as {cast.lucia.email}" in page.content.decode()
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(client) == str(cast.lucia.pk)


def test_mail_goes_to_the_person_alone_as_text_and_html(cast, client):
    mailed_path(client, cast.lucia.email)
    [message] = mail.outbox
    assert message.to == [cast.lucia.email]
    assert path_in_mail() in message.alternatives[0].content


def test_mail_speaks_the_language_of_the_person(cast, client):
    cast.lucia.language = "es"
    cast.lucia.save()
    assert mailed_path(client, cast.lucia.email).startswith("/es/sign-in/link/")


def test_language_the_site_does_not_speak_falls_back(cast, client):
    cast.lucia.language = "mt"
    cast.lucia.save()
    assert mailed_path(client, cast.lucia.email).startswith("/sign-in/link/")


def test_new_browser_speaks_the_language_of_the_person(cast, client):
    cast.lucia.language, cast.lucia.theme = "fr", "dark"
    cast.lucia.save()
    answer = client.post(mailed_path(client, cast.lucia.email))
    assert (answer.cookies["django_language"].value, answer.cookies["theme"].value) == ("fr", "dark")


def test_browser_that_chose_a_language_keeps_it(cast, client):
    client.cookies["django_language"] = "de"
    cast.lucia.language = "fr"
    cast.lucia.save()
    assert "django_language" not in client.post(mailed_path(client, cast.lucia.email)).cookies


def test_opening_the_link_never_signs_in_and_leaves_it_usable(cast, client):
    path = mailed_path(client, cast.lucia.email)
    scanner = Client()
    for _visit in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
    assert signed_in_as(scanner) is None
    client.post(path)
    assert signed_in_as(client) == str(cast.lucia.pk)


def test_second_use_is_refused_and_offers_a_new_link(cast, client):
    path = mailed_path(client, cast.lucia.email)
    client.post(path)
    other = Client()
    page, press = other.get(path), other.post(path)
    assert (page.status_code, press.status_code) == (410, 422)
    assert "already used" in page.content.decode()
    assert "Send me a new link" in press.content.decode()
    assert signed_in_as(other) is None


def test_person_who_is_in_already_gets_to_the_page_again(cast, client):
    path = mailed_path(client, cast.lucia.email, next="/requests/7/")
    client.post(path)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/requests/7/")


def test_late_link_is_refused_and_a_new_one_leads_to_the_same_page(cast, client):
    path = mailed_path(client, cast.lucia.email, next="/requests/7/")
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 422
    assert client.post(f"{path}new/").status_code == 303
    run_jobs("people.mail_link")
    answer = client.post(path_in_mail())
    assert answer["Location"] == "/requests/7/"


def test_link_lives_thirty_minutes(cast, client):
    mailed_path(client, cast.lucia.email)
    link = SignInLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(minutes=30)


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 3000])
def test_unknown_link_is_a_clear_page(cast, client, token):
    page = client.get(f"/sign-in/link/{token}/")
    assert page.status_code == 404
    assert "This link no longer works" in page.content.decode()
    assert client.post(f"/sign-in/link/{token}/").status_code == 422
    assert client.post(f"/sign-in/link/{token}/new/").status_code == 422


def test_only_the_hash_of_the_token_is_stored(cast, client):
    token = mailed_path(client, cast.lucia.email).split("/")[-2]
    link = SignInLink.objects.get()
    assert token not in [str(value) for value in vars(link).values()]
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert not any(token in str(job.args) for job in ProcrastinateJob.objects.all())


def test_closed_account_gets_no_link_and_cannot_use_an_old_one(cast, client):
    path = mailed_path(client, cast.lucia.email)
    cast.lucia.is_active = False
    cast.lucia.save()
    assert client.post(path).status_code == 422
    ask(client, cast.lucia.email)
    run_jobs("people.mail_link")
    assert len(mail.outbox) == 1


def test_answer_and_work_are_the_same_for_known_and_unknown_addresses(cast):
    answers = []
    for email in (cast.lucia.email, "nobody@example.org"):
        browser = Client()
        with CaptureQueriesContext(connection) as queries:
            answer = browser.post("/sign-in/", {"email": email})
        sent = browser.get(answer["Location"])
        answers.append((answer.status_code, answer["Location"], len(queries), sent.content.count(email.encode())))
    assert answers[0] == answers[1]
    run_jobs("people.mail_link")
    assert [message.to for message in mail.outbox] == [[cast.lucia.email]]


def test_address_is_found_in_any_case(cast, client):
    mailed_path(client, f"  {cast.lucia.email.upper()} ")
    assert mail.outbox[0].to == [cast.lucia.email]


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b", "a@example.org\r\nBcc: x@example.org", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_refused_in_words(cast, client, email):
    answer = ask(client, email)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "today/", "/" + "a" * 400],
)
def test_destination_outside_the_site_is_dropped(cast, client, path):
    answer = client.post(mailed_path(client, cast.lucia.email, next=path))
    assert answer["Location"] == "/"


def test_sixth_link_in_an_hour_for_one_address_is_refused_known_or_not(cast):
    for email in (cast.lucia.email, "nobody@example.org"):
        browser = Client()
        statuses = [ask(browser, email).status_code for _number in range(6)]
        assert statuses == [303] * 5 + [422]


def test_one_network_address_cannot_flood_many_mailboxes(cast, client):
    statuses = {ask(client, f"person{number}@example.org").status_code for number in range(30)}
    assert statuses == {303}
    assert ask(client, "one-more@example.org").status_code == 422
    assert client.post("/sign-in/", {"email": "far@example.org"}, REMOTE_ADDR="192.0.2.9").status_code == 303


def test_asks_for_the_second_factor_of_who_has_one(cast, client):
    secret = set_up_app(cast.lucia)
    answer = client.post(mailed_path(client, cast.lucia.email, next="/requests/7/"))
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert signed_in_as(client) is None
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert (wrong.status_code, signed_in_as(client)) == (200, None)
    answer = client.post("/account/2fa/authenticate/", {"code": app_code(secret, timezone.now().timestamp())})
    assert answer["Location"] == "/requests/7/"
    assert signed_in_as(client) == str(cast.lucia.pk)


def test_session_gets_a_new_key(cast, client):
    path = mailed_path(client, cast.lucia.email)
    client.get("/sign-in/")
    before = client.session.session_key
    client.post(path)
    assert before
    assert client.session.session_key != before


def test_link_of_another_person_signs_the_first_one_out(cast, client):
    client.force_login(cast.jonas)
    path = mailed_path(Client(), cast.lucia.email)
    assert cast.jonas.email in client.get(path).content.decode()
    client.post(path)
    assert signed_in_as(client) == str(cast.lucia.pk)


def test_forgery_from_another_site_is_refused(cast, client):
    path = mailed_path(client, cast.lucia.email)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path).status_code == 403
    assert strict.post("/sign-in/", {"email": cast.lucia.email}).status_code == 403


def test_notice_link_lives_two_weeks_and_leads_to_its_page(cast, client):
    now = timezone.now()
    url = operations.create_link(user=cast.jonas, purpose="notice", next_path="/requests/9/", at=now)
    link = SignInLink.objects.get()
    assert link.expires_at - now == timedelta(days=14)
    answer = client.post(url.removeprefix("http://localhost:8150"))
    assert answer["Location"] == "/requests/9/"
