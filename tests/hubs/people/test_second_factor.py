"""When a person proves once more that it is them. Source: BP-ACC-04."""

from __future__ import annotations

from datetime import timedelta

import pytest
from accounts import app_code, set_up_app
from cast import Cast, make_cast
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from factories import NOW

from hansa.hubs.people import operations, queries
from hansa.hubs.people.models import SigningCode

pytestmark = pytest.mark.django_db
PURPOSE = "agreement 7, version 4"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(user, at=NOW) -> str:
    operations.send_signing_code(user=user, purpose=PURPOSE, at=at)
    return mail.outbox[-1].subject.split()[0]


def check(user, answer, *, method="mail-code", at=NOW, **more):
    return operations.check_second_factor(user=user, method=method, answer=answer, at=at, **more)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_mail_code_proves_once(cast):
    code = ask(cast.lucia)
    assert check(cast.lucia, code)
    assert not check(cast.lucia, code)


def test_mail_names_what_the_code_is_for(cast):
    code = ask(cast.lucia)
    [message] = mail.outbox
    assert message.to == [cast.lucia.email]
    assert PURPOSE in message.body
    assert code in message.body
    assert SigningCode.objects.get().code_hash != code


def test_spaces_in_the_code_do_not_matter(cast):
    code = ask(cast.lucia)
    assert check(cast.lucia, f" {code[:3]} {code[3:]} ")


def test_mail_code_is_late_after_ten_minutes(cast):
    code = ask(cast.lucia)
    assert not check(cast.lucia, code, at=NOW + timedelta(minutes=10))
    assert check(cast.lucia, code, at=NOW + timedelta(minutes=9, seconds=59))


def test_mail_code_of_another_person_proves_nothing(cast):
    code = ask(cast.lucia)
    assert not check(cast.jonas, code)
    own = ask(cast.jonas)
    assert not check(cast.jonas, code if code != own else wrong(own))
    assert check(cast.jonas, own)


def test_mail_code_for_another_purpose_is_refused(cast):
    code = ask(cast.lucia)
    assert not check(cast.lucia, code, purpose="agreement 8, version 1")
    assert check(cast.lucia, code, purpose=PURPOSE)


def test_asking_again_voids_the_first_code(cast):
    first, second = ask(cast.lucia), ask(cast.lucia)
    if first != second:
        assert not check(cast.lucia, first)
    assert check(cast.lucia, second)


def test_five_wrong_codes_end_it_even_for_the_right_one(cast):
    code = ask(cast.lucia)
    for left in ("4 tries", "3 tries", "2 tries", "1 try", "0 tries"):
        assert left in check(cast.lucia, wrong(code)).reason
    assert not check(cast.lucia, code)
    later = NOW + timedelta(minutes=6)
    assert check(cast.lucia, code, at=later).reason == "Too many wrong codes. Ask for a new one."
    assert check(cast.lucia, ask(cast.lucia, at=later), at=later)


def test_a_sixth_code_within_an_hour_is_not_sent(cast):
    for _number in range(5):
        ask(cast.lucia)
    with pytest.raises(operations.CannotSendCode):
        ask(cast.lucia)
    assert len(mail.outbox) == 5
    ask(cast.lucia, at=NOW + timedelta(hours=1, seconds=1))


def test_dead_mail_server_is_said_and_keeps_the_earlier_code(cast, monkeypatch):
    code = ask(cast.lucia)

    def refuse(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(operations.CannotSendCode, match="could not be sent"):
        ask(cast.lucia)
    assert check(cast.lucia, code)


@pytest.mark.parametrize("answer", ["", "abc", "12345", "1234567", "١٢٣٤٥٦", "x" * 5000])
@pytest.mark.parametrize("method", ["totp", "mail-code", "passkey", "unheard-of", ""])
def test_nonsense_is_refused_with_a_reason(cast, method, answer):
    if method != "mail-code":
        set_up_app(cast.lucia)
    verdict = check(cast.lucia, answer, method=method)
    assert not verdict
    assert verdict.reason


def test_app_code_proves_once_and_older_ones_no_more(cast):
    secret, at = set_up_app(cast.lucia), NOW.timestamp()
    assert check(cast.lucia, app_code(secret, at), method="totp")
    assert not check(cast.lucia, app_code(secret, at), method="totp")
    assert not check(cast.lucia, app_code(secret, at, steps=-1), method="totp")
    assert check(cast.lucia, app_code(secret, at, steps=1), method="totp", at=NOW + timedelta(seconds=30))


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_app_code_may_be_half_a_minute_off(cast, steps, accepted):
    secret = set_up_app(cast.lucia)
    assert bool(check(cast.lucia, app_code(secret, NOW.timestamp(), steps=steps), method="totp")) is accepted


def test_app_of_another_person_proves_nothing(cast):
    secret = set_up_app(cast.jonas)
    set_up_app(cast.lucia)
    assert not check(cast.lucia, app_code(secret, NOW.timestamp()), method="totp")


def test_after_five_wrong_answers_even_the_right_one_waits(cast):
    secret = set_up_app(cast.lucia)
    right = app_code(secret, NOW.timestamp())
    for _number in range(5):
        check(cast.lucia, wrong(right), method="totp")
    assert "Wait five minutes" in check(cast.lucia, right, method="totp").reason
    later = NOW + timedelta(minutes=5, seconds=1)
    assert check(cast.lucia, app_code(secret, later.timestamp()), method="totp", at=later)


def test_secret_of_the_app_is_not_stored_in_the_clear(cast):
    from allauth.mfa.models import Authenticator

    secret = set_up_app(cast.lucia)
    assert secret not in str([row.data for row in Authenticator.objects.all()])


def test_replaced_installation_secret_refuses_instead_of_failing(cast, settings):
    secret = set_up_app(cast.lucia)
    settings.SECRET_KEY = "another"
    assert not check(cast.lucia, app_code(secret, NOW.timestamp()), method="totp")
    settings.SECRET_KEY_FALLBACKS = []


def test_mail_is_offered_only_to_those_without_app_and_passkey(cast):
    assert [factor.method for factor in queries.second_factors(cast.lucia)] == ["mail-code"]
    set_up_app(cast.lucia)
    assert [factor.method for factor in queries.second_factors(cast.lucia)] == ["totp"]


def test_mailbox_does_not_get_around_the_app(cast):
    code = ask(cast.lucia)
    set_up_app(cast.lucia)
    assert not check(cast.lucia, code)
    with pytest.raises(operations.CannotSendCode, match="Use your passkey"):
        ask(cast.lucia)
