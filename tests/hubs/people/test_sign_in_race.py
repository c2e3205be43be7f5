"""When one link is used twice at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from accounts import signed_in_as
from django.db import connection
from django.test import Client
from django.utils import timezone
from factories import make_user

from hansa.hubs.people import operations
from hansa.hubs.people.models import SigningCode, SignInLink


@pytest.mark.django_db(transaction=True)
def test_only_one_browser_gets_in():
    user = make_user("Lucía Ferrer")
    url = operations.create_link(user=user, purpose="sign-in", next_path="", at=timezone.now())
    path = "/sign-in/link/" + url.split("/link/")[1]
    start = Barrier(6)

    def press() -> tuple[int, str | None]:
        browser = Client()
        start.wait()
        try:
            return browser.post(path).status_code, signed_in_as(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(future.result() for future in [pool.submit(press) for _number in range(6)])
    assert [status for status, _user in answers] == [302] + [422] * 5
    assert [user_id for _status, user_id in answers if user_id] == [str(user.pk)]
    assert SignInLink.objects.get().used_at


@pytest.mark.django_db(transaction=True)
def test_a_mailed_code_proves_once(mailoutbox):
    user = make_user("Lucía Ferrer")
    now = timezone.now()
    operations.send_signing_code(user=user, purpose="agreement 7", at=now)
    code = mailoutbox[0].subject.split()[0]
    start = Barrier(6)

    def answer() -> bool:
        start.wait()
        try:
            return bool(operations.check_second_factor(user=user, method="mail-code", answer=code, at=now))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        verdicts = [future.result() for future in [pool.submit(answer) for _number in range(6)]]
    assert sorted(verdicts) == [False] * 5 + [True]
    assert SigningCode.objects.get().used_at
