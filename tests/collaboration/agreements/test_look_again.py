"""When the agreement is looked at again, or by somebody else: parts of its page are kept between looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from collaboration.agreements.agreeing import actor, tick
from django.test import Client

from hansa.collaboration.agreements import operations

Look = Callable[..., str]


@pytest.fixture
def look() -> Look:
    """Return the page of a person as text; each person has a browser of their own."""
    browsers: dict[int, Client] = {}

    def at(agreement: Any, user: Any, prefix: str = "") -> str:
        if user.pk not in browsers:
            browsers[user.pk] = Client()
            browsers[user.pk].force_login(user)
        return browsers[user.pk].get(f"{prefix}/requests/{agreement.request.ref}/agreement/").content.decode()

    return at


def test_shows_what_the_parties_did_since(cast, agreement, look):
    assert "Accept version 1" in look(agreement, cast.jonas)
    assert "accepted version 1." not in look(agreement, cast.lucia)

    operations.accept(agreement, by=actor(cast.jonas), version=1, at=tick())
    assert "Accept version 1" not in look(agreement, cast.jonas)
    assert "Jonas Weber (Isar Edge Lab) accepted version 1." in look(agreement, cast.lucia)

    operations.decline(agreement, by=actor(cast.mette), reason="No free people.", at=tick())
    assert "Aarhus Food Robotics has declined" in look(agreement, cast.lucia)
    assert "No free people." in look(agreement, cast.jonas)


def test_shows_the_new_text(cast, agreement, look):
    before = look(agreement, cast.jonas)
    change = operations.NewWording(clause="insurance", words="Only half of it.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="Less", at=tick())
    after = look(agreement, cast.lucia)
    assert "Only half of it." not in before
    assert "Only half of it." in after


def test_each_party_gets_its_own_page(cast, agreement, look):
    of_lead, of_partner = look(agreement, cast.lucia), look(agreement, cast.jonas)
    assert agreement.request.title in of_lead
    assert agreement.request.title not in of_partner
    assert "Accept version 1" in of_partner
    assert "Accept version 1" not in of_lead
    assert look(agreement, cast.lucia).count("/decline/") == of_lead.count("/decline/")


def test_speaks_the_language_of_each_look(cast, agreement, look):
    assert "The text" in look(agreement, cast.jonas)
    german = look(agreement, cast.jonas, "/de")
    assert "In einfachen Worten" in german
    assert f'action="/de/requests/{agreement.request.ref}/agreement/accept/"' in german
    assert "In einfachen Worten" not in look(agreement, cast.jonas)


def test_forms_of_a_kept_part_work_for_everybody(cast, agreement):
    path = f"/requests/{agreement.request.ref}/agreement/"
    for user in (cast.jonas, cast.mette):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(user)
        page = strict.get(path).content.decode()
        token = re.search(r'/accept/" data-once>\s*<input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        assert strict.post(f"{path}accept/", {"version": "1", "csrfmiddlewaretoken": token[1]}).status_code == 303


def test_a_refused_reason_is_shown_once(cast, agreement, look):
    client = Client()
    client.force_login(cast.jonas)
    refused = client.post(f"/requests/{agreement.request.ref}/agreement/decline/", {"reason": ""})
    assert refused.status_code == 422
    assert "This field is required." in refused.content.decode()
    assert "This field is required." not in look(agreement, cast.jonas)
