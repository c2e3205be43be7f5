"""When the whole story is played, from a client's need to a closed case. Its script by role stands in ``story``."""

from __future__ import annotations

from collections import Counter

import pytest
from allauth.mfa.models import Authenticator
from journeys.over_chromium import ChromiumHand, Looks
from journeys.over_http import HttpHand
from journeys.story import Story

from hansa.collaboration.models import Feedback, Request, Signature
from hansa.foundation.activity import Activity
from hansa.hubs.people.models import Attempt

pytestmark = pytest.mark.model


# How often each of these happens in the story, however often a button is pressed.
TIMES = {
    "request.stated": 1,
    "request.asked": 1,
    "request.answered": 1,
    "request.understood": 1,
    "invitation.sent": 3,
    "invitation.asked": 2,
    "invitation.accepted": 2,
    "invitation.declined": 1,
    "agreement.drafted": 1,
    "agreement.revised": 2,
    "agreement.signed": 4,
    "signature.voided": 1,
    "agreement.in_force": 1,
    "agreement.sealed": 1,
    "collaboration.started": 1,
    "task.added": 1,
    "task.done": 1,
    "document.added": 1,
    "results.reported": 2,
    "results.disputed": 1,
    "results.confirmed": 1,
    "collaboration.closed": 1,
}


@pytest.fixture
def play(place, managers):
    """Return a function that plays the story, as if nobody had asked for codes or set up an app before."""
    Attempt.objects.all().delete()
    Authenticator.objects.all().delete()

    def played(*, hand, client):
        Story(hand=hand, mailbox=place.mailbox, client=client, managers=managers).play()

    return played


def test_is_played_over_http_by_people_who_press_twice(play):
    play(hand=lambda person: HttpHand(is_hasty=True), client="ana-http@roncal.example")
    case = Request.objects.get(contact__email="ana-http@roncal.example")
    assert case.agreement.versions.count() == 3
    assert Signature.objects.filter(party__agreement__request=case, voided_at=None).count() == 3
    assert Feedback.objects.filter(collaboration__request=case).count() == 3
    told = Counter(Activity.objects.filter(case_ref=case.ref).values_list("verb", flat=True))
    assert {verb: told[verb] for verb in TIMES} == TIMES


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_is_played_in_a_browser(play, place, browser, scripts):
    looks = Looks(is_close=scripts)
    hands = []

    def hand(person):
        hands.append(ChromiumHand(browser, place.site, scripts=scripts, looks=looks))
        return hands[-1]

    try:
        play(hand=hand, client=f"ana-{scripts}@roncal.example".lower())
    finally:
        for opened in hands:
            opened.close()
    assert "\n".join(looks.faults) == ""
