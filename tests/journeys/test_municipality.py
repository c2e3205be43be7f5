"""When the municipality's story is played over HTTP, from looking for a partner to a pilot and its procurement.

Its script by role stands in ``municipality``. Source: BP-MM-01, BP-MM-02, BP-MM-03, BP-MM-04, BP-MM-05, BP-AUTH-05.
"""

from __future__ import annotations

from collections import Counter

import pytest
from journeys.municipality import Municipality
from journeys.over_http import HttpHand

from hansa.collaboration.models import MatchDisclosure, Outcome, Request
from hansa.foundation.activity import Activity
from hansa.hubs.people.models import Attempt

pytestmark = pytest.mark.model


def test_it_is_played_to_its_end_by_people_who_press_twice(place, managers):
    Attempt.objects.all().delete()
    play = Municipality(
        hand=lambda person: HttpHand(is_hasty=True),
        mailbox=place.mailbox,
        client="maria@elsewhere.example",
        managers=managers,
    )
    play.play()
    case = Request.objects.get(scenario="MM")
    told = Counter(Activity.objects.filter(case_ref=case.ref).values_list("verb", flat=True))
    times = ("partner_request.released", "match.suggested", "match.taken", "meeting.arranged", "collaboration.closed")
    assert {verb: told[verb] for verb in times} == dict.fromkeys(times, 1)
    assert Outcome.objects.get(match__request=case).kind == "pilot"
    rows = MatchDisclosure.objects.filter(match__request=case).order_by("pk").values_list("fields", flat=True)
    assert [("profile" in fields, "name" in fields, "person" in fields) for fields in rows] == [
        (True, False, False),
        (True, True, False),
    ]
