"""When the whole story is played, from a client's need to a closed case. Its script by role stands in ``story``."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from journeys.over_chromium import ChromiumHand, Looks
from journeys.over_http import HttpHand
from journeys.story import Story

from hansa.hubs.people.models import Attempt

pytestmark = pytest.mark.model


@pytest.fixture
def fresh(network):
    """Let everybody ask for codes and set up their app anew, as if the story before had not been."""
    Attempt.objects.all().delete()
    Authenticator.objects.all().delete()
    return network


def play(network, *, hand, client):
    Story(hand=hand, mailbox=network.mailbox, client=client, managers=network.managers).play()


def test_is_played_over_http(fresh):
    play(fresh, hand=lambda person: HttpHand(), client="ana-http@roncal.example")


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_is_played_in_a_browser(fresh, browser, scripts):
    looks = Looks(is_close=scripts)
    hands = []

    def hand(person):
        hands.append(ChromiumHand(browser, fresh.site, scripts=scripts, looks=looks))
        return hands[-1]

    try:
        play(fresh, hand=hand, client=f"ana-{scripts}@roncal.example".lower())
    finally:
        for opened in hands:
            opened.close()
    assert "\n".join(looks.faults) == ""
