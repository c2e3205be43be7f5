"""When somebody makes a passkey in a real browser and uses it. Source: BP-ACC-04."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cast import make_cast
from django.utils import timezone

from hansa.hubs.people import operations, queries
from hansa.hubs.people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_page: Any) -> Any:
    """Open a browser whose device makes passkeys by itself and always knows its owner."""
    page = open_page("/sign-in/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def enter_by_link(page: Any, site: str, user: User) -> None:
    url = operations.create_link(user=user, purpose="sign-in", next_path="/account/", at=timezone.now())
    page.goto(f"{site}/sign-in/link/{url.split('/link/')[1]}")
    page.get_by_role("button", name="Sign in as").click()


def make_passkey(page: Any, site: str) -> None:
    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.get_by_label("Name of this passkey").fill("Office laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")


def test_passkey_signs_in_by_itself(page, live_server):
    lucia = make_cast().lucia
    enter_by_link(page, live_server.url, lucia)
    make_passkey(page, live_server.url)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/?next=/account/2fa/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live_server.url}/account/2fa/")
    assert page.get_by_text("Office laptop").is_visible()


def test_passkey_is_asked_for_after_a_mailed_link(page, live_server):
    lucia = make_cast().lucia
    enter_by_link(page, live_server.url, lucia)
    make_passkey(page, live_server.url)
    page.context.clear_cookies()
    enter_by_link(page, live_server.url, lucia)
    page.wait_for_url("**/2fa/authenticate/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/account/")


def test_unknown_passkey_is_refused_in_words(page, live_server):
    lucia = make_cast().lucia
    enter_by_link(page, live_server.url, lucia)
    make_passkey(page, live_server.url)
    lucia.authenticator_set.all().delete()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/login/")
    assert page.get_by_role("status").first.is_visible()
    assert page.url.endswith("/account/login/")


def test_signing_accepts_the_passkey_once(page, live_server, rf):
    """The helpers for signing, with the browser's real answer instead of an invented one."""
    from allauth.core import context

    cast = make_cast()
    enter_by_link(page, live_server.url, cast.lucia)
    make_passkey(page, live_server.url)
    assert [factor.method for factor in queries.second_factors(cast.lucia)] == ["passkey"]
    request = rf.get("/", HTTP_HOST=live_server.url.split("//")[1])
    request.session = {}
    with context.request_context(request):
        options = json.dumps({"publicKey": dict(operations.begin_passkey(user=cast.lucia)["publicKey"])})
        page.evaluate(
            """text => document.body.insertAdjacentHTML("beforeend",
                `<script type="application/json" id="proof">${text}</script>`)""",
            options,
        )
        answer = page.evaluate(_ASK_DEVICE)
        now = timezone.now()
        check = {"user": cast.lucia, "method": "passkey", "at": now}
        assert not operations.check_second_factor(answer="{}", **check)
        assert not operations.check_second_factor(answer=answer, **(check | {"user": cast.jonas}))
        assert operations.check_second_factor(answer=answer, **check)
        assert not operations.check_second_factor(answer=answer, **check)


_ASK_DEVICE = """async () => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0))
  const { publicKey } = JSON.parse(document.getElementById("proof").textContent)
  publicKey.challenge = bytes(publicKey.challenge)
  publicKey.allowCredentials = publicKey.allowCredentials.map(one => ({ ...one, id: bytes(one.id) }))
  return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON())
}"""
