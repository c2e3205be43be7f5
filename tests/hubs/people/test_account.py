"""When a person looks after their own account."""

from __future__ import annotations

import json

import pytest
from accounts import app_code, path_in_mail, set_up_app
from cast import Cast, make_cast
from django.core import mail
from django.test import Client
from django.utils import timezone
from jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def lucia(cast) -> Client:
    browser = Client()
    browser.force_login(cast.lucia)
    return browser


def test_settings_are_saved_and_followed_at_once(cast, lucia):
    fields = {"name": " Lucía F. ", "job_title": "Director", "language": "de", "theme": "dark"}
    answer = lucia.post("/account/", fields)
    assert answer.status_code == 303
    assert (answer.cookies["theme"].value, answer.cookies["django_language"].value) == ("dark", "de")
    cast.lucia.refresh_from_db()
    saved = (cast.lucia.name, cast.lucia.job_title, cast.lucia.language, cast.lucia.theme)
    assert saved == ("Lucía F.", "Director", "de", "dark")


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "x" * 151}, {"language": "xx"}, {"theme": "pink"}, {"language": ""}]
)
def test_settings_that_do_not_fit_are_refused(cast, lucia, fields):
    answer = lucia.post("/account/", {"name": "Lucía", "job_title": "", "language": "en", "theme": ""} | fields)
    assert answer.status_code == 422
    cast.lucia.refresh_from_db()
    assert cast.lucia.name == "Lucía Ferrer"


def test_page_costs_few_statements(lucia, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert lucia.get("/account/").status_code == 200


def test_sign_out_everywhere_ends_the_others_and_voids_links(cast, lucia):
    other = Client()
    other.force_login(cast.lucia)
    Client().post("/sign-in/", {"email": cast.lucia.email})
    run_jobs("people.mail_link")
    assert lucia.post("/account/sign-out-everywhere/").status_code == 303
    assert lucia.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert Client().post(path_in_mail()).status_code == 422


def test_my_data_holds_everything_about_me_and_no_secret(cast, lucia):
    secret = set_up_app(cast.lucia)
    Client().post("/sign-in/", {"email": cast.lucia.email})
    run_jobs("people.mail_link")
    answer = lucia.get("/account/my-data.json")
    assert "attachment" in answer["Content-Disposition"]
    data = json.loads(answer.content)
    assert data["account"]["email"] == cast.lucia.email
    assert [role["role"] for role in data["roles"]] == ["manager", "signatory"]
    assert [row["purpose"] for row in data["mailed_links"]] == ["sign-in"]
    for forbidden in (secret, "token_hash", "md5$", cast.jonas.email):
        assert forbidden not in answer.content.decode()


@pytest.mark.django_db(transaction=True)  # the library tells after commit
def test_app_is_set_up_used_and_removed(lucia):
    page = lucia.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = lucia.session["mfa.totp.secret"]
    assert lucia.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    answer = lucia.post("/account/2fa/totp/activate/", {"code": app_code(secret, timezone.now().timestamp())})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert lucia.get("/account/2fa/recovery-codes/").content.decode().count("<code ") == 10
    assert [message.subject for message in mail.outbox][:1] == ["Your account now uses an authenticator app"]
    assert lucia.post("/account/2fa/totp/deactivate/").status_code == 302
    assert "app is no longer used" in lucia.get("/account/2fa/").content.decode()


def test_removing_the_app_asks_for_a_code_first(cast, lucia):
    secret = set_up_app(cast.lucia)
    assert lucia.get("/account/2fa/totp/deactivate/").status_code == 302
    path = "/account/2fa/reauthenticate/?next=/account/2fa/totp/deactivate/"
    assert lucia.get(path).status_code == 200
    answer = lucia.post(path, {"code": app_code(secret, timezone.now().timestamp())})
    assert answer["Location"] == "/account/2fa/totp/deactivate/"
    assert lucia.post("/account/2fa/totp/deactivate/").status_code == 302
    assert "app is no longer used" in lucia.get("/account/2fa/").content.decode()


def test_person_with_a_password_types_it_again_before_changing_factors(cast, lucia):
    cast.lucia.set_password("correct horse battery")
    cast.lucia.save()
    lucia.force_login(cast.lucia)
    answer = lucia.get("/account/2fa/totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/")
    answer = lucia.post(answer["Location"], {"password": "correct horse battery"})
    assert answer["Location"] == "/account/2fa/totp/activate/"
    assert lucia.get(answer["Location"]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_unreachable_mail_server_does_not_undo_a_new_factor(lucia, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    lucia.get("/account/2fa/totp/activate/")
    code = app_code(lucia.session["mfa.totp.secret"], timezone.now().timestamp())
    assert lucia.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert "Set up" in lucia.get("/account/2fa/").content.decode()


def test_sign_up_is_closed_with_a_friendly_page(client):
    answer = client.get("/account/signup/")
    assert "How to get an account" in answer.content.decode()
    client.post("/account/signup/", {"email": "x@example.org", "password1": "correct horse battery"})
    from hansa.hubs.people.models import User

    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "password/reset/", "password/change/", "login/code/"])
def test_unwanted_pages_of_the_account_library_are_not_there(lucia, path):
    assert lucia.get(f"/account/{path}").status_code == 404
