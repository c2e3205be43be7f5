"""When somebody signs in with a password, chooses one, or forgot it."""

from __future__ import annotations

import pytest
from accounts import app_code, path_in_mail, set_up_app, signed_in_as
from cast import Cast, make_cast
from django.core import mail
from django.test import Client
from django.utils import timezone
from jobs import run_jobs

pytestmark = pytest.mark.django_db
OLD, NEW = "correct horse battery", "staple weather orange"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.lucia.set_password(OLD)
    cast.lucia.save()
    return cast


def log_in(client: Client, email: str, password: str = OLD, **fields: str):
    return client.post("/account/login/", {"login": email, "password": password, **fields})


def test_signs_in_and_leads_on(cast, client):
    answer = log_in(client, cast.lucia.email.upper(), next="/requests/7/")
    assert (answer.status_code, answer["Location"]) == (302, "/requests/7/")
    assert signed_in_as(client) == str(cast.lucia.pk)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_never_leads_out_of_the_site(cast, client, target):
    assert log_in(client, cast.lucia.email, next=target)["Location"] == "/"


def test_wrong_password_and_unknown_address_get_the_same_answer(cast):
    answers = []
    for email in (cast.lucia.email, "nobody@example.org"):
        answer = log_in(Client(), email, "wrong password here")
        text = answer.content.decode()
        assert "The address or the password is not right." in text
        answers.append((answer.status_code, text.count("<input")))
    assert answers[0] == answers[1]


def test_link_only_person_cannot_be_entered_with_an_empty_password(cast, client):
    for password in ("", "!", " "):
        log_in(client, cast.jonas.email, password)
        assert signed_in_as(client) is None


def test_after_five_wrong_passwords_the_right_one_waits_too(cast):
    for _number in range(5):
        log_in(Client(), cast.lucia.email, "wrong password here")
    browser = Client()
    answer = log_in(browser, cast.lucia.email)
    assert "Too many wrong tries" in answer.content.decode()
    assert signed_in_as(browser) is None


def test_closed_account_stays_outside(cast, client):
    cast.lucia.is_active = False
    cast.lucia.save()
    log_in(client, cast.lucia.email)
    assert signed_in_as(client) is None


def test_second_factor_is_asked_and_a_recovery_code_works_once(cast):
    set_up_app(cast.lucia)
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.get(user=cast.lucia, type="recovery_codes")
    recovery = row.wrap().get_unused_codes()[0]
    for expected in (str(cast.lucia.pk), None):
        browser = Client()
        assert log_in(browser, cast.lucia.email)["Location"] == "/account/2fa/authenticate/"
        assert browser.get("/account/").status_code == 302
        browser.post("/account/2fa/authenticate/", {"code": recovery})
        assert signed_in_as(browser) == expected


def test_code_that_signed_in_once_does_not_again(cast):
    secret = set_up_app(cast.lucia)
    code = app_code(secret, timezone.now().timestamp())
    for expected in (str(cast.lucia.pk), None):
        browser = Client()
        log_in(browser, cast.lucia.email)
        browser.post("/account/2fa/authenticate/", {"code": code})
        assert signed_in_as(browser) == expected


def test_second_step_cannot_be_reached_without_the_first(cast, client):
    set_up_app(cast.lucia)
    answer = client.post("/account/2fa/authenticate/", {"code": "123456"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")


def test_session_gets_a_new_key(cast, client):
    client.get("/account/login/")
    client.post("/sign-in/", {"email": "x@example.org"})
    before = client.session.session_key
    log_in(client, cast.lucia.email)
    assert before != client.session.session_key


def test_signing_out_needs_a_press(cast, client):
    client.force_login(cast.lucia)
    assert client.get("/account/logout/").status_code == 200
    assert signed_in_as(client) == str(cast.lucia.pk)
    assert client.post("/account/logout/")["Location"] == "/"
    assert signed_in_as(client) is None


def change(client: Client, **fields: str):
    return client.post("/account/password/", fields)


def test_change_needs_the_old_password(cast, client):
    client.force_login(cast.lucia)
    assert change(client, new=NEW).status_code == 422
    assert change(client, old="wrong password here", new=NEW).status_code == 422
    assert change(client, old=OLD, new=NEW).status_code == 303
    assert signed_in_as(client) == str(cast.lucia.pk)
    cast.lucia.refresh_from_db()
    assert cast.lucia.check_password(NEW)


def test_change_signs_other_devices_out_and_says_so_by_mail(cast, client):
    other = Client()
    other.force_login(cast.lucia)
    client.force_login(cast.lucia)
    change(client, old=OLD, new=NEW)
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
    assert [message.subject for message in mail.outbox] == ["Your password for Hansa was changed"]


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "too short"), ("password123", "too common"), ("lucia-ferrer", "too similar"), ("", "required")],
)
def test_weak_password_is_refused_with_its_reason(cast, client, password, words):
    client.force_login(cast.lucia)
    answer = change(client, old=OLD, new=password)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    cast.lucia.refresh_from_db()
    assert cast.lucia.check_password(OLD)


def test_person_without_password_sets_one_without_an_old_one(cast, client):
    client.force_login(cast.jonas)
    assert change(client, new=NEW).status_code == 303
    cast.jonas.refresh_from_db()
    assert cast.jonas.check_password(NEW)


def forget_and_use_link(client: Client, email: str):
    assert client.post("/account/password/forgotten/", {"email": email}).status_code == 303
    run_jobs("people.mail_link")
    return client.post(path_in_mail())


def test_forgotten_password_is_replaced_by_way_of_the_mailbox(cast, client):
    answer = forget_and_use_link(client, cast.lucia.email)
    assert answer["Location"] == "/account/password/"
    assert 'name="old"' not in client.get("/account/password/").content.decode()
    assert change(client, new=NEW).status_code == 303
    assert log_in(Client(), cast.lucia.email, NEW).status_code == 302


def test_forgotten_password_does_not_get_around_the_second_factor(cast, client):
    set_up_app(cast.lucia)
    answer = forget_and_use_link(client, cast.lucia.email)
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert change(client, new=NEW).status_code == 302
    cast.lucia.refresh_from_db()
    assert cast.lucia.check_password(OLD)


def test_mailbox_proof_is_good_for_half_an_hour_only(cast, client):
    forget_and_use_link(client, cast.lucia.email)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 31 * 60
    session.save()
    assert change(client, new=NEW).status_code == 422


def test_new_password_stops_links_on_their_way(cast, client):
    client.post("/sign-in/", {"email": cast.lucia.email})
    run_jobs("people.mail_link")
    path = path_in_mail()
    client.force_login(cast.lucia)
    change(client, old=OLD, new=NEW)
    assert Client().post(path).status_code == 422
