"""When a new service is developed, from the idea to three catalogues. Its script by role stands in ``new_service``."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from journeys.new_service import TITLE, NewService
from journeys.over_http import HttpHand

from hansa.collaboration.models import Request
from hansa.hubs.models import ServiceOffer
from hansa.hubs.people.models import Attempt

pytestmark = pytest.mark.model


def test_is_played_over_http_by_people_who_press_twice(place, managers):
    Attempt.objects.all().delete()
    Authenticator.objects.all().delete()
    NewService(hand=lambda person: HttpHand(is_hasty=True), mailbox=place.mailbox, client="", managers=managers).play()
    case = Request.objects.get(title=TITLE)
    assert (case.state, case.client) == ("closed", None)
    offers = ServiceOffer.objects.filter(made_in=case.ref)
    assert {offer.hub_id for offer in offers} == set(case.collaboration.party_ids)
    assert all(len(offer.made_with) == 2 for offer in offers)
    assert [count.n_clients for count in case.uptake.all()] == [12]
