"""When the pages of an agreement are looked at in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from browser import axe_violations, too_wide
from cast import make_cast
from collaboration.agreements.agreeing import actor, draft, make_case, tick
from conftest import DESKTOP, PHONE
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import NewWording, sealing
from hansa.collaboration.models import Agreement, Party, Signature
from hansa.hubs.models import User
from hansa.hubs.people import operations as people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = {
    "desktop-light": {"size": DESKTOP},
    "desktop-dark": {"size": DESKTOP, "theme": "dark"},
    "phone": {"size": PHONE},
}


def cookies_of(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def faults(open_page: Any, path: str, user: User) -> list[str]:
    """Open the page in every mode, and mirrored, and return what is wrong with it."""
    found = []
    for mode, options in MODES.items():
        page = open_page(path, cookies=cookies_of(user), **options)
        found += [f"{path} {mode}: {fault}" for fault in (*axe_violations(page), *too_wide(page))]
    page.evaluate("document.documentElement.dir = 'rtl'")
    return found + [f"{path} mirrored: {fault}" for fault in too_wide(page)]


def test_every_page_passes_on_the_way_to_the_seal(open_page, sign):
    cast = make_cast()
    case = make_case(cast)
    root = f"/requests/{case.ref}/agreement/"
    found = faults(open_page, f"{root}new/", cast.lucia)
    agreement = draft(cast, case)
    found += faults(open_page, root, cast.jonas)
    change = NewWording(clause="insurance", words=f"{'Haftpflichtversicherung' * 4} of EUR 250,000.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="Our insurer.", at=tick())
    for path in ("", "versions/2/", "clauses/insurance/", "terms/"):
        found += faults(open_page, root + path, cast.mette)
    operations.decline(agreement, by=actor(cast.mette), reason="No free engineers before April.", at=tick())
    found += faults(open_page, root, cast.lucia)
    for person in (cast.lucia, cast.mette):
        operations.accept(agreement, by=actor(person), version=2, at=tick())
    sign(agreement, cast.mette)
    found += faults(open_page, root, cast.jonas)
    for person in (cast.lucia, cast.jonas):
        sign(agreement, person)
    sealing.seal(agreement.pk, at=tick())
    for path in ("", "check/"):
        found += faults(open_page, root + path, cast.lucia)
    assert found == []


def test_opening_the_page_is_noted_by_its_script(open_page):
    cast = make_cast()
    agreement = draft(cast, make_case(cast))
    page = open_page(f"/requests/{agreement.request.ref}/agreement/", cookies=cookies_of(cast.jonas))
    page.wait_for_load_state("networkidle")
    assert Party.objects.get(hub=cast.isar).seen_version == 1


def test_a_passkey_signs(open_page, live_server):
    cast = make_cast()
    agreement = draft(cast, make_case(cast, cast.isar))
    operations.accept(agreement, by=actor(cast.jonas), version=1, at=tick())
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
    link = people.create_link(user=cast.jonas, purpose="sign-in", next_path="/account/", at=timezone.now())
    page.goto(f"{live_server.url}/sign-in/link/{link.split('/link/')[1]}")
    page.get_by_role("button", name="Sign in as").click()
    page.goto(f"{live_server.url}/account/2fa/webauthn/add/")
    page.get_by_label("Name of this passkey").fill("Office laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{live_server.url}/requests/{agreement.request.ref}/agreement/")
    page.get_by_label("Your function").fill("Geschäftsführer")
    page.get_by_label("I have read version 1").check()
    page.get_by_role("button", name="Sign version 1").click()
    page.get_by_text("Signed. Thank you.").wait_for()
    signature = Signature.objects.get()
    assert (signature.method, signature.function, signature.signer) == ("passkey", "Geschäftsführer", cast.jonas)
    assert Agreement.objects.get().state == "signing"
