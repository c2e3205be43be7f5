"""When the whole story is played, from a client's need to a closed case. Its script by role stands in ``story``."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
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


def test_is_played_over_http(fresh):
    story = Story(hand=lambda person: HttpHand(), mailbox=fresh.mailbox, client="ana-http@roncal.example")
    story.play()
