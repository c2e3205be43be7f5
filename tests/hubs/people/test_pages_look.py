"""When the pages of signing in, of the account and of colleagues are looked at."""

from __future__ import annotations

import pytest
from accounts import set_up_app
from browser import axe_violations, too_wide
from cast import make_cast
from conftest import DESKTOP, PHONE
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from factories import make_member

from hansa.hubs.people import operations
from hansa.hubs.people.models import User
from hansa.web.sessions import SessionStore

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = {
    "desktop-light": {"size": DESKTOP},
    "desktop-dark": {"size": DESKTOP, "theme": "dark"},
    "phone": {"size": PHONE},
    "phone-mirrored": {"size": PHONE, "direction": "rtl"},
}


def session_of(user: User) -> dict[str, str]:
    """Return the cookie of a session in which the person is signed in and has just proved it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(user.pk)
    proof = {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key}


def public_paths(user: User) -> list[str]:
    now = timezone.now()
    fresh, used = (operations.create_link(user=user, purpose="sign-in", next_path="", at=now) for _number in range(2))
    operations.use_link(token=used.split("/link/")[1].strip("/"), at=now)
    links = [f"/sign-in/link/{url.split('/link/')[1]}" for url in (fresh, used)]
    account = [f"/account/{page}/" for page in ("login", "signup", "inactive", "password/forgotten")]
    return ["/sign-in/", "/sign-in/sent/", *links, *account]


def own_paths(user: User) -> list[str]:
    account = ["", "password/", "logout/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/recovery-codes/"]
    account += ["2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "reauthenticate/", "2fa/reauthenticate/"]
    people = ["", "invite/", f"{user.pk}/"]
    return [f"/account/{page}" for page in account] + [f"/profile/people/{page}" for page in people]


def faults(browser, site: str, paths: list[str], *, cookies: dict[str, str], mode: str) -> list[str]:
    """Walk the pages and return what is wrong with them."""
    options = MODES[mode]
    width, height = options["size"]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=options.get("theme", "light"), reduced_motion="reduce"
    )
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page, found = context.new_page(), []
    for path in paths:
        answer = page.goto(site + path)
        if answer.status not in {200, 410} or page.locator("h1").count() != 1:
            found.append(f"{path} answers {answer.status} as {page.url}")
        page.evaluate("direction => document.documentElement.dir = direction", options.get("direction", "ltr"))
        found += [f"{path} {fault}" for fault in (*axe_violations(page), *too_wide(page))]
    context.close()
    return found


@pytest.mark.parametrize("mode", MODES)
def test_public_pages_have_no_faults(browser, live_server, mode):
    lucia = make_cast().lucia
    assert faults(browser, live_server.url, public_paths(lucia), cookies={}, mode=mode) == []


@pytest.mark.parametrize("mode", MODES)
def test_own_pages_have_no_faults(browser, live_server, mode):
    cast = make_cast()
    set_up_app(cast.lucia)
    make_member(
        cast.ebro, "staff", name="Αικατερίνη Παπαδοπούλου-Χατζηγεωργίου", job_title="Leiterin der Abteilung " * 4
    )
    assert faults(browser, live_server.url, own_paths(cast.lucia), cookies=session_of(cast.lucia), mode=mode) == []


def test_link_works_without_scripts(browser, live_server):
    lucia = make_cast().lucia
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + public_paths(lucia)[2])
    page.get_by_role("button", name="Sign in as").click()
    page.goto(f"{live_server.url}/account/")
    assert page.get_by_label("Your name").input_value() == "Lucía Ferrer"
    context.close()
